package io.headwall.store;

import java.util.concurrent.TimeUnit;

/**
 * A rate limit. It begins empty, saves up a second's worth at most, and yields after each taking:
 * over any time no more goes than the rate allows, a second's worth and the last taking.
 */
final class TokenBucket {

  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final long perS;
  private long tokens;

  /** Of the next token, in 1 / 10^9. */
  private long part;

  private long filledNs = Long.MIN_VALUE;

  TokenBucket(long perS) {
    if (perS < 1) throw new IllegalArgumentException("rate " + perS);
    this.perS = perS;
  }

  /** Takes tokens if any are there; the last taking may overdraw, later ones wait for it. */
  boolean take(long nowNs, int n) {
    if (perS == ForwarderPolicy.UNLIMITED) return true;
    fill(nowNs);
    if (tokens <= 0) return false;
    tokens -= n;
    return true;
  }

  private void fill(long nowNs) {
    if (filledNs == Long.MIN_VALUE) filledNs = nowNs;
    // So long it takes to be full; what is longer would only overflow.
    long fullNs = Math.ceilDiv(perS - tokens, perS) * SECOND_NS;
    long credit = Math.min(nowNs - filledNs, fullNs) * perS + part;
    filledNs = nowNs;
    tokens = Math.min(perS, tokens + credit / SECOND_NS);
    part = credit % SECOND_NS;
  }
}
