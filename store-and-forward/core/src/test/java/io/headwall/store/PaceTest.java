package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long MS = 1_000_000;

  /** A line that carries one pack after another, each in so many ms, over a way of 100 ms. */
  private static long longestWaitMs(int packMs, int seconds) {
    Pace pace = new Pace();
    Deque<long[]> onTheWay = new ArrayDeque<>();
    long freeMs = 0;
    long longest = 0;
    for (long now = 0; now < seconds * 1000L; now++) {
      while (!onTheWay.isEmpty() && onTheWay.getFirst()[1] <= now) {
        long[] pack = onTheWay.removeFirst();
        pace.answered(pack[0] * MS, now * MS);
        if (now > seconds * 500L) longest = Math.max(longest, now - pack[0]);
      }
      while (onTheWay.size() < pace.packs(50)) {
        freeMs = Math.max(freeMs, now) + packMs;
        onTheWay.add(new long[] {now, freeMs + 100});
      }
    }
    return longest;
  }

  @Test
  void onALineAsSlowAsOneMbitLiveWaitsForLittleHistory() {
    assertTrue(longestWaitMs(128, 100) <= 100 + 3 * 128);
    assertTrue(longestWaitMs(20, 100) <= 100 + 100);
  }

  @Test
  void whereAnswersComeAtOnceAsManyGoAsTheWindowHasRoomForAndNoMoreThanEight() {
    Pace pace = new Pace();
    for (long ms = 0; ms < 2000; ms++) pace.answered(ms * MS, (ms + 3) * MS);
    assertEquals(8, pace.packs(37));
    assertEquals(5, pace.packs(5));
  }
}
