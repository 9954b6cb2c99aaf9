package io.headwall.edge;

import io.headwall.store.Entry;
import io.headwall.store.IntervalSet;
import io.headwall.store.Lane;
import io.headwall.store.Pack;
import io.headwall.store.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an uplink delivered, and which of it is wanted once more. */
final class Delivery {

  private final String uplink;
  private final Map<Track, IntervalSet> delivered = new HashMap<>();
  private final Map<Track, IntervalSet> again = new LinkedHashMap<>();

  private record Track(int epoch, Lane lane) {}

  Delivery(String uplink, List<Settled> settled) {
    this.uplink = uplink;
    for (Settled s : settled) {
      if (s.how() != Settled.How.DELIVERED) continue;
      delivered
          .computeIfAbsent(new Track(s.epoch(), s.lane()), k -> new IntervalSet())
          .add(s.from(), s.to());
    }
  }

  /** These are wanted, as far as they were delivered. */
  void add(Pack pack) {
    Track track = new Track(pack.epoch(), pack.lane());
    IntervalSet done = delivered.get(track);
    if (done == null) return;
    IntervalSet wanted = again.computeIfAbsent(track, k -> new IntervalSet());
    for (Entry entry : pack.entries()) {
      if (done.contains(entry.seq())) wanted.add(entry.seq(), entry.seq());
    }
  }

  /** The stretches that were delivered, are there, and are wanted. */
  List<Settled> again() {
    List<Settled> all = new ArrayList<>();
    again.forEach((track, wanted) -> {
      for (IntervalSet.Interval i : wanted.intervals()) {
        all.add(
            new Settled(uplink, track.epoch, track.lane, i.from(), i.to(), Settled.How.DELIVERED));
      }
    });
    return all;
  }
}
