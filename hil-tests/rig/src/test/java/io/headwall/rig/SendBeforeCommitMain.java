package io.headwall.rig;

import io.headwall.edge.Machine;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Salvaged;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An appliance whose outbox says "committed" one commit too early. */
final class SendBeforeCommitMain {

  private SendBeforeCommitMain() {}

  public static void main(String[] args) throws Exception {
    Mutants.run(
        args,
        m -> new Machine(m.clocks(), m.random(), new Eager(m.outbox()), m.epochs(), m.links()));
  }

  /** Keeps the last commit in memory, shows it to readers, and writes it with the next one. */
  private static final class Eager implements Outbox {
    private final Outbox outbox;
    private volatile @Nullable Commit unwritten;

    Eager(Outbox outbox) {
      this.outbox = outbox;
    }

    @Override
    public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
      return outbox.open(epoch);
    }

    @Override
    public void commit(Commit commit) throws StoreException {
      Commit before = unwritten;
      if (before != null) outbox.commit(before);
      unwritten = commit;
    }

    @Override
    public void setAside() throws StoreException {
      outbox.setAside();
    }

    @Override
    public Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException {
      return outbox.salvage(uplinks, bytesMax);
    }

    @Override
    public StoreSize size() throws StoreException {
      return outbox.size();
    }

    @Override
    public OutboxReader newReader() throws StoreException {
      return new Overlay(outbox.newReader(), this);
    }

    @Override
    public void close() {
      outbox.close();
    }
  }

  private record Overlay(OutboxReader reader, Eager eager) implements OutboxReader {
    @Override
    public List<EpochRow> epochs() throws StoreException {
      return reader.epochs();
    }

    @Override
    public @Nullable StoredBlock block(int epoch, Lane lane, long seq) throws StoreException {
      StoredBlock written = reader.block(epoch, lane, seq);
      Commit commit = eager.unwritten;
      if (written != null || commit == null) return written;
      return commit.blocks().stream()
          .filter(b -> b.key().epoch() == epoch && b.key().lane() == lane)
          .filter(b -> b.key().lastSeq() >= seq)
          .findFirst()
          .orElse(null);
    }

    @Override
    public @Nullable StoredBlock after(Lane lane, int epoch, long seq) throws StoreException {
      return reader.after(lane, epoch, seq);
    }

    @Override
    public void reopen() throws StoreException {
      reader.reopen();
    }

    @Override
    public long lastSeq(int epoch, Lane lane) throws StoreException {
      return reader.lastSeq(epoch, lane);
    }

    @Override
    public byte @Nullable [] row(long metricId) throws StoreException {
      Commit commit = eager.unwritten;
      byte[] fresh = commit == null ? null : commit.rows().get(metricId);
      return fresh == null ? reader.row(metricId) : fresh;
    }

    @Override
    public List<Anchor> anchors() throws StoreException {
      List<Anchor> all = new ArrayList<>(reader.anchors());
      Commit commit = eager.unwritten;
      if (commit != null) all.addAll(commit.anchors());
      return all;
    }

    @Override
    public List<Association> associations() throws StoreException {
      List<Association> all = new ArrayList<>(reader.associations());
      Commit commit = eager.unwritten;
      if (commit != null) all.addAll(commit.associations());
      return all;
    }

    @Override
    public List<Settled> settled(String uplink) throws StoreException {
      return reader.settled(uplink);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
