package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.fail;

import io.headwall.spi.driver.OptionValues;
import io.headwall.store.Origin;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import io.headwall.store.Uplink;
import io.headwall.store.UplinkProvider.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Polls an uplink as a forwarder does and keeps what it reports. Time is the test's own: it passes
 * by {@link #stepMs} a poll, whatever the machine does meanwhile.
 */
final class UplinkDriver implements Uplink.Events, AutoCloseable {

  static final Origin BOX = Origin.parse("02005efffe000001");
  static final Place BED = new Place("ICU-1", "12");

  private static final long PAUSE_NS = 2_000_000;
  private static final int POLLS_MAX = 60_000;

  final List<String> log = new ArrayList<>();
  final Uplink uplink;
  private int read;
  int window;
  boolean up;
  long nowNs = 1_000_000_000L;
  long stepMs = 1;

  UplinkDriver(Map<String, String> options) {
    this(options, BED);
  }

  UplinkDriver(Map<String, String> options, Place place) {
    this(options, place, place);
  }

  UplinkDriver(Map<String, String> options, Place place, Place formerPlace) {
    this(new MqttUplinkProvider(), options, place, formerPlace);
  }

  /** Over connections of the test's own. */
  UplinkDriver(Map<String, String> options, Session.Opener sessions) {
    this(new MqttUplinkProvider(sessions), options, BED, BED);
  }

  private UplinkDriver(
      MqttUplinkProvider provider, Map<String, String> options, Place place, Place formerPlace) {
    uplink =
        provider.open(
            new Setup(
                "main",
                OptionValues.of(provider.options(), options),
                "headwall-test",
                BOX,
                place,
                formerPlace,
                RandomGenerator.of("L64X128MixRandom"),
                () -> {}));
  }

  /** Connects and waits for the outcome: empty, or the reason why not. */
  String connect() {
    uplink.connect(nowNs);
    read = log.size();
    String outcome = awaitNext();
    return outcome.startsWith("up") ? "" : outcome;
  }

  void send(Pack pack) {
    uplink.send(nowNs, pack);
  }

  void status(String json) {
    uplink.status(nowNs, json);
  }

  void poll() {
    nowNs += stepMs * 1_000_000;
    uplink.poll(nowNs, this);
  }

  void pollUntil(BooleanSupplier done) {
    for (int i = 0; i < POLLS_MAX; i++) {
      poll();
      if (done.getAsBoolean()) return;
      LockSupport.parkNanos(PAUSE_NS);
    }
    fail("never came: " + log);
  }

  /** The next event that was not yet returned. */
  String awaitNext() {
    if (log.size() == read) pollUntil(() -> log.size() > read);
    return log.get(read++);
  }

  @Override
  public void up(int window) {
    up = true;
    this.window = window;
    log.add("up " + window);
  }

  @Override
  public void down(String reason) {
    up = false;
    log.add("down " + reason);
  }

  @Override
  public void accepted(long packId) {
    log.add("accepted " + packId);
  }

  @Override
  public void rejected(long packId, String reason) {
    log.add("rejected " + packId + ' ' + reason);
  }

  @Override
  public void close() {
    uplink.close();
  }

  /** Threads of the MQTT library that live now. */
  static long libraryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("MQTT"))
        .count();
  }

  /** Waits until no thread of the library lives. */
  static void awaitNoLibraryThreads() {
    for (int i = 0; i < POLLS_MAX && libraryThreads() > 0; i++) LockSupport.parkNanos(PAUSE_NS);
    if (libraryThreads() > 0) {
      fail(
          Thread.getAllStackTraces().entrySet().stream()
              .filter(e -> e.getKey().getName().startsWith("MQTT"))
              .map(e -> e.getKey() + " " + List.of(e.getValue()))
              .toList()
              .toString());
    }
  }
}
