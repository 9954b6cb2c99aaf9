package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.headwall.store.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** HiveMQ CE with its file persistence and a subscriber that is away with its session kept. */
final class HivePeer implements Peer {

  private static final String QUIET =
      """
      <configuration>
        <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
        <root level="OFF"/>
      </configuration>
      """;
  private static final long SESSION_S = 86_400;

  @Override
  public String name() {
    return "HiveMQ CE file persistence, offline subscriber";
  }

  @Override
  public String promise() {
    return "written, no fsync before the ack";
  }

  @Override
  public Figures store(Path folder, List<Arrival> readings, Duration limit)
      throws IOException, InterruptedException {
    int port = MosquittoPeer.freePort();
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("config.xml"), config(port), UTF_8);
    Files.writeString(conf.resolve("logback.xml"), QUIET, UTF_8);
    EmbeddedHiveMQ broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(conf)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .build();
    try {
      broker.start().get();
      return measure(folder, port, readings, limit);
    } catch (ExecutionException e) {
      throw new IOException(e);
    } finally {
      broker.stop().join();
    }
  }

  private static Figures measure(Path folder, int port, List<Arrival> readings, Duration limit)
      throws IOException, InterruptedException {
    subscribeAndLeave(port);
    ProcessFigures before = ProcessFigures.self();
    Publisher.Published published = Publisher.all(port, readings, limit);
    ProcessFigures after = ProcessFigures.self();
    return new Figures(
        published.messages(),
        published.seconds(),
        after.cpuUs() - before.cpuUs(),
        after.writtenBytes() - before.writtenBytes(),
        Folders.bytes(folder));
  }

  private static void subscribeAndLeave(int port) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("bench-consumer")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connectWith().cleanStart(false).sessionExpiryInterval(SESSION_S).send();
    client.subscribeWith().topicFilter("bench/#").qos(MqttQos.AT_LEAST_ONCE).send();
    client.disconnect();
  }

  private static String config(int port) {
    return """
    <?xml version="1.0"?>
    <hivemq>
      <listeners>
        <tcp-listener><port>PORT</port><bind-address>127.0.0.1</bind-address></tcp-listener>
      </listeners>
      <persistence><mode>file</mode></persistence>
      <mqtt><queued-messages><max-queue-size>1000000</max-queue-size></queued-messages></mqtt>
      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
    </hivemq>
    """
        .replace("PORT", Integer.toString(port));
  }
}
