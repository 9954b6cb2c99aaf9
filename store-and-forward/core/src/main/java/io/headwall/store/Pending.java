package io.headwall.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The readings that wait for the next commit, by lane. Owned by the store thread. */
final class Pending {

  private static final int READINGS_MAX = 4096;

  private final Map<Lane, List<Arrival>> byLane = new EnumMap<>(Lane.class);
  private int count;
  private long sinceNs;

  boolean isFull() {
    return count >= READINGS_MAX;
  }

  /** Whether an alarm waits, or something has waited for so long. */
  boolean isDue(long nowNs, long waitNs) {
    return isFull() || !of(Lane.ALARM).isEmpty() || (count > 0 && nowNs - sinceNs >= waitNs);
  }

  void add(List<Arrival> news, long nowNs) {
    if (count == 0) sinceNs = nowNs;
    for (Arrival arrival : news) of(Lane.of(arrival.reading())).add(arrival);
    count += news.size();
  }

  /** What waits in a lane, in order of arrival. */
  List<Arrival> of(Lane lane) {
    return byLane.computeIfAbsent(lane, l -> new ArrayList<>());
  }

  /** All of a lane is durable. */
  void committed(Lane lane) {
    count -= of(lane).size();
    of(lane).clear();
  }

  int count() {
    return count;
  }
}
