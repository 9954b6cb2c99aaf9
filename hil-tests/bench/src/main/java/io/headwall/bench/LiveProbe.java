package io.headwall.bench;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.headwall.format.MetricLookup;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.SenmlException;
import io.headwall.format.SenmlMessage;
import io.headwall.format.SenmlReader;
import io.headwall.format.WirePath;
import io.headwall.rig.Wait;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Clocks;
import io.headwall.store.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two subscribers: one measures how old live readings and alarms are when they come, the other
 * takes the history and counts its messages, so that it does not stand in the first one's way.
 */
final class LiveProbe implements AutoCloseable {

  private static final String ROOT = "headwall-test/v1/+/+/+/";

  private final LiveBed bed;
  private final long bootAheadNs;
  private final List<Arrived> arrived = new ArrayList<>();
  private final AtomicLong historyMessages = new AtomicLong();
  private final AtomicLong historyBytes = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final Mqtt5AsyncClient live;
  private final Mqtt5AsyncClient history;

  /**
   * Subscribers of a broker, not connected.
   *
   * @param clocks of the box, on the same machine
   */
  LiveProbe(int port, LiveBed bed, Clocks clocks) {
    this.bed = bed;
    this.bootAheadNs = clocks.bootNs() - Wait.nowNs();
    live = client("bench-live", port);
    history = client("bench-history", port);
  }

  private static Mqtt5AsyncClient client(String name, int port) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(name)
        .serverHost("127.0.0.1")
        .serverPort(port)
        .buildAsync();
  }

  /** Connects and subscribes, once the broker is there. */
  void connect() {
    Wait.until("the broker answers", Duration.ofSeconds(20), () -> isConnected(live));
    Wait.until("the broker answers", Duration.ofSeconds(20), () -> isConnected(history));
    for (String stream : List.of("live", "alarm", "waveform")) {
      subscribe(live, stream, this::onLive);
    }
    subscribe(history, "history", this::onHistory);
  }

  private static boolean isConnected(Mqtt5AsyncClient client) {
    if (client.getState() == MqttClientState.CONNECTED) return true;
    return client.connect().handle((_, failure) -> failure == null).join();
  }

  private static void subscribe(
      Mqtt5AsyncClient client, String stream, java.util.function.Consumer<Mqtt5Publish> to) {
    client
        .subscribeWith()
        .topicFilter(ROOT + stream)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(to)
        .send()
        .join();
  }

  private void onHistory(Mqtt5Publish publish) {
    historyMessages.incrementAndGet();
    historyBytes.addAndGet(publish.getPayloadAsBytes().length);
  }

  private void onLive(Mqtt5Publish publish) {
    long nowNs = Wait.nowNs();
    try {
      WirePath path = WirePath.parse(publish.getTopic().toString());
      SenmlMessage message =
          SenmlReader.read(publish.getPayloadAsBytes(), SenmlEncoding.CBOR, MetricLookup.BARE);
      boolean alarm = path != null && path.stream() == WirePath.Stream.ALARM;
      for (Entry entry : message.entries()) take(nowNs, entry, alarm);
    } catch (SenmlException e) {
      unknown.incrementAndGet();
    }
  }

  private void take(long nowNs, Entry entry, boolean alarm) {
    if (entry.reading() instanceof Reading.DeviceState) return;
    long measuredNs = entry.reading().measuredNs() - bootAheadNs;
    OptionalLong left = bed.lastByteNs(entry.device(), measuredNs);
    if (left.isEmpty()) {
      unknown.incrementAndGet();
      return;
    }
    synchronized (arrived) {
      arrived.add(new Arrived(nowNs, nowNs - left.getAsLong(), alarm));
    }
  }

  /** All live readings of the oximeters so far. */
  List<Arrived> arrived() {
    synchronized (arrived) {
      return List.copyOf(arrived);
    }
  }

  long historyMessages() {
    return historyMessages.get();
  }

  long historyBytes() {
    return historyBytes.get();
  }

  /** Live readings of other devices, and those whose packet is not known. */
  long unknown() {
    return unknown.get();
  }

  /** Disconnects; {@link #connect} comes back. */
  void leave() {
    for (Mqtt5AsyncClient client : List.of(live, history)) {
      if (client.getState().isConnected()) client.disconnect().handle((_, _) -> true).join();
    }
  }

  @Override
  public void close() {
    leave();
  }
}
