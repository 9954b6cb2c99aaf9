package io.headwall.simulation;

import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader like another, but for what its child changes. */
class ChangedReader implements OutboxReader {

  private final OutboxReader real;

  ChangedReader(OutboxReader real) {
    this.real = real;
  }

  /** What is asked of the reader. */
  interface Question<T> {
    T answer() throws StoreException;
  }

  /** Passes each question on. */
  <T> T asked(Question<T> question) throws StoreException {
    return question.answer();
  }

  @Override
  public List<EpochRow> epochs() throws StoreException {
    return asked(() -> real.epochs());
  }

  @Override
  public @Nullable StoredBlock block(int epoch, Lane lane, long seq) throws StoreException {
    return asked(() -> Optional.ofNullable(real.block(epoch, lane, seq))).orElse(null);
  }

  @Override
  public @Nullable StoredBlock after(Lane lane, int epoch, long seq) throws StoreException {
    return asked(() -> Optional.ofNullable(real.after(lane, epoch, seq))).orElse(null);
  }

  @Override
  public long lastSeq(int epoch, Lane lane) throws StoreException {
    return asked(() -> real.lastSeq(epoch, lane));
  }

  @Override
  public byte @Nullable [] row(long metricId) throws StoreException {
    return asked(() -> Optional.ofNullable(real.row(metricId))).orElse(null);
  }

  @Override
  public List<Anchor> anchors() throws StoreException {
    return asked(() -> real.anchors());
  }

  @Override
  public List<Association> associations() throws StoreException {
    return asked(() -> real.associations());
  }

  @Override
  public List<Settled> settled(String uplink) throws StoreException {
    return asked(() -> real.settled(uplink));
  }

  @Override
  public void reopen() throws StoreException {
    asked(() -> {
      real.reopen();
      return true;
    });
  }

  @Override
  public void close() {
    real.close();
  }
}
