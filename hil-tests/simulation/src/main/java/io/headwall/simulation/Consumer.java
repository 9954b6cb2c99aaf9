package io.headwall.simulation;

import io.headwall.store.Entry;
import io.headwall.store.Lane;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A receiver as docs/wire.md asks for: it keeps one of each identity, and orders what it keeps by
 * epoch and number.
 */
class Consumer {

  /** By epoch, then number: never by wall time. */
  static final Comparator<Row> BY_NUMBER =
      Comparator.comparingInt(Row::epoch).thenComparingLong(Row::seq);

  private final Map<Key, BitSet> taken = new HashMap<>();
  private final Map<String, List<Row>> watched = new HashMap<>();
  private long rows;

  private record Key(int epoch, Lane lane) {}

  /** What is kept of a reading to put a device's readings in order. */
  record Row(int epoch, long seq, long wallNs, long worldNs) {}

  /** A receiver that keeps the numerics of these devices in order. */
  Consumer(List<String> devices) {
    for (String device : devices) watched.put(device, new ArrayList<>());
  }

  /** The part of an identity that tells the runs of a box apart. */
  int epochKey(int epoch) {
    return epoch;
  }

  Comparator<Row> order() {
    return BY_NUMBER;
  }

  /**
   * Takes a reading in, unless it is there already.
   *
   * @param worldNs when it was really measured; not for the receiver's own use
   */
  final void take(int epoch, Lane lane, Entry entry, long worldNs) {
    BitSet seqs = taken.computeIfAbsent(new Key(epochKey(epoch), lane), k -> new BitSet());
    if (seqs.get((int) entry.seq())) return;
    seqs.set((int) entry.seq());
    rows++;
    List<Row> series = lane == Lane.NUMERIC ? watched.get(entry.device()) : null;
    if (series != null) {
      series.add(new Row(epoch, entry.seq(), entry.measured().epochNs(), worldNs));
    }
  }

  /** Readings kept. */
  final long rows() {
    return rows;
  }

  /** Throws where a device's readings, put in order, are not in the order of measurement. */
  final void requireOrder() {
    watched.forEach((device, series) -> {
      List<Row> ordered = series.stream().sorted(order()).toList();
      for (int i = 1; i < ordered.size(); i++) {
        if (ordered.get(i).worldNs < ordered.get(i - 1).worldNs) {
          throw new Violation(
              "order", device + ": " + ordered.get(i - 1) + " before " + ordered.get(i));
        }
      }
    });
  }
}
