package io.headwall.uplink.mqtt;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A real MQTT 5 broker in this process, on loopback: HiveMQ Community Edition. */
final class HiveBroker implements AutoCloseable {

  static final int RECEIVE_MAXIMUM = 20;

  private static final Logger NOISE = Logger.getLogger("");

  private final EmbeddedHiveMQ broker;

  /**
   * @param listeners the listeners' elements of HiveMQ's configuration
   */
  HiveBroker(Path folder, String listeners) {
    NOISE.setLevel(Level.OFF);
    try {
      Path conf = Files.createDirectories(folder.resolve("conf"));
      Files.writeString(
          conf.resolve("config.xml"),
          """
          <?xml version="1.0"?>
          <hivemq>
            <listeners>%s</listeners>
            <persistence><mode>in-memory</mode></persistence>
            <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            <mqtt>
              <receive-maximum>
                <server-receive-maximum>%d</server-receive-maximum>
              </receive-maximum>
            </mqtt>
          </hivemq>
          """
              .formatted(listeners, RECEIVE_MAXIMUM));
      broker =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(conf)
              .withDataFolder(Files.createDirectories(folder.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
              .build();
      broker.start().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static String plain(int port) {
    return "<tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>"
        .formatted(port);
  }

  /** A TLS listener with the certificate of that name, asking clients for theirs if so said. */
  static String tls(int port, Certificates certificates, String name, String clientAuthority) {
    String clients =
        clientAuthority.isEmpty()
            ? ""
            : """
            <client-authentication-mode>REQUIRED</client-authentication-mode>
            <truststore><path>%s</path><password>%s</password></truststore>
            """
                .formatted(certificates.trust(clientAuthority), Certificates.PASSWORD);
    return """
    <tls-tcp-listener>
      <port>%d</port>
      <bind-address>127.0.0.1</bind-address>
      <tls>
        <keystore>
          <path>%s</path><password>%s</password>
          <private-key-password>%s</private-key-password>
        </keystore>
        %s
      </tls>
    </tls-tcp-listener>
    """
        .formatted(
            port, certificates.store(name), Certificates.PASSWORD, Certificates.PASSWORD, clients);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      broker.stop().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
