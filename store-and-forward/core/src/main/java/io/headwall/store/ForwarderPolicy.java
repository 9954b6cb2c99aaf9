package io.headwall.store;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How an uplink is fed.
 *
 * @param lanes what it gets; the other lanes count as settled
 * @param backfillNsMax readings of the backlog that are older are not sent any more
 * @param historyPerS readings of the backlog a second; live readings are not counted
 * @param reconnectFirstNs wait before the second try to connect, doubling from there
 * @param reconnectLongestNs longest wait between tries
 */
public record ForwarderPolicy(
    Set<Lane> lanes,
    long backfillNsMax,
    long historyPerS,
    long reconnectFirstNs,
    long reconnectLongestNs) {

  /** For {@code backfillNsMax} and {@code historyPerS}: no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Everything, however old, as fast as live readings allow; tries after 1 s to 60 s. */
  public static final ForwarderPolicy DEFAULT =
      new ForwarderPolicy(
          Set.of(Lane.values()),
          UNLIMITED,
          UNLIMITED,
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(60));

  public ForwarderPolicy {
    lanes = Set.copyOf(lanes);
    if (backfillNsMax < 0) throw new IllegalArgumentException("backfill " + backfillNsMax);
    if (historyPerS < 1) throw new IllegalArgumentException("history " + historyPerS);
  }

  /** The same for some lanes only. */
  public ForwarderPolicy only(Set<Lane> some) {
    return new ForwarderPolicy(
        some, backfillNsMax, historyPerS, reconnectFirstNs, reconnectLongestNs);
  }

  /** The same with a limit to the age of what is sent later. */
  public ForwarderPolicy backfillAtMost(long ns) {
    return new ForwarderPolicy(lanes, ns, historyPerS, reconnectFirstNs, reconnectLongestNs);
  }

  /** The same with a budget for the backlog, in readings a second. */
  public ForwarderPolicy historyAtMost(long perS) {
    return new ForwarderPolicy(lanes, backfillNsMax, perS, reconnectFirstNs, reconnectLongestNs);
  }
}
