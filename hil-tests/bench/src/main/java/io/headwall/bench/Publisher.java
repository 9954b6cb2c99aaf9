package io.headwall.bench;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.headwall.rig.Wait;
import io.headwall.store.Arrival;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes readings to a broker with QoS 1, one a message, a window of them at a time. */
final class Publisher {

  private static final int WINDOW = 20;

  private Publisher() {}

  /**
   * What was acknowledged.
   *
   * @param messages with a good reason code
   */
  record Published(long messages, double seconds) {}

  /** Publishes all, or what can be published within a limit. */
  static Published all(int port, List<Arrival> readings, Duration limit)
      throws InterruptedException {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("bench-publisher")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
    AtomicLong acknowledged = new AtomicLong();
    Semaphore window = new Semaphore(WINDOW);
    long beganNs = Wait.nowNs();
    for (Arrival arrival : readings) {
      if (Wait.nowNs() - beganNs > limit.toNanos()) break;
      if (!window.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) break;
      var _ =
          client
              .publishWith()
              .topic(OneReading.topic(arrival))
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(OneReading.payload(arrival))
              .send()
              .whenComplete((result, failure) -> {
                if (failure == null && result.getError().isEmpty()) acknowledged.incrementAndGet();
                window.release();
              });
    }
    boolean all = window.tryAcquire(WINDOW, limit.toMillis(), TimeUnit.MILLISECONDS);
    double seconds = (Wait.nowNs() - beganNs) / 1e9;
    if (all) client.disconnect().join();
    return new Published(acknowledged.get(), seconds);
  }
}
