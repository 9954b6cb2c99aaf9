package io.headwall.store;

import java.util.Map;

/**
 * The store's side of the account since the start of the process. At every moment: read = at risk +
 * stored + dropped.
 *
 * @param epoch the running epoch
 * @param stored readings committed, by lane
 * @param atRisk readings taken in and not yet committed
 * @param commits transactions
 * @param kept readings on the box, all epochs, by lane
 * @param evicted readings taken away by age or quota, by lane
 * @param fileBytes size of the outbox
 * @param fault what is wrong with the store now; empty when it is well
 */
public record StoreStats(
    int epoch,
    Map<Lane, Long> stored,
    long atRisk,
    long commits,
    Map<Lane, Long> kept,
    Map<Lane, Long> evicted,
    long fileBytes,
    String fault) {

  public long storedTotal() {
    return total(stored);
  }

  public static long total(Map<Lane, Long> byLane) {
    return byLane.values().stream().mapToLong(Long::longValue).sum();
  }
}
