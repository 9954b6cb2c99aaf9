package io.headwall.rig;

import io.headwall.model.DeviceKind;
import io.headwall.model.SimulatedPort;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bed under test: simulated devices on pseudo terminals, a broker, a subscriber, and the box. */
final class Bed implements AutoCloseable {

  /** Lines for a store with ten commits a second, so that few interruptions hit none. */
  static final String COMMIT_OFTEN = "at_risk_ms = 100\n";

  private static final String DRIVER_PB = "puritan-bennett";
  private static final List<DeviceKind> FULL =
      List.of(
          DeviceKind.PB840,
          DeviceKind.PB840_WAVES,
          DeviceKind.NONIN_FORMAT2,
          DeviceKind.NONIN_FORMAT7);

  /** Twice as long as a receiver that refuses is left alone. */
  private static final Duration SPEAK_MAX = Duration.ofSeconds(20);

  private static final Duration DRAINED_MAX = Duration.ofMinutes(2);

  private static final int VERDICTS_MAX = 10;
  private static final long VERDICT_WAIT_MS = 500;

  final Broker broker;
  final Subscriber subscriber;
  final List<SimulatedPort> devices = new ArrayList<>();
  final BoxProcess box;
  private final Path folder;

  /** A ventilator with its waveform port and two oximeters; the box is configured, not started. */
  static Bed full(Path folder, BoxProcess box) throws IOException {
    return full(folder, box, "");
  }

  /** The same, with further lines of the table of the box's store. */
  static Bed full(Path folder, BoxProcess box, String store) throws IOException {
    return new Bed(folder, box, FULL, store);
  }

  Bed(Path folder, BoxProcess box, List<DeviceKind> kinds) throws IOException {
    this(folder, box, kinds, "");
  }

  private Bed(Path folder, BoxProcess box, List<DeviceKind> kinds, String store)
      throws IOException {
    this.folder = folder;
    this.box = box;
    broker = Broker.start(folder.resolve("broker"));
    subscriber = new Subscriber(broker.port(), (path, message) -> {});
    subscriber.connect();
    List<BoxConfig.PortConfig> ports = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      Path link = folder.resolve("tty" + i);
      devices.add(SimulatedPort.open(kinds.get(i), link, 42 + i));
      ports.add(new BoxConfig.PortConfig("port" + i, link, driver(kinds.get(i)), ""));
    }
    box.configure(new BoxConfig("ICU-1", "7", broker.port(), ports, store));
  }

  /** The folder of the box of a bed in {@code folder}. */
  static Path boxFolder(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("box"));
  }

  private static String driver(DeviceKind kind) {
    return switch (kind) {
      case PB840, PB980 -> DRIVER_PB;
      case PB840_WAVES -> DRIVER_PB + "-waves";
      case NONIN_FORMAT2, NONIN_FORMAT7, NONIN_ASCII -> "nonin";
    };
  }

  Json status() {
    Json status = box.status();
    return status == null ? new Json(Map.of()) : status;
  }

  Json port(int i) {
    return status().named("ports", "port" + i);
  }

  Json uplink() {
    return status().named("uplinks", "cis");
  }

  /** Waits until all devices have been heard and are known by name. */
  void awaitSpeaking() {
    Wait.until(
        "all devices speak; see " + box.log(),
        SPEAK_MAX,
        () -> {
          for (int i = 0; i < devices.size(); i++) {
            if (!port(i).text("state").equals("speaking")) return false;
            if (port(i).text("model").isEmpty()) return false;
          }
          return true;
        });
  }

  /** Waits until the subscriber has more than it has now. */
  void awaitDelivery(Duration limit) {
    int before = subscriber.count();
    Wait.until(
        "a reading arrives; see " + box.log(),
        limit,
        () -> {
          if (!box.isAlive()) throw new IllegalStateException("the box ended; see " + box.log());
          return subscriber.count() > before;
        });
  }

  /** Waits until all that is committed is delivered. */
  void awaitDelivered() {
    Wait.until(
        "everything is delivered",
        DRAINED_MAX,
        () -> {
          Json uplink = uplink();
          return uplink.number("delivered") > 0 && uplink.number("pending") == 0;
        });
  }

  /**
   * Takes all cables out and waits until all that was read is committed and delivered. A box that
   * is stopped afterwards still records the gaps that are open; they are for its next start to
   * deliver, so what is to be held against the subscriber is read before.
   */
  void quiesce() {
    for (SimulatedPort device : devices) device.unplug();
    Wait.until(
        "nothing is at risk and nothing owed",
        DRAINED_MAX,
        () -> {
          Json status = status();
          Json account = status.node("account");
          Json uplink = status.named("uplinks", "cis");
          return account.number("read") > 0
              && account.text("balanced").equals("true")
              && account.number("at_risk") == 0
              && uplink.number("delivered") > 0
              && uplink.number("pending") == 0;
        });
  }

  /**
   * The store held against the subscriber. What is committed or under way just now (the box keeps
   * records of its own) is waited for.
   */
  Verdict verdict() throws StoreException {
    Verdict verdict = Verdict.of(StoreReadout.all(box.store()), subscriber.readings());
    for (int i = 0; i < VERDICTS_MAX && !verdict.clean(); i++) {
      Wait.ms(VERDICT_WAIT_MS);
      verdict = Verdict.of(StoreReadout.all(box.store()), subscriber.readings());
    }
    return verdict;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    box.close();
    for (SimulatedPort device : devices) device.close();
    subscriber.close();
    broker.close();
  }
}
