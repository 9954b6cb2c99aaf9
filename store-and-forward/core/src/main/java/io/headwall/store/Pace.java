package io.headwall.store;

import java.util.concurrent.TimeUnit;

/**
 * How many packs of history may be on their way. What is on its way already is in front of the next
 * alarm, so the number grows while answers come as soon as they can and halves when they come late.
 * Owned by the uplink's forward thread.
 */
final class Pace {

  private static final int PACKS_FIRST = 4;

  /** 128 KiB: a tenth of a second on a line of 10 Mbit/s. */
  private static final int PACKS_MAX = 8;

  /** Longer than the quickest answer by this much is late. */
  private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(40);

  private long quickestNs = Long.MAX_VALUE;
  private double packs = PACKS_FIRST;
  private long slowedNs = Long.MIN_VALUE;

  /** A pack of history was answered. */
  void answered(long sentNs, long nowNs) {
    long tookNs = nowNs - sentNs;
    quickestNs = Math.min(quickestNs, tookNs);
    if (tookNs - quickestNs < LATE_NS) {
      packs += 1 / packs;
    } else if (sentNs >= slowedNs) {
      // Packs sent before the last slowing down say nothing of it.
      packs = Math.max(1, packs / 2);
      slowedNs = nowNs;
    }
  }

  /**
   * How many packs of history may be on their way.
   *
   * @param most a part of the window
   */
  int packs(int most) {
    packs = Math.min(packs, Math.min(most, PACKS_MAX));
    return (int) packs;
  }
}
