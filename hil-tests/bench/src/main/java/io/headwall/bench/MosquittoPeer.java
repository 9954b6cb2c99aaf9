package io.headwall.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.rig.Wait;
import io.headwall.store.Arrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A local mosquitto with persistence and a bridge to a broker that is not there. */
final class MosquittoPeer implements Peer {

  private final boolean eachChange;

  /**
   * A mosquitto as configured.
   *
   * @param eachChange whether the database is saved within a second of a change, or, as by default,
   *     every half hour
   */
  MosquittoPeer(boolean eachChange) {
    this.eachChange = eachChange;
  }

  @Override
  public String name() {
    return "mosquitto bridge, " + (eachChange ? "autosave on changes" : "autosave every 1800 s");
  }

  @Override
  public String promise() {
    return eachChange ? "saved at each change, no fsync" : "in memory for up to 1800 s";
  }

  @Override
  public Figures store(Path folder, List<Arrival> readings, Duration limit)
      throws IOException, InterruptedException {
    int port = freePort();
    Path conf = folder.resolve("mosquitto.conf");
    Files.writeString(conf, conf(folder, port), US_ASCII);
    Process process =
        new ProcessBuilder(Program.find("mosquitto"), "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    try {
      Wait.until("mosquitto listens", Duration.ofSeconds(10), () -> listens(port));
      ProcessFigures before = ProcessFigures.of(process.pid());
      Publisher.Published published = Publisher.all(port, readings, limit);
      ProcessFigures after = ProcessFigures.of(process.pid());
      return new Figures(
          published.messages(),
          published.seconds(),
          after.cpuUs() - before.cpuUs(),
          after.writtenBytes() - before.writtenBytes(),
          Folders.bytes(folder));
    } finally {
      process.destroy();
      process.onExit().join();
    }
  }

  private String conf(Path folder, int port) throws IOException {
    return """
    user root
    listener PORT 127.0.0.1
    allow_anonymous true
    persistence true
    persistence_location FOLDER/
    autosave_on_changes CHANGES
    autosave_interval INTERVAL
    max_queued_messages 0
    connection remote
    address 127.0.0.1:DEAD
    topic # out 1
    cleansession false
    """
        .replace("PORT", Integer.toString(port))
        .replace("FOLDER", folder.toString())
        .replace("CHANGES", Boolean.toString(eachChange))
        .replace("INTERVAL", eachChange ? "1" : "1800")
        .replace("DEAD", Integer.toString(freePort()));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
