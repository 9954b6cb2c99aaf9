package io.headwall.uplink.mqtt;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker lives, judged by what it says: after half a keep-alive of silence it is asked,
 * after one and a half it is given up. Pure.
 */
final class Liveness {

  private final long askNs;
  private final long silenceNs;
  private long heard;
  private long heardNs;
  private long askedNs;

  Liveness(int keepAliveS, long nowNs) {
    askNs = TimeUnit.SECONDS.toNanos(keepAliveS) / 2;
    silenceNs = 3 * askNs;
    heardNs = nowNs;
    askedNs = nowNs;
  }

  /**
   * Whether it is time to ask for a sign of life; counts as asked.
   *
   * @param packetsHeard packets received so far
   */
  boolean pingDue(long nowNs, long packetsHeard) {
    if (packetsHeard != heard) {
      heard = packetsHeard;
      heardNs = nowNs;
    }
    boolean due = nowNs - heardNs >= askNs && nowNs - askedNs >= askNs;
    if (due) askedNs = nowNs;
    return due;
  }

  /** What is wrong if nothing has been heard for too long; else null. */
  @Nullable String silence(long nowNs) {
    long ns = nowNs - heardNs;
    return ns < silenceNs
        ? null
        : "nothing heard of the broker for " + TimeUnit.NANOSECONDS.toSeconds(ns) + " s";
  }
}
