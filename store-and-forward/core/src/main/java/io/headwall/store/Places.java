package io.headwall.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where the box stood when something was measured. */
final class Places {

  private final Map<Integer, NavigableMap<Long, Place>> byEpoch = new HashMap<>();

  Places(List<Association> associations) {
    for (Association a : associations) add(a);
  }

  void add(Association a) {
    byEpoch.computeIfAbsent(a.epoch(), e -> new TreeMap<>()).put(a.monoFrom(), a.place());
  }

  /** The place at a monotonic time of an epoch; unassigned where none held then. */
  Place at(int epoch, long monoNs) {
    NavigableMap<Long, Place> epochPlaces = byEpoch.get(epoch);
    Map.Entry<Long, Place> e = epochPlaces == null ? null : epochPlaces.floorEntry(monoNs);
    return e == null ? Place.UNASSIGNED : e.getValue();
  }
}
