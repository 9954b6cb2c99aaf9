package io.headwall.store;

import java.util.Map;

/**
 * The store's side of the account since the start of the process. At every moment: read + made = at
 * risk + stored + dropped.
 *
 * @param epoch the running epoch
 * @param stored readings committed, by lane
 * @param storedBytes size of the committed blocks
 * @param atRisk readings taken in and not yet committed
 * @param made records of the box itself among those stored
 * @param commits transactions
 * @param kept readings on the box, all epochs, by lane
 * @param thinned readings given up where lowest, median and highest of a minute stayed, by lane
 * @param evicted readings given up by age or quota, by lane
 * @param damaged readings that could not be read any more, by lane
 * @param fileBytes size of the outbox
 * @param hoursLeft hours until a lane would have to give up readings that nobody has yet, if
 *     nothing were delivered; a lane that is not fed is missing
 * @param salvaging whether something may be left to bring back of a file that was set aside
 * @param salvaged what came of it last, for people; empty where nothing was brought back
 * @param fault what is wrong with the store now; empty when it is well
 */
public record StoreStats(
    int epoch,
    Map<Lane, Long> stored,
    long storedBytes,
    long atRisk,
    long made,
    long commits,
    Map<Lane, Long> kept,
    Map<Lane, Long> thinned,
    Map<Lane, Long> evicted,
    Map<Lane, Long> damaged,
    long fileBytes,
    Map<Lane, Double> hoursLeft,
    boolean salvaging,
    String salvaged,
    String fault) {

  public long storedTotal() {
    return total(stored);
  }

  /** What is at risk in bytes of the outbox, estimated from the readings committed so far. */
  public long bytesAtRisk() {
    long readings = storedTotal();
    return readings == 0 ? 0 : atRisk * storedBytes / readings;
  }

  public static long total(Map<Lane, Long> byLane) {
    return byLane.values().stream().mapToLong(Long::longValue).sum();
  }
}
