package io.headwall.store.sqlite;

import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.BlockKey;
import io.headwall.store.IntervalSet;
import io.headwall.store.Lane;
import io.headwall.store.Salvaged;
import io.headwall.store.Settled;
import java.util.List;
import java.util.Optional;

/** What of a lane of one epoch is back, and what has become of its other numbers. */
final class FoundLane {

  private final int epoch;
  private final Lane lane;
  private final IntervalSet taken = new IntervalSet();
  private final IntervalSet thinned = new IntervalSet();
  private long thinnedAway;
  private long last;

  FoundLane(int epoch, Lane lane) {
    this.epoch = epoch;
    this.lane = lane;
  }

  int epoch() {
    return epoch;
  }

  Lane lane() {
    return lane;
  }

  /**
   * Whether a block is new. A page that is not in use any more may hold what a stretch was before
   * it was thinned; the thinned form is the newer one.
   */
  boolean wants(BlockKey key, boolean sparse) {
    if (taken.sizeWithin(key.firstSeq(), key.lastSeq()) == 0) return true;
    return sparse && thinned.sizeWithin(key.firstSeq(), key.lastSeq()) == 0;
  }

  /** Whether blocks that are back already have to go for a block that is wanted. */
  boolean replaces(BlockKey key) {
    return taken.sizeWithin(key.firstSeq(), key.lastSeq()) > 0;
  }

  /**
   * A block is back.
   *
   * @param readings in it
   */
  void took(BlockKey key, boolean sparse, int readings) {
    taken.add(key.firstSeq(), key.lastSeq());
    if (sparse) thinned.add(key.firstSeq(), key.lastSeq());
    thinnedAway += key.n() - readings;
    knowLast(key.lastSeq());
  }

  /** This number was given out. */
  void knowLast(long seq) {
    last = Math.max(last, seq);
  }

  long readings() {
    return taken.size() - thinnedAway;
  }

  /**
   * Books each number up to the last that is not back: as what the file says of it, the rest as
   * damaged. Whatever is back is not booked, also where the file said that it had been given up.
   */
  List<RemovedTable.Gone> gone(long thinnedOnFile, long evictedOnFile) {
    long missing = last - readings();
    long thinnedNow = Math.min(missing, Math.max(thinnedOnFile, thinnedAway));
    long evicted = Math.min(missing - thinnedNow, evictedOnFile);
    return List.of(
        gone(RemovalKind.THINNED, thinnedNow),
        gone(RemovalKind.EVICTED, evicted),
        gone(RemovalKind.DAMAGED, missing - thinnedNow - evicted));
  }

  private RemovedTable.Gone gone(RemovalKind kind, long readings) {
    return new RemovedTable.Gone(epoch, lane, kind, last, readings);
  }

  /**
   * What a receiver has to be told: numbers that are damaged and that some uplink still wanted.
   *
   * @param settled of this epoch
   * @param damaged how many of its numbers are booked as damaged
   */
  Optional<Salvaged.Lost> lost(List<Settled> settled, List<String> uplinks, long damaged) {
    IntervalSet wanted = new IntervalSet();
    for (String uplink : uplinks) {
      IntervalSet open = new IntervalSet();
      if (last > 0) open.add(1, last);
      for (IntervalSet.Interval i : taken.intervals()) open.remove(i.from(), i.to());
      for (Settled s : settled) {
        if (s.lane() == lane && s.uplink().equals(uplink)) open.remove(s.from(), s.to());
      }
      for (IntervalSet.Interval i : open.intervals()) wanted.add(i.from(), i.to());
    }
    long readings = Math.min(wanted.size(), damaged);
    if (readings == 0) return Optional.empty();
    List<IntervalSet.Interval> all = wanted.intervals();
    Numbers numbers =
        new Numbers(epoch, lane.wireName(), all.getFirst().from(), all.getLast().to());
    return Optional.of(new Salvaged.Lost(numbers, readings));
  }
}
