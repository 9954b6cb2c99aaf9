package io.headwall.store;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long the store lasts: for each lane the hours until it would have to give up readings that
 * nobody has yet, if nothing were delivered and the devices went on as in the last minutes. Owned
 * by the store thread.
 */
final class Forecast {

  private static final long WINDOW_NS = 600_000_000_000L;
  private static final double NS_PER_HOUR = 3.6e12;

  /** In the order in which lanes give way. */
  static final List<Lane> LOWEST_FIRST = List.of(Lane.WAVE, Lane.NUMERIC, Lane.EVENT, Lane.ALARM);

  private final Map<Lane, Flow> flows = new EnumMap<>(Lane.class);

  /** Bytes and readings of a lane: in this window, in the one before, and in all. */
  private static final class Flow {
    long bytes;
    long readings;
    long windowBytes;
    double bytesPerNs;
  }

  private long windowNs = Long.MIN_VALUE;

  Forecast() {
    for (Lane lane : Lane.values()) flows.put(lane, new Flow());
  }

  /** A commit went in. */
  void committed(List<StoredBlock> blocks, long nowNs) {
    if (windowNs == Long.MIN_VALUE) windowNs = nowNs;
    for (StoredBlock block : blocks) {
      Flow flow = flow(block.key().lane());
      flow.bytes += block.bytes().length;
      flow.readings += block.key().n();
      flow.windowBytes += block.bytes().length;
    }
    if (nowNs - windowNs < WINDOW_NS) return;
    for (Flow flow : flows.values()) {
      flow.bytesPerNs = (double) flow.windowBytes / (nowNs - windowNs);
      flow.windowBytes = 0;
    }
    windowNs = nowNs;
  }

  /** Bytes that a lane's readings take, by what the readings of this run took. */
  long bytes(Lane lane, long readings) {
    Flow flow = flow(lane);
    return flow.readings == 0 ? 0 : Math.round((double) flow.bytes / flow.readings * readings);
  }

  /**
   * Hours left by lane; a lane that is not fed is missing.
   *
   * @param kept readings kept by lane
   */
  Map<Lane, Double> hoursLeft(Map<Lane, Long> kept, StorePolicy policy, long nowNs) {
    Map<Lane, Double> left = new EnumMap<>(Lane.class);
    // Whatever ranks lower gives way first, so only what ranks as high takes room from a lane.
    for (int i = 0; i < LOWEST_FIRST.size(); i++) {
      long used = 0;
      double rate = 0;
      for (Lane lane : LOWEST_FIRST.subList(i, LOWEST_FIRST.size())) {
        used += bytes(lane, kept.getOrDefault(lane, 0L));
        rate += bytesPerNs(lane, nowNs);
      }
      double free = Math.max(0, policy.quotaBytes() - used);
      if (rate > 0) left.put(LOWEST_FIRST.get(i), free / rate / NS_PER_HOUR);
    }
    return left;
  }

  /** The rate of the last whole window, or of this one as long as there is no other. */
  private double bytesPerNs(Lane lane, long nowNs) {
    Flow flow = flow(lane);
    if (flow.bytesPerNs > 0 || windowNs == Long.MIN_VALUE) return flow.bytesPerNs;
    return (double) flow.windowBytes / Math.max(1, nowNs - windowNs);
  }

  private Flow flow(Lane lane) {
    Flow flow = flows.get(lane);
    if (flow == null) throw new IllegalStateException("every lane has a flow");
    return flow;
  }
}
