package io.headwall.uplink.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** A consumer that subscribes to everything and keeps it. */
final class Receiver implements AutoCloseable {

  /** A message as it came. */
  record Received(String topic, byte[] payload, boolean retained, String type) {}

  final List<Received> all = new CopyOnWriteArrayList<>();

  private final MqttClient client;

  Receiver(int port, String id) {
    try {
      client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
      client.connect();
      client.subscribe("#", 1, this::keep);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String topic, MqttMessage message) {
    String type = message.getProperties().getContentType();
    all.add(new Received(topic, message.getPayload(), message.isRetained(), String.valueOf(type)));
  }

  @Override
  public void close() {
    try {
      client.disconnect();
      client.close();
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }
}
