package io.headwall.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Debian's mosquitto as a process of its own. */
final class Mosquitto implements Broker {

  private static final List<String> PLACES = List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  Mosquitto(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = HiveBroker.freePort();
    bringBack();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void takeAway() {
    Process running = process;
    if (running == null) return;
    running.destroyForcibly();
    running.onExit().join();
    process = null;
  }

  @Override
  public void bringBack() {
    if (process != null) return;
    try {
      Path conf = folder.resolve("mosquitto.conf");
      Files.writeString(
          conf,
          "listener " + port + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n",
          US_ASCII);
      process =
          new ProcessBuilder(program(), "-c", conf.toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Wait.until("mosquitto listens", Duration.ofSeconds(10), this::listens);
  }

  @Override
  public void close() {
    takeAway();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String program() {
    return PLACES.stream()
        .filter(p -> Files.isExecutable(Path.of(p)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no mosquitto: apt-get install mosquitto"));
  }
}
