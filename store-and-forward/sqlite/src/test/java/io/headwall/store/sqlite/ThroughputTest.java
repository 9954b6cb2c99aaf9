package io.headwall.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.store.BlockCodec;
import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how long things take with many blocks; the figures decide nothing here. */
class ThroughputTest {

  private static final int BLOCKS = 100_000;
  private static final int DURABLE_COMMITS = 2_000;
  private static final int BLOCKS_A_COMMIT = 1_000;
  private static final int READINGS = 36;

  @TempDir Path folder;

  @Test
  void manyBlocks() throws Exception {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(Samples.epoch(1));
      long start = System.nanoTime();
      for (int i = 0; i < DURABLE_COMMITS; i++) outbox.commit(blocks(i, 1));
      print("commits of one block", start, DURABLE_COMMITS);
      start = System.nanoTime();
      for (int i = DURABLE_COMMITS; i < BLOCKS; i += BLOCKS_A_COMMIT) {
        outbox.commit(blocks(i, BLOCKS_A_COMMIT));
      }
      print("blocks in large commits", start, BLOCKS - DURABLE_COMMITS);
      start = System.nanoTime();
      outbox.open(Samples.epoch(1));
      print("opening", start, 1);
      assertEquals((long) READINGS * BLOCKS, outbox.size().readings().get(Lane.NUMERIC));
      start = System.nanoTime();
      assertEquals((long) READINGS * BLOCKS, drain(outbox));
      print("reading and decoding", start, BLOCKS);
      start = System.nanoTime();
      assertEquals((long) READINGS * BLOCKS / 2, Samples.evict(outbox, Lane.NUMERIC, BLOCKS / 2));
      print("evicting half of the", start, BLOCKS);
      print("bytes in use now: " + outbox.size().bytes());
    }
  }

  private static Commit blocks(int from, int n) {
    List<BlockCodec.Encoded> blocks = new ArrayList<>();
    for (int i = from; i < from + n; i++) {
      blocks.add(Samples.block(1, Lane.NUMERIC, 1 + (long) READINGS * i, READINGS));
    }
    return Samples.commit(blocks, List.of());
  }

  private static long drain(SqliteOutbox outbox) throws Exception {
    long next = 1;
    try (OutboxReader reader = outbox.newReader()) {
      for (StoredBlock block = reader.block(1, Lane.NUMERIC, next);
          block != null;
          block = reader.block(1, Lane.NUMERIC, next)) {
        next += BlockCodec.decode(block, reader).size();
      }
    }
    return next - 1;
  }

  private static void print(String what, long startNs, int n) {
    double ms = (System.nanoTime() - startNs) / 1e6;
    print(String.format(Locale.ROOT, "%d %s: %.0f ms, %.1f us each", n, what, ms, ms * 1e3 / n));
  }

  private static void print(String line) {
    System.out.println("outbox: " + line);
  }
}
