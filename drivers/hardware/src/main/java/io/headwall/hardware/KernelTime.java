package io.headwall.hardware;

import java.util.concurrent.TimeUnit;

/**
 * What {@code adjtimex} says of the wall clock. See adjtimex(2).
 *
 * @param status the STA_ bits
 * @param maxErrorUs bound of the error; grows by 500 µs a second until the next correction
 * @param estErrorUs estimated error
 */
record KernelTime(int status, long maxErrorUs, long estErrorUs) {

  private static final int STA_UNSYNC = 0x40;

  /** Whether a time client steers the clock, and did so lately enough. */
  boolean synced() {
    return (status & STA_UNSYNC) == 0;
  }

  long errorNs() {
    return TimeUnit.MICROSECONDS.toNanos(Math.max(maxErrorUs, estErrorUs));
  }
}
