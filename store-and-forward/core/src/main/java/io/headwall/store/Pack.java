package io.headwall.store;

import java.util.List;

/**
 * What an uplink sends and gets acknowledged as one: readings of one lane, epoch and place, in
 * order of their numbers.
 *
 * @param id the forwarder's name for it, unique while the process runs
 * @param kind which stream it belongs to
 * @param reason why it is history, in one word; empty for live packs
 * @param origin the box that read it
 * @param epoch the epoch it was read in
 * @param lane its lane
 * @param place unit and bed at the time of measurement
 * @param entries one at least, numbers rising, not necessarily dense
 */
public record Pack(
    long id,
    Kind kind,
    String reason,
    Origin origin,
    int epoch,
    Lane lane,
    Place place,
    List<Entry> entries) {

  public Pack {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) throw new IllegalArgumentException("empty pack");
  }

  /** Some of its entries, as a pack of its own. */
  Pack part(long ownId, int from, int to) {
    return new Pack(ownId, kind, reason, origin, epoch, lane, place, entries.subList(from, to));
  }

  public long firstSeq() {
    return entries.getFirst().seq();
  }

  public long lastSeq() {
    return entries.getLast().seq();
  }

  /** Whether it must not leave as live any more, however it has waited. */
  public boolean isOld(long nowNs) {
    return kind != Kind.HISTORY && nowNs - oldestNs() >= PackBuilder.LIVE_NS_MAX;
  }

  /** The same readings as history. */
  public Pack asHistory(String why) {
    return new Pack(id, Kind.HISTORY, why, origin, epoch, lane, place, entries);
  }

  /** Monotonic time of its oldest reading: devices are not in step with each other. */
  long oldestNs() {
    return entries.stream().mapToLong(e -> e.reading().measuredNs()).min().orElseThrow();
  }

  /** The streams that a receiver tells apart. */
  public enum Kind {
    /** Alarms younger than 30 s. */
    ALARM,
    /** Numerics and events younger than 30 s. */
    LIVE,
    /** Waveforms younger than 30 s. */
    WAVEFORM,
    /** The backlog, and whatever is older: it can never arrive as new. */
    HISTORY
  }
}
