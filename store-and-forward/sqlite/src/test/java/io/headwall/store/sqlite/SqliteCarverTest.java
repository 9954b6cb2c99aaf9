package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.block;
import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block outside the damaged pages comes back as it was, and nothing altered ever does. */
class SqliteCarverTest {

  private static final int SEEDS = 30;
  private static final int PAGE_BYTES = 1_024;

  @TempDir Path folder;
  private final Map<BlockKey, byte[]> written = new HashMap<>();

  /** Two epochs, blocks within a page and over several, part of them in the log only. */
  @BeforeEach
  void fill() throws Exception {
    try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0)) {
      for (int e = 1; e <= 2; e++) {
        outbox.open(epoch(e));
        Map<Lane, Long> next = new HashMap<>();
        SplittableRandom random = new SplittableRandom(e);
        for (int i = 0; i < 60; i++) {
          List<BlockCodec.Encoded> blocks = new ArrayList<>();
          for (Lane lane : Lane.values()) {
            int n = random.nextInt(1, random.nextInt(2, 400));
            blocks.add(block(e, lane, next.merge(lane, (long) n, Long::sum) - n + 1, n));
          }
          for (BlockCodec.Encoded b : blocks) written.put(b.block().key(), b.block().bytes());
          outbox.commit(commit(blocks, List.of()));
        }
      }
      Files.copy(folder.resolve("outbox.db"), file());
      Files.copy(folder.resolve("outbox.db-wal"), log());
    }
  }

  @Test
  void findsAllOfAGoodFileAndItsLog() throws Exception {
    try (Found found = new Found(file())) {
      assertEquals(written.keySet(), found.blocks.keySet());
      assertAsWritten(found);
      assertEquals(4, found.rows.size());
      assertEquals(Map.of(1, epoch(1), 2, epoch(2)), found.facts.epochs());
      assertTrue(found.pagesOf.values().stream().anyMatch(pages -> pages.size() > 2));
    }
    Files.delete(log());
    try (Found found = new Found(file())) {
      assertTrue(found.blocks.size() < written.size(), "the second epoch was in the log");
      assertAsWritten(found);
    }
  }

  @Test
  void findsAllThatIsOutsideDamagedPages() throws Exception {
    Files.deleteIfExists(log());
    Files.copy(folder.resolve("outbox.db"), file(), StandardCopyOption.REPLACE_EXISTING);
    byte[] good = Files.readAllBytes(file());
    Map<BlockKey, Set<Integer>> pagesOf;
    try (Found found = new Found(file())) {
      assertEquals(written.keySet(), found.blocks.keySet());
      pagesOf = found.pagesOf;
    }
    int lost = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bad = good.clone();
      Set<Integer> hit = new HashSet<>();
      for (int n = random.nextInt(1, 40); n > 0; n--) {
        hit.add(damage(bad, random));
      }
      Files.write(file(), bad);
      try (Found found = new Found(file())) {
        assertAsWritten(found);
        lost += written.size() - found.blocks.size();
        for (Map.Entry<BlockKey, Set<Integer>> block : pagesOf.entrySet()) {
          if (block.getValue().stream().anyMatch(hit::contains)) continue;
          assertTrue(found.blocks.containsKey(block.getKey()), seed + " " + block);
        }
      }
    }
    assertTrue(lost > SEEDS, "the damage must hit something");
  }

  @Test
  void takesNothingFromALogThatItsChecksumsDoNotCover() throws Exception {
    byte[] good = Files.readAllBytes(log());
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 10); n > 0; n--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(log(), bad);
      try (Found found = new Found(file())) {
        assertAsWritten(found);
      }
    }
  }

  /** Zeros a page, or flips bits of it; returns its number. */
  private static int damage(byte[] bytes, SplittableRandom random) {
    int page = random.nextInt(1, bytes.length / PAGE_BYTES);
    boolean zero = random.nextBoolean();
    for (int i = 0; i < PAGE_BYTES; i++) {
      int at = page * PAGE_BYTES + i;
      if (zero) bytes[at] = 0;
      else if (random.nextInt(100) == 0) bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return page + 1;
  }

  private void assertAsWritten(Found found) {
    found.blocks.forEach(
        (key, bytes) -> assertArrayEquals(written.get(key), bytes, key.toString()));
  }

  private Path file() {
    return folder.resolve("kept.db");
  }

  private Path log() {
    return folder.resolve("kept.db-wal");
  }
}
