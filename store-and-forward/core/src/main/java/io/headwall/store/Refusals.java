package io.headwall.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What to do with packs that the receiver refused: try again after a growing wait, then in halves,
 * and give up on a single reading only where other packs of its stream are taken meanwhile. A
 * receiver that refuses everything is parked: from time to time one pack is tried, and nothing is
 * lost. Owned by the uplink's forward thread.
 */
final class Refusals {

  private static final int TRIES_MAX = 5;
  private static final int IN_A_ROW_PARKS = 20;
  private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int DOUBLINGS_MAX = 6;
  private static final long PROBE_NS = TimeUnit.SECONDS.toNanos(60);

  /** No more history goes while so many wait: what refuses one stream must not spoil it all. */
  private static final int WAITING_MAX = 16;

  private final Map<Long, Refused> refused = new HashMap<>();
  private final Map<Pack.Kind, Long> accepted = new EnumMap<>(Pack.Kind.class);
  private int inARow;
  private long total;
  private boolean parked;
  private long probeAtNs;

  /**
   * A pack that was refused.
   *
   * @param acceptedBefore packs of its stream that were taken before it was refused first
   * @param retryAtNs null while it is on its way again
   */
  private record Refused(Pack pack, int tries, long acceptedBefore, @Nullable Long retryAtNs) {

    Refused retryAt(@Nullable Long ns) {
      return new Refused(pack, tries, acceptedBefore, ns);
    }

    boolean isDue(long nowNs) {
      return retryAtNs != null && nowNs >= retryAtNs;
    }
  }

  /** What becomes of a refused pack. */
  enum Verdict {
    /** It is tried again later. */
    WAIT,
    /** Its halves are to be tried, by {@link Refusals#add}. */
    HALVE,
    /** It is owed again, as if it had never been sent. */
    BACK,
    /** It is given up. */
    DEAD
  }

  /**
   * The receiver took this pack.
   *
   * @return whether that ends a time of being parked
   */
  boolean accepted(Pack pack) {
    accepted.merge(pack.kind(), 1L, Long::sum);
    inARow = 0;
    refused.remove(pack.id());
    boolean was = parked;
    parked = false;
    return was;
  }

  /** The receiver refused this pack. */
  Verdict refused(long nowNs, Pack pack) {
    total++;
    inARow++;
    if (parked) probeAtNs = nowNs + PROBE_NS;
    Refused before = refused.remove(pack.id());
    int tries = before == null ? 1 : before.tries() + 1;
    long acceptedBefore = before == null ? accepted(pack.kind()) : before.acceptedBefore();
    if (accepted(pack.kind()) > acceptedBefore) {
      if (pack.entries().size() > 1) return Verdict.HALVE;
      if (tries >= TRIES_MAX) return Verdict.DEAD;
    }
    if (crowded() && pack.kind() != Pack.Kind.HISTORY) return Verdict.BACK;
    long waitNs = FIRST_WAIT_NS << Math.min(tries - 1, DOUBLINGS_MAX);
    refused.put(pack.id(), new Refused(pack, tries, acceptedBefore, nowNs + waitNs));
    return Verdict.WAIT;
  }

  /** A half of a pack that was refused while others of its stream were taken. */
  void add(long nowNs, Pack half) {
    long acceptedBefore = accepted(half.kind()) - 1;
    refused.put(half.id(), new Refused(half, 1, acceptedBefore, nowNs + FIRST_WAIT_NS));
  }

  private long accepted(Pack.Kind kind) {
    return accepted.getOrDefault(kind, 0L);
  }

  /** Whether so many wait that no more of the backlog should go. */
  boolean crowded() {
    return refused.size() >= WAITING_MAX;
  }

  /** A pack whose wait is over, on its way again from now on; null for none. */
  @Nullable Pack due(long nowNs) {
    for (Map.Entry<Long, Refused> e : refused.entrySet()) {
      if (!e.getValue().isDue(nowNs)) continue;
      e.setValue(e.getValue().retryAt(null));
      return e.getValue().pack();
    }
    return null;
  }

  /** It is not to be tried again as it is. */
  void forget(Pack pack) {
    refused.remove(pack.id());
  }

  /** Of the file that held them nothing is owed any more. */
  void forgetAll() {
    refused.clear();
  }

  /** The link is down. All of these are still to be tried again. */
  List<Pack> linkLost(long nowNs) {
    List<Pack> packs = new ArrayList<>();
    refused.replaceAll((id, r) -> r.retryAtNs() == null ? r.retryAt(nowNs) : r);
    for (Refused r : refused.values()) packs.add(r.pack());
    return packs;
  }

  /**
   * Parks a receiver that has refused so many in a row that it seems to refuse everything.
   *
   * @return whether it was not parked before
   */
  boolean parks(long nowNs) {
    if (parked || inARow < IN_A_ROW_PARKS) return false;
    parked = true;
    probeAtNs = nowNs + PROBE_NS;
    return true;
  }

  boolean isParked() {
    return parked;
  }

  /** Whether it is time to try whether a parked receiver takes something again. */
  boolean probeDue(long nowNs) {
    return nowNs >= probeAtNs;
  }

  long total() {
    return total;
  }
}
