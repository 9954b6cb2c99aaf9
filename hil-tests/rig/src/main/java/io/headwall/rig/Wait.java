package io.headwall.rig;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Real time for tests of a real process: the one place of the rig that sleeps and reads the clock.
 */
public final class Wait {

  private static final long STEP_MS = 20;

  private Wait() {}

  /** Monotonic nanoseconds. */
  public static long nowNs() {
    return System.nanoTime();
  }

  /** Lets time pass. */
  public static void ms(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Waits until something holds.
   *
   * @return how long it took, in milliseconds
   * @throws IllegalStateException where it does not in time
   */
  public static long until(String what, Duration limit, BooleanSupplier holds) {
    long began = nowNs();
    while (!holds.getAsBoolean()) {
      if (nowNs() - began > limit.toNanos()) {
        throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what);
      }
      ms(STEP_MS);
    }
    return TimeUnit.NANOSECONDS.toMillis(nowNs() - began);
  }
}
