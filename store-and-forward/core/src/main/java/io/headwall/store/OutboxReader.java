package io.headwall.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads committed rows only. Owned by one thread. */
public interface OutboxReader extends Dictionary, AutoCloseable {

  List<EpochRow> epochs() throws StoreException;

  /**
   * The block that holds this number or, where that is gone, the next one of the same epoch and
   * lane; null where there is none.
   */
  @Nullable StoredBlock block(int epoch, Lane lane, long seq) throws StoreException;

  /**
   * The first block of a lane that begins behind a number, of whatever epoch; null where there is
   * none.
   *
   * @param epoch 0, with {@code seq} 0, for the oldest block of all
   */
  @Nullable StoredBlock after(Lane lane, int epoch, long seq) throws StoreException;

  /** The last committed number of an epoch and lane; 0 for none. */
  long lastSeq(int epoch, Lane lane) throws StoreException;

  List<Anchor> anchors() throws StoreException;

  List<Association> associations() throws StoreException;

  /** All that an uplink is done with. */
  List<Settled> settled(String uplink) throws StoreException;

  /** Reads the outbox's present file from now on: the one before was set aside. */
  void reopen() throws StoreException;

  @Override
  void close();
}
