package io.headwall.edge;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Clocks;
import io.headwall.store.Intake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * What a port writes down: the readings of its devices under their names, what each device and the
 * line do, and a gap for each time that a device could not be heard. Owned by the port's thread.
 */
final class PortRecord {

  private final String driver;
  private final String port;
  private final DeviceNames names;
  private final Intake intake;
  private final Clocks clocks;
  private final Map<String, Attached> attached = new LinkedHashMap<>();
  private @Nullable DeviceCondition condition;
  private long conditionSinceNs;
  private long heardNs;
  private long readings;
  private long gaps;
  private volatile boolean closed;

  /**
   * An empty record.
   *
   * @param driver id of the driver
   * @param port name in the configuration
   * @param names shared by all ports of the box
   */
  PortRecord(String driver, String port, DeviceNames names, Intake intake, Clocks clocks) {
    this.driver = driver;
    this.port = port;
    this.names = names;
    this.intake = intake;
    this.clocks = clocks;
  }

  /** A reading out of bytes that have just arrived. */
  void heard(DeviceIdentity identity, Reading reading, long nowNs) {
    if (isNoData(reading)) {
      unheard(identity, reading);
      return;
    }
    Attached device = meet(identity, nowNs);
    endGap(device, reading.measuredNs());
    device.heard(nowNs);
    heardNs = nowNs;
    take(device.name(), identity, reading);
    if (reading instanceof Reading.DeviceClock shown) noteClock(device, shown);
  }

  /** The device's clock is never used for time; that it was set is news all the same. */
  private void noteClock(Attached device, Reading.DeviceClock shown) {
    String jump = device.clock().shows(shown, clocks.wall());
    if (jump.isEmpty()) return;
    Logger.info("port={} device={} {}", port, device.name(), jump);
    DeviceIdentity identity = device.identity();
    Reading event = new Reading.Text(DeviceMetrics.event(identity.mds()), shown.measuredNs(), jump);
    take(device.name(), identity, event);
  }

  /** A reading that no byte stands behind, such as that nothing came: it ends no gap. */
  void unheard(DeviceIdentity identity, Reading reading) {
    Attached device = attached.get(identity.position());
    String name =
        device != null && device.identity().equals(identity)
            ? device.name()
            : DeviceNames.of(driver, port, identity);
    take(name, identity, reading);
  }

  /** A good frame that held no news. Of several devices it could be any, so it counts for none. */
  void heardWithoutNews(long nowNs) {
    heardNs = nowNs;
    if (attached.size() == 1) attached.values().iterator().next().heard(nowNs);
  }

  /** No device is heard any more. */
  void lost(String reason) {
    for (Attached device : attached.values()) device.lost(reason);
    names.release(port);
  }

  /**
   * The line or all devices at it are in a condition now.
   *
   * @return whether that is new
   */
  boolean enter(DeviceCondition next, long sinceNs, String detail) {
    if (next == condition) return false;
    condition = next;
    conditionSinceNs = sinceNs;
    for (Attached device : attached.values()) state(device.known(), next, sinceNs, detail);
    // A device that speaks will say what it is, and has its state recorded under its own name then.
    if (attached.isEmpty() && !speaks()) state(standIn(), next, sinceNs, detail);
    return true;
  }

  /** Ends what gaps are open: nothing is recorded from now on. */
  void close(long nowNs) {
    for (Attached device : attached.values()) endGap(device, nowNs);
    closed = true;
  }

  /** As {@link #close}, called by another thread while the port's own hangs. */
  void park(List<Attached.Known> devices, long nowNs, String why) {
    closed = true;
    for (Attached.Known device : devices) {
      intake.offer(
          device.name(),
          device.identity(),
          stateReading(device.identity(), DeviceCondition.PARKED, nowNs, why));
    }
  }

  /** Null before the first one. */
  @Nullable DeviceCondition condition() {
    return condition;
  }

