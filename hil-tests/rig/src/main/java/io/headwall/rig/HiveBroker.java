package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** HiveMQ Community Edition inside this JVM. */
final class HiveBroker implements Broker {

  private static final String QUIET =
      """
      <configuration>
        <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
        <root level="OFF"/>
      </configuration>
      """;

  private final Path folder;
  private final int port;
  private @Nullable EmbeddedHiveMQ broker;

  HiveBroker(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = freePort();
    bringBack();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void takeAway() {
    EmbeddedHiveMQ running = broker;
    if (running == null) return;
    broker = null;
    try {
      running.stop().get();
      running.close();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("HiveMQ did not stop", e);
    }
  }

  @Override
  public void bringBack() {
    if (broker != null) return;
    try {
      Path conf = Files.createDirectories(folder.resolve("conf"));
      Files.writeString(conf.resolve("config.xml"), config(), UTF_8);
      Files.writeString(conf.resolve("logback.xml"), QUIET, UTF_8);
      EmbeddedHiveMQ fresh =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(conf)
              .withDataFolder(Files.createDirectories(folder.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
              .build();
      fresh.start().get();
      broker = fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("HiveMQ did not start", e);
    }
  }

  @Override
  public void close() {
    takeAway();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String config() {
    return """
    <?xml version="1.0"?>
    <hivemq>
      <listeners>
        <tcp-listener><port>PORT</port><bind-address>127.0.0.1</bind-address></tcp-listener>
      </listeners>
      <persistence><mode>in-memory</mode></persistence>
      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
    </hivemq>
    """
        .replace("PORT", Integer.toString(port));
  }
}
