package io.headwall.bench;

import io.headwall.rig.Wait;
import io.headwall.store.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.client.DisconnectedBufferOptions;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
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
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:9", "bench", new MqttDefaultFilePersistence(folder.toString()));
      client.setBufferOpts(buffer);
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
      client.close();
      return new Figures(
          stored,
          seconds,
          after.cpuUs() - before.cpuUs(),
          after.writtenBytes() - before.writtenBytes());
    } catch (MqttException e) {
      throw new IOException(e);
    }
  }
}