  long conditionSinceNs() {
    return conditionSinceNs;
  }

  /** Arrival of the last good frame; 0 for none. */
  long heardNs() {
    return heardNs;
  }

  /** Handed to the store. */
  long readings() {
    return readings;
  }

  long gaps() {
    return gaps;
  }

  /** What is attached, or what stands for a device that has not said what it is. */
  List<Attached.Known> devices() {
    if (attached.isEmpty()) return List.of(standIn());
    return attached.values().stream().map(Attached::known).toList();
  }

  private static boolean isNoData(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> n.quality() == Quality.NO_DATA;
      case Reading.Setting s -> s.quality() == Quality.NO_DATA;
      case Reading.SampleBlock _,
          Reading.Alarm _,
          Reading.Text _,
          Reading.DeviceState _,
          Reading.Gap _,
          Reading.DeviceClock _,
          Reading.Removed _,
          Reading.Tally _ ->
          false;
    };
  }

  /** The device at this identity's position; an event where it is a new one or says more. */
  private Attached meet(DeviceIdentity identity, long nowNs) {
    Attached device = attached.get(identity.position());
    boolean same = device != null && device.identity().equals(identity);
    if (device != null && same && device.isClaimed()) return device;
    String present = device != null && same ? device.name() : null;
    String name = names.claim(driver, port, identity, present);
    if (device == null) return met(identity, name, DeviceCondition.IDENTIFIED, nowNs);
    if (device.isReplacedBy(identity)) {
      // What is missing up to now is missing of the device that was there before.
      endGap(device, nowNs);
      return met(identity, name, DeviceCondition.REPLACED, nowNs);
    }
    boolean says = !same || !device.name().equals(name);
    device.became(identity, name);
    if (says) event(device.known(), DeviceCondition.IDENTIFIED, nowNs);
    return device;
  }

  private Attached met(DeviceIdentity identity, String name, DeviceCondition event, long nowNs) {
    Attached device = new Attached(identity, name);
    attached.put(identity.position(), device);
    event(device.known(), event, nowNs);
    return device;
  }

  private void event(Attached.Known device, DeviceCondition event, long nowNs) {
    String words = device.identity().inWords();
    Logger.info("port={} {} as {}: {}", port, event, device.name(), words);
    state(device, event, nowNs, words);
    if (condition != null && speaks()) state(device, condition, nowNs, "");
  }

  private boolean speaks() {
    return condition == DeviceCondition.SPEAKING || condition == DeviceCondition.STANDBY;
  }

  private Attached.Known standIn() {
    DeviceIdentity unknown =
        new DeviceIdentity("", driver, null, null, "", new LocalCode("x-device"));
    return new Attached.Known(DeviceNames.of(driver, port, unknown), unknown);
  }

  private void endGap(Attached device, long endNs) {
    String reason = device.gapReason();
    if (reason == null) return;
    long fromNs = device.gapFromNs();
    DeviceIdentity identity = device.identity();
    device.gapEnded();
    gaps++;
    take(
        device.name(),
        identity,
        new Reading.Gap(
            DeviceMetrics.gap(identity.mds()), Math.max(endNs, fromNs), fromNs, reason));
  }

  private void state(Attached.Known device, DeviceCondition state, long atNs, String detail) {
    DeviceIdentity identity = device.identity();
    take(device.name(), identity, stateReading(identity, state, atNs, detail));
  }

  private static Reading stateReading(
      DeviceIdentity identity, DeviceCondition state, long atNs, String detail) {
    String shown = detail.substring(0, Math.min(detail.length(), Reading.TEXT_CHARS_MAX));
    return new Reading.DeviceState(DeviceMetrics.state(identity.mds()), atNs, state, shown);
  }

  private void take(String device, DeviceIdentity identity, Reading reading) {
    if (closed) return;
    readings++;
    intake.offer(device, identity, reading);
  }
}
