package io.headwall.store;

import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where readings enter the store, from all port threads. Counts every reading; what finds the
 * mailbox full is dropped, counted, and leaves a gap in its device's record as soon as there is
 * room. While the store cannot write, waveforms give way first and alarms last.
 */
public final class Intake {

  private static final String FULL = "mailbox-full";

  private final Mailbox<Arrival> mailbox;
  private final Map<String, Lost> lost = new HashMap<>();
  private final Map<String, Long> dropped = new TreeMap<>();
  private long read;

  public Intake(Mailbox<Arrival> mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * Takes in a reading.
   *
   * @param device wire name of the device
   * @param identity the device, for the record of what is lost of it
   */
  public synchronized void offer(String device, DeviceIdentity identity, Reading reading) {
    read++;
    Lost before = lost.get(device);
    if (before != null && !recorded(device, identity, before, reading.measuredNs())) {
      drop(device, reading);
      return;
    }
    if (!mailbox.offer(new Arrival(device, reading), part(reading))) drop(device, reading);
  }

  /** Takes in what happened to the box itself. */
  public synchronized void event(long nowNs, String text) {
    read++;
    Arrival event = Box.event(nowNs, text);
    if (!mailbox.offer(event, part(event.reading()))) dropped.merge(FULL, 1L, Long::sum);
  }

  /** How full the mailbox may be for a reading to find room. */
  private static double part(Reading reading) {
    return switch (Lane.of(reading)) {
      case WAVE -> 0.5;
      case NUMERIC -> 0.75;
      case EVENT -> 0.875;
      case ALARM -> 1;
    };
  }

  private void drop(String device, Reading reading) {
    dropped.merge(FULL, 1L, Long::sum);
    lost.merge(
        device,
        new Lost(reading.measuredNs(), 1),
        (a, b) -> new Lost(Math.min(a.sinceNs, b.sinceNs), a.count + 1));
  }

  private boolean recorded(String device, DeviceIdentity identity, Lost gone, long nowNs) {
    String reason = "store too slow: " + gone.count + " readings dropped";
    Reading gap =
        new Reading.Gap(
            DeviceMetrics.gap(identity.mds()), Math.max(nowNs, gone.sinceNs), gone.sinceNs, reason);
    if (!mailbox.offer(new Arrival(device, gap), part(gap))) return false;
    read++;
    lost.remove(device);
    return true;
  }

  /** Readings taken in and dropped since the start. */
  public synchronized Counts counts() {
    return new Counts(read, Map.copyOf(dropped));
  }

  /**
   * Readings since the start of the process.
   *
   * @param read all of them
   * @param dropped those that went no further, by reason
   */
  public record Counts(long read, Map<String, Long> dropped) {
    public long droppedTotal() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private record Lost(long sinceNs, long count) {}
}
