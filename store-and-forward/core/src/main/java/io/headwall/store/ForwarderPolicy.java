package io.headwall.store;

/**
 * How an uplink is fed.
 *
 * @param historyPerS readings of the backlog a second; live readings are not counted
 * @param reconnectFirstNs wait before the second try to connect, doubling from there
 * @param reconnectLongestNs longest wait between tries
 */
public record ForwarderPolicy(long historyPerS, long reconnectFirstNs, long reconnectLongestNs) {

  /** 50,000 readings of history a second; tries after 1 s to 60 s. */
  public static final ForwarderPolicy DEFAULT =
      new ForwarderPolicy(50_000, 1_000_000_000L, 60_000_000_000L);
}
