package io.headwall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What to do with packs that the receiver refused: try again after a growing wait, and give up on
 * one only when others were accepted meanwhile. A receiver that refuses everything loses nothing.
 * Owned by the uplink's forward thread.
 */
final class Refusals {

  private static final int TRIES_MAX = 5;
  private static final int IN_A_ROW_PARKS = 20;
  private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int DOUBLINGS_MAX = 6;
  private static final long TRYING = Long.MAX_VALUE;

  private final Map<Key, Refused> refused = new HashMap<>();
  private long accepted;
  private int inARow;
  private long total;

  private record Key(int epoch, Lane lane, long firstSeq) {
    static Key of(Pack pack) {
      return new Key(pack.epoch(), pack.lane(), pack.firstSeq());
    }
  }

  private record Refused(Pack pack, int tries, long acceptedBefore, long retryAtNs) {
    Refused retryAt(long ns) {
      return new Refused(pack, tries, acceptedBefore, ns);
    }
  }

  /** What becomes of a refused pack. */
  enum Verdict {
    WAIT,
    DEAD
  }

  void accepted(Pack pack) {
    accepted++;
    inARow = 0;
    refused.remove(Key.of(pack));
  }

  /** The receiver refused this pack. */
  Verdict refused(long nowNs, Pack pack) {
    total++;
    inARow++;
    Refused before = refused.remove(Key.of(pack));
    int tries = before == null ? 1 : before.tries() + 1;
    long acceptedBefore = before == null ? accepted : before.acceptedBefore();
    if (tries >= TRIES_MAX && accepted > acceptedBefore) return Verdict.DEAD;
    long wait = FIRST_WAIT_NS << Math.min(tries - 1, DOUBLINGS_MAX);
    refused.put(Key.of(pack), new Refused(pack, tries, acceptedBefore, nowNs + wait));
    return Verdict.WAIT;
  }

  /** Packs whose wait is over; they are tried again through the backlog. */
  List<Pack> due(long nowNs) {
    List<Pack> due = new ArrayList<>();
    refused.replaceAll((key, r) -> {
      if (nowNs < r.retryAtNs()) return r;
      due.add(r.pack());
      return r.retryAt(TRYING);
    });
    return due;
  }

  /** Packs that still wait. */
  List<Pack> waiting() {
    return refused.values().stream()
        .filter(r -> r.retryAtNs() != TRYING)
        .map(Refused::pack)
        .toList();
  }

  /** Whether the receiver has refused so many in a row that it seems to refuse everything. */
  boolean everything() {
    return inARow >= IN_A_ROW_PARKS;
  }

  /** The receiver gets another chance. */
  void forgiveAll() {
    inARow = 0;
  }

  long total() {
    return total;
  }
}
