package io.headwall.simulation;

import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Shows what is not committed yet. */
final class ReaderOfUnwritten extends ChangedReader {

  private final Collection<Commit> unwritten;

  ReaderOfUnwritten(OutboxReader real, Collection<Commit> unwritten) {
    super(real);
    this.unwritten = unwritten;
  }

  @Override
  public @Nullable StoredBlock block(int epoch, Lane lane, long seq) throws StoreException {
    StoredBlock written = super.block(epoch, lane, seq);
    if (written != null) return written;
    return unwritten.stream()
        .flatMap(commit -> commit.blocks().stream())
        .filter(b -> b.key().epoch() == epoch && b.key().lane() == lane)
        .filter(b -> b.key().lastSeq() >= seq)
        .findFirst()
        .orElse(null);
  }

  @Override
  public byte @Nullable [] row(long metricId) throws StoreException {
    for (Commit commit : unwritten) {
      byte[] fresh = commit.rows().get(metricId);
      if (fresh != null) return fresh;
    }
    return super.row(metricId);
  }
}
