package io.headwall.store;

import java.util.concurrent.TimeUnit;

/** A rate limit that lets a second's worth through at once and yields after each taking. */
final class TokenBucket {

  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final long perS;
  private long tokens;
  private long filledNs = Long.MIN_VALUE;

  TokenBucket(long perS) {
    if (perS < 1) throw new IllegalArgumentException("rate " + perS);
    this.perS = perS;
    this.tokens = perS;
  }

  /** Takes tokens if any are there; the last taking may overdraw, later ones wait for it. */
  boolean take(long nowNs, int n) {
    if (filledNs == Long.MIN_VALUE) filledNs = nowNs;
    long fresh = Math.min(nowNs - filledNs, SECOND_NS) * perS / SECOND_NS;
    if (fresh > 0) {
      tokens = Math.min(perS, tokens + fresh);
      filledNs = nowNs;
    }
    if (tokens <= 0) return false;
    tokens -= n;
    return true;
  }
}
