package io.headwall.store;

import java.util.EnumMap;
import java.util.Map;

/**
 * When to commit and what to keep.
 *
 * @param atRiskNs longest time between the reading of a numeric, event or wave and its commit; an
 *     alarm is committed at once
 * @param quotaBytes size of the outbox above which readings are given up
 * @param lanes limits of each lane
 */
public record StorePolicy(long atRiskNs, long quotaBytes, Map<Lane, LaneLimit> lanes) {

  public StorePolicy {
    lanes = Map.copyOf(lanes);
    if (lanes.size() != Lane.values().length) throw new IllegalArgumentException("lanes " + lanes);
  }

  /**
   * What one lane may keep.
   *
   * @param keepNs age at which readings go, delivered or not
   * @param quotaBytes of its blocks
   */
  public record LaneLimit(long keepNs, long quotaBytes) {}

  /** The same age for all lanes, and no limit of size but the one for all together. */
  public static StorePolicy of(long atRiskNs, long keepNs, long quotaBytes) {
    Map<Lane, LaneLimit> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) lanes.put(lane, new LaneLimit(keepNs, quotaBytes));
    return new StorePolicy(atRiskNs, quotaBytes, lanes);
  }

  LaneLimit limit(Lane lane) {
    LaneLimit limit = lanes.get(lane);
    if (limit == null) throw new IllegalStateException("every lane has a limit");
    return limit;
  }
}
