package io.headwall.store.sqlite;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.EpochRow;
import io.headwall.store.IntervalSet;
import io.headwall.store.Lane;
import io.headwall.store.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was found of the small tables in a damaged file. Only rows that prove themselves are taken;
 * of a row's older states, the ones that say more win.
 */
final class FoundFacts {

  private final NavigableMap<Integer, EpochRow> epochs = new TreeMap<>();
  private final Set<Anchor> anchors = new LinkedHashSet<>();
  private final NavigableMap<Long, Association> associations = new TreeMap<>();
  private final Map<SettledKey, IntervalSet> settled = new HashMap<>();
  private final Map<GoneKey, RemovedTable.Gone> gone = new HashMap<>();

  private record SettledKey(String uplink, int epoch, Lane lane, Settled.How how) {}

  private record GoneKey(int epoch, Lane lane, RemovalKind kind) {}

  /** Takes a row if it is one of ours and proves itself. */
  void add(Columns row) {
    try {
      switch (row.values().size()) {
        case 5 -> {
          EpochRow epoch = Epochs.epoch(row);
          epochs.put(epoch.epoch(), epoch);
        }
        case 6 -> add(RemovedTable.gone(row));
        case 7 -> addOfSeven(row);
        default -> {}
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // No row of ours, or not as it was written.
    }
  }

  private void addOfSeven(Columns row) {
    if (row.values().get(0) instanceof String) {
      Settled s = SettledTable.settled(row);
      settled
          .computeIfAbsent(
              new SettledKey(s.uplink(), s.epoch(), s.lane(), s.how()), k -> new IntervalSet())
          .add(s.from(), s.to());
      return;
    }
    Columns withoutId = new Columns(row.values().subList(1, 7));
    if (row.values().get(1) instanceof String) anchors.add(Anchors.anchor(withoutId));
    else associations.put(row.number(0), Associations.association(withoutId));
  }

  private void add(RemovedTable.Gone row) {
    gone.merge(
        new GoneKey(row.epoch(), row.lane(), row.kind()),
        row,
        (a, b) -> a.readings() >= b.readings() ? a : b);
  }

  /** Epochs by number; those of which no row is left are missing. */
  NavigableMap<Integer, EpochRow> epochs() {
    return epochs;
  }

  /** Epochs of which anything was found. */
  Set<Integer> epochsSeen() {
    Set<Integer> seen = new HashSet<>(epochs.keySet());
    for (SettledKey key : settled.keySet()) seen.add(key.epoch());
    for (GoneKey key : gone.keySet()) seen.add(key.epoch());
    return seen;
  }

  Set<Anchor> anchors() {
    return anchors;
  }

  /**
   * The places of an epoch, as far as it is sure which bed the box stood at. Ids are dense: behind
   * a hole in them a move to another bed may be missing, and then all of the epoch go.
   */
  List<Association> associations(int epoch) {
    List<Association> all = new ArrayList<>();
    for (Map.Entry<Long, Association> row : associations.entrySet()) {
      if (row.getValue().epoch() != epoch) continue;
      Long next = associations.higherKey(row.getKey());
      if (next != null && next != row.getKey() + 1) return List.of();
      all.add(row.getValue());
    }
    return all;
  }

  /** What uplinks were done with, of an epoch. */
  List<Settled> settled(int epoch) {
    List<Settled> all = new ArrayList<>();
    settled.forEach((key, set) -> {
      if (key.epoch() != epoch) return;
      for (IntervalSet.Interval i : set.intervals()) {
        all.add(new Settled(key.uplink(), epoch, key.lane(), i.from(), i.to(), key.how()));
      }
    });
    return all;
  }

  /** What a lane of an epoch gave up in one way. */
  RemovedTable.Gone gone(int epoch, Lane lane, RemovalKind kind) {
    return gone.getOrDefault(
        new GoneKey(epoch, lane, kind), new RemovedTable.Gone(epoch, lane, kind, 0, 0));
  }
}
