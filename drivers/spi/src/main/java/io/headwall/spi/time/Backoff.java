package io.headwall.spi.time;

import java.util.random.RandomGenerator;

/** Waits between tries: doubling from a first to a longest wait, each varied by up to a fifth. */
public final class Backoff {

  private static final double JITTER = 0.2;

  private final long firstNs;
  private final long longestNs;
  private final RandomGenerator random;
  private long nextNs;

  public Backoff(long firstNs, long longestNs, RandomGenerator random) {
    if (firstNs <= 0 || longestNs < firstNs)
      throw new IllegalArgumentException(firstNs + ".." + longestNs);
    this.firstNs = firstNs;
    this.longestNs = longestNs;
    this.random = random;
    this.nextNs = firstNs;
  }

  /** The wait before the next try, in nanoseconds. */
  public long next() {
    long wait = nextNs;
    nextNs = nextNs > longestNs / 2 ? longestNs : nextNs * 2;
    return (long) (wait * (1 + JITTER * (2 * random.nextDouble() - 1)));
  }

  /** The last try worked: begin again with the first wait. */
  public void reset() {
    nextNs = firstNs;
  }
}
