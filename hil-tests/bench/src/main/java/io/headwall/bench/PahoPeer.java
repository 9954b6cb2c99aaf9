package io.headwall.bench;

import io.headwall.rig.Broker;
import io.headwall.rig.Wait;
import io.headwall.store.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.client.DisconnectedBufferOptions;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MqttDefaultFilePersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's disconnected buffer over its file persistence: a file a message. */
final class PahoPeer implements Peer {

  private static final int BUFFERED_MAX = 65_535;

  @Override
  public String name() {
    return "Paho file persistence, disconnected buffer";
  }

  @Override
  public String promise() {
    return "FileDescriptor.sync of each file";
  }

  @Override
  public Figures store(Path folder, List<Arrival> readings, Duration limit) throws IOException {
    DisconnectedBufferOptions buffer = new DisconnectedBufferOptions();
    buffer.setBufferEnabled(true);
    buffer.setPersistBuffer(true);
    buffer.setBufferSize(BUFFERED_MAX);
    try (Broker broker = Broker.start(folder.resolveSibling("paho-broker"))) {
      MqttAsyncClient client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:" + broker.port(),
              "bench",
              new MqttDefaultFilePersistence(folder.toString()));
      client.setBufferOpts(buffer);
      // The buffer is there for connections that broke, so there has to have been one.
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setAutomaticReconnect(true);
      client.connect(options).waitForCompletion();
      broker.takeAway();
      Wait.until("Paho has noticed", Duration.ofSeconds(10), () -> !client.isConnected());
      ProcessFigures before = ProcessFigures.self();
      long beganNs = Wait.nowNs();
      int stored = 0;
      for (Arrival arrival : readings) {
        if (stored == BUFFERED_MAX || Wait.nowNs() - beganNs > limit.toNanos()) break;
        client.publish(OneReading.topic(arrival), OneReading.payload(arrival), 1, false);
        stored++;
      }
      double seconds = (Wait.nowNs() - beganNs) / 1e9;
      ProcessFigures after = ProcessFigures.self();
      Figures figures =
          new Figures(
              stored,
              seconds,
              after.cpuUs() - before.cpuUs(),
              after.writtenBytes() - before.writtenBytes(),
              Folders.bytes(folder));
      client.close(true);
      return figures;
    } catch (MqttException e) {
      throw new IOException(e);
    }
  }
}
