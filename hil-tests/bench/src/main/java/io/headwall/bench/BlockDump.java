package io.headwall.bench;

import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Salvaged;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An outbox that also writes the blocks of all commits into a file, for a program in another
 * language to store the very same ones.
 *
 * <pre>
 * commit: u32 blocks | blocks * ( u32 lane | u64 first number | u32 n | u32 length | bytes )
 * </pre>
 *
 * All numbers big-endian.
 */
final class BlockDump implements Outbox {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Outbox outbox;
  private final DataOutputStream out;
  private final Map<Lane, Long> readings = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> bytes = new EnumMap<>(Lane.class);
  private long commits;

  BlockDump(Outbox outbox, Path file) throws IOException {
    this.outbox = outbox;
    this.out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
  }

  /** Commits in the file. */
  long commits() {
    return commits;
  }

  long readings() {
    return readings.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of all blocks. */
  long bytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    outbox.commit(commit);
    if (commit.blocks().isEmpty()) return;
    commits++;
    try {
      out.writeInt(commit.blocks().size());
      for (StoredBlock block : commit.blocks()) write(block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(StoredBlock block) throws IOException {
    out.writeInt(block.key().lane().ordinal());
    out.writeLong(block.key().firstSeq());
    out.writeInt(block.key().n());
    out.writeInt(block.bytes().length);
    out.write(block.bytes());
    readings.merge(block.key().lane(), (long) block.key().n(), Long::sum);
    bytes.merge(block.key().lane(), (long) block.bytes().length, Long::sum);
  }

  @Override
  public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
    return outbox.open(epoch);
  }

  @Override
  public StoreSize size() throws StoreException {
    return outbox.size();
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
  public OutboxReader newReader() throws StoreException {
    return outbox.newReader();
  }

  @Override
  public void close() {
    outbox.close();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
