package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.headwall.format.MetricLookup;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.SenmlException;
import io.headwall.format.SenmlMessage;
import io.headwall.format.SenmlReader;
import io.headwall.format.WirePath;
import io.headwall.store.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer as a hospital would write it, with a client library of its own: keeps each reading
 * once by its identity, counts repetitions, and notices an identity that comes with two contents.
 */
public final class Subscriber implements AutoCloseable {

  private final int port;
  private final BiConsumer<WirePath, SenmlMessage> listener;
  private final Map<Identity, String> readings = new HashMap<>();
  private final List<String> conflicts = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private long repeated;
  private long history;
  private @Nullable String status;
  private @Nullable Mqtt5BlockingClient client;

  /**
   * Not connected yet.
   *
   * @param listener shown every message as it comes
   */
  public Subscriber(int port, BiConsumer<WirePath, SenmlMessage> listener) {
    this.port = port;
    this.listener = listener;
  }

  /** Connects and subscribes; waits for the broker for up to 20 s. */
  public void connect() {
    Wait.until("the subscriber is connected", Duration.ofSeconds(20), this::tryToConnect);
  }

  private boolean tryToConnect() {
    Mqtt5BlockingClient fresh =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("rig-subscriber")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    try {
      fresh.connect();
      fresh
          .toAsync()
          .subscribeWith()
          .topicFilter("headwall-test/v1/#")
          .qos(MqttQos.AT_LEAST_ONCE)
          .callback(this::received)
          .send()
          .join();
    } catch (ConnectionFailedException | Mqtt5MessageException e) {
      return false;
    }
    client = fresh;
    return true;
  }

  private synchronized void received(Mqtt5Publish publish) {
    String topic = publish.getTopic().toString();
    byte[] payload = publish.getPayloadAsBytes();
    WirePath path = WirePath.parse(topic);
    if (path == null) {
      refused.add("topic " + topic);
      return;
    }
    if (path.stream() == WirePath.Stream.STATUS) {
      status = new String(payload, UTF_8);
      return;
    }
    try {
      SenmlEncoding encoding =
          payload.length > 0 && payload[0] == '[' ? SenmlEncoding.JSON : SenmlEncoding.CBOR;
      SenmlMessage message = SenmlReader.read(payload, encoding, MetricLookup.BARE);
      for (Entry entry : message.entries()) keep(message, entry);
      listener.accept(path, message);
    } catch (SenmlException e) {
      refused.add(topic + ": " + e.getMessage());
    }
  }

  private void keep(SenmlMessage message, Entry entry) {
    Identity identity =
        new Identity(message.origin(), message.epoch(), message.lane(), entry.seq());
    String content = Content.of(entry.device(), entry.reading());
    String before = readings.put(identity, content);
    if (message.history()) history++;
    if (before == null) return;
    repeated++;
    if (!before.equals(content)) conflicts.add(identity + ": " + before + " / " + content);
  }

  /** Readings by identity, each once. */
  public synchronized Map<Identity, String> readings() {
    return Map.copyOf(readings);
  }

  /** Readings of an epoch and those after it. */
  synchronized Map<Identity, String> since(int epoch) {
    Map<Identity, String> some = new HashMap<>();
    readings.forEach((identity, content) -> {
      if (identity.epoch() >= epoch) some.put(identity, content);
    });
    return some;
  }

  public synchronized int count() {
    return readings.size();
  }

  /**
   * Readings that came again under the identity of one before: allowed, and told apart by the key.
   */
  public synchronized long repeated() {
    return repeated;
  }

  /** Readings that came marked as history. */
  public synchronized long history() {
    return history;
  }

  /** Identities that came with two contents: never allowed. */
  public synchronized List<String> conflicts() {
    return List.copyOf(conflicts);
  }

  /** Messages that could not be read: never allowed. */
  public synchronized List<String> refused() {
    return List.copyOf(refused);
  }

  /** The last status of the box; null before the first. */
  public synchronized @Nullable String status() {
    return status;
  }

  @Override
  public void close() {
    leave();
  }

  /** Disconnects; {@link #connect} comes back. What was kept stays. */
  public void leave() {
    Mqtt5BlockingClient open = client;
    client = null;
    if (open != null && open.getState().isConnected()) open.disconnect();
  }
}
