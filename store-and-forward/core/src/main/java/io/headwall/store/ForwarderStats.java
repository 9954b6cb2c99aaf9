package io.headwall.store;

/**
 * An uplink's side of the account. At every moment: stored = delivered + pending + filtered +
 * tooOld + dead + discarded + lost.
 *
 * @param uplink its name in the configuration
 * @param state down, connecting, up, draining, parked or probing
 * @param reason why it is not up; empty when it is
 * @param stored readings committed, all epochs
 * @param delivered readings of which the receiver took custody
 * @param filtered readings of lanes that it does not get
 * @param tooOld readings that were older than what it is sent later
 * @param dead readings that the receiver refused for good while it took others
 * @param discarded dead letters that a person gave up
 * @param lost readings evicted or damaged before they could be delivered
 * @param pending readings still owed
 * @param inFlight packs sent and not yet decided
 * @param refusals packs that the receiver refused since the start
 * @param connects times the link came up since the start
 * @param lastAcceptedNs monotonic time of the last acknowledgement; 0 for none since the start
 */
public record ForwarderStats(
    String uplink,
    String state,
    String reason,
    long stored,
    long delivered,
    long filtered,
    long tooOld,
    long dead,
    long discarded,
    long lost,
    long pending,
    int inFlight,
    long refusals,
    long connects,
    long lastAcceptedNs) {

  /** Whether nothing is missing in it, and nothing counted twice. */
  public boolean balanced() {
    return stored == delivered + pending + filtered + tooOld + dead + discarded + lost;
  }
}
