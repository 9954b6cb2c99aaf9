package io.headwall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all uplinks are done with. Without any uplink that is everything. */
final class Delivered {

  private final List<Map<Stretch, IntervalSet>> uplinks = new ArrayList<>();

  private record Stretch(int epoch, Lane lane) {}

  /** As the outbox has it now. */
  static Delivered of(OutboxReader reader, List<String> uplinks) throws StoreException {
    Delivered delivered = new Delivered();
    for (String uplink : uplinks) {
      Map<Stretch, IntervalSet> sets = new HashMap<>();
      for (Settled s : reader.settled(uplink)) {
        sets.computeIfAbsent(new Stretch(s.epoch(), s.lane()), k -> new IntervalSet())
            .add(s.from(), s.to());
      }
      delivered.uplinks.add(sets);
    }
    return delivered;
  }

  boolean contains(int epoch, Lane lane, long seq) {
    for (Map<Stretch, IntervalSet> sets : uplinks) {
      IntervalSet set = sets.get(new Stretch(epoch, lane));
      if (set == null || !set.contains(seq)) return false;
    }
    return true;
  }

  /** Whether all uplinks are done with all of a block. */
  boolean contains(BlockKey key) {
    for (Map<Stretch, IntervalSet> sets : uplinks) {
      IntervalSet set = sets.get(new Stretch(key.epoch(), key.lane()));
      if (set == null || set.firstMissing(key.firstSeq()) <= key.lastSeq()) return false;
    }
    return true;
  }

  /**
   * The first number at or behind one that all uplinks are done with; {@link Long#MAX_VALUE} where
   * there is none in the epoch and lane.
   */
  long next(int epoch, Lane lane, long seq) {
    long at = seq;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (Map<Stretch, IntervalSet> sets : uplinks) {
        IntervalSet set = sets.get(new Stretch(epoch, lane));
        long next = set == null ? Long.MAX_VALUE : set.firstWithin(at);
        if (next == Long.MAX_VALUE) return next;
        moved |= next > at;
        at = next;
      }
    }
    return at;
  }
}
