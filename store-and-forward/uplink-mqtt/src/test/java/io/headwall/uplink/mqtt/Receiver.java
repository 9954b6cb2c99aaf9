package io.headwall.uplink.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A consumer that subscribes to everything and keeps it. */
final class Receiver implements AutoCloseable {

  /** A message as it came. */
  record Received(String topic, byte[] payload, boolean retained, String type) {}

  final List<Received> all = new CopyOnWriteArrayList<>();

  private final MqttClient client;

  Receiver(int port, String id) {
    try {
      client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
      client.setCallback(new Keep());
      client.connect();
      client.subscribe("#", 1);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
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

  private final class Keep implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String type = String.valueOf(message.getProperties().getContentType());
      all.add(new Received(topic, message.getPayload(), message.isRetained(), type));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException e) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {}
  }
}
