package io.headwall.store;

import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.List;
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

  /** Readings kept, those given up, and bytes used. */
  StoreSize size() throws StoreException;

  /**
   * Moves a damaged file aside, with all that belongs to it, and deletes nothing. The next opening
   * makes a fresh file; it needs a fresh epoch.
   */
  void setAside() throws StoreException;

  /**
   * Does a bounded step of bringing back what is whole in files set aside, under its old identity.
   * Readers see nothing of an epoch before all that could be found of it is back. A step that fails
   * takes nothing back; the next one goes on, or begins anew.
   *
   * @param uplinks what they are all done with is not told as lost
   * @param bytesMax size of the outbox from which on nothing more is brought back
   */
  Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException;

  /** A reader with a connection of its own, for one other thread. */
  OutboxReader newReader() throws StoreException;

  @Override
  void close();

  /**
   * What the outbox holds.
   *
   * @param readings kept, by lane
   * @param removed readings given up, by kind and lane; what is missing is none
   * @param bytes of the file that are in use
   * @param reserved whether room is held back for the day when the disk is full
   */
  record StoreSize(
      Map<Lane, Long> readings,
      Map<RemovalKind, Map<Lane, Long>> removed,
      long bytes,
      boolean reserved) {

    /** Readings given up in one way, by lane. */
    public Map<Lane, Long> removed(RemovalKind kind) {
      return removed.getOrDefault(kind, Map.of());
    }
  }
}
