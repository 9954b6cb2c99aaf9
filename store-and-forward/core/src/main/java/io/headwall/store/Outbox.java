package io.headwall.store;

import java.util.Map;

/** The durable log, written by the store thread only. */
public interface Outbox extends AutoCloseable {

  /**
   * Opens for writing under an epoch and makes the epoch's row.
   *
   * @return the last number given out in this epoch by lane; lanes without any are missing
   */
  Map<Lane, Long> open(EpochRow epoch) throws StoreException;

  /** Makes a commit durable: when this returns, no power cut can take it back. */
  void commit(Commit commit) throws StoreException;

  /**
   * Takes away the oldest blocks of a lane, up to a number of blocks.
   *
   * @return how many readings went
   */
  long evict(Lane lane, int blocksMax) throws StoreException;

  /** Readings kept and bytes used. */
  StoreSize size() throws StoreException;

  /** A reader with a connection of its own, for one other thread. */
  OutboxReader newReader() throws StoreException;

  @Override
  void close();

  /**
   * What the outbox holds.
   *
   * @param readings kept, by lane
   * @param evicted readings taken away since the file was made, by lane
   * @param bytes of the file that are in use
   */
  record StoreSize(Map<Lane, Long> readings, Map<Lane, Long> evicted, long bytes) {}
}
