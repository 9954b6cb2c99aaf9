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

  /** The last committed number of an epoch and lane; 0 for none. */
  long lastSeq(int epoch, Lane lane) throws StoreException;

  List<Anchor> anchors() throws StoreException;

  List<Association> associations() throws StoreException;

  /** All that an uplink is done with. */
  List<Settled> settled(String uplink) throws StoreException;

  @Override
  void close();
}
