package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.block;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Salvaged;
import io.headwall.store.Salvaged.Stage;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is whole in a file that was set aside comes back as it was, and nothing else does. */
class SqliteSalvageTest {

  private static final int SEEDS = 30;
  private static final int PAGE_BYTES = 1_024;
  private static final int COMMITS = 60;
  private static final long ROOM = 1L << 40;

  @TempDir Path made;
  @TempDir Path folders;
  private Path folder;
  private int cases;
  private final Map<BlockKey, byte[]> written = new HashMap<>();

  /** They may come back where the log is damaged that says so. */
  private final Map<BlockKey, byte[]> evicted = new HashMap<>();

  /** Two epochs, part of them in the log only; a part is delivered, and a part was evicted. */
  @BeforeEach
  void fill() throws Exception {
    folder = folders;
    try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(made, PAGE_BYTES), 0)) {
      for (int e = 1; e <= 2; e++) {
        outbox.open(epoch(e));
        SplittableRandom random = new SplittableRandom(e);
        Map<Lane, Long> next = new HashMap<>();
        for (int i = 0; i < COMMITS; i++) outbox.commit(commit(e, i, next, random));
        if (e == 1) evict(outbox);
      }
      for (String part : List.of("", "-wal")) {
        Files.copy(made.resolve("outbox.db" + part), made.resolve("kept" + part));
      }
    }
  }

  private Commit commit(int e, int i, Map<Lane, Long> next, SplittableRandom random) {
    List<StoredBlock> blocks = new ArrayList<>();
    Map<Long, byte[]> rows = new HashMap<>();
    for (Lane lane : Lane.values()) {
      int n = random.nextInt(1, random.nextInt(2, 300));
      BlockCodec.Encoded b = block(e, lane, next.merge(lane, (long) n, Long::sum) - n + 1, n);
      blocks.add(b.block());
      rows.putAll(b.rows());
      written.put(b.block().key(), b.block().bytes());
    }
    return new Commit(
        blocks,
        rows,
        List.of(new Settled("cis", e, Lane.ALARM, i + 1, i + 1, Settled.How.DELIVERED)),
        List.of(new Anchor("boot-" + e, i, 1_700_000_000L * i, TimeQuality.SYNCED, 5)),
        i == 0 ? List.of(new Association(e, 7, new Place("ICU", "" + e), "test")) : List.of(),
        List.of());
  }

  private void evict(SqliteOutbox outbox) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      @Nullable StoredBlock block = reader.after(Lane.WAVE, 0, 0);
      for (int n = 0; n < 5 && block != null; n++) {
        evicted.put(block.key(), block.bytes());
        block = reader.after(Lane.WAVE, 1, block.key().firstSeq());
      }
    }
    Samples.evict(outbox, Lane.WAVE, 5);
    written.keySet().removeAll(evicted.keySet());
  }

  @Test
  void allOfAGoodFileComesBack() throws Exception {
    Map<Lane, Long> kept;
    List<Settled> settled;
    try (SqliteOutbox outbox = given()) {
      outbox.open(epoch(3));
      kept = outbox.size().readings();
      settled = settled(outbox);
      outbox.setAside();
      outbox.open(epoch(4));
      assertEquals(List.of(epoch(4)), epochs(outbox));
      Salvaged told = salvage(outbox);
      assertEquals(List.of(), told.lost());
      assertTrue(told.said().contains("of 3 epochs are back, 0 are lost"), told.said());
      assertEquals(List.of(epoch(1), epoch(2), epoch(3), epoch(4)), epochs(outbox));
      assertAllThere(outbox);
      assertEquals(kept, outbox.size().readings());
      assertTrue(outbox.size().removed(RemovalKind.EVICTED).getOrDefault(Lane.WAVE, 0L) > 0);
      assertEquals(0, outbox.size().removed(RemovalKind.DAMAGED).get(Lane.WAVE));
      assertEquals(settled, settled(outbox));
      try (OutboxReader reader = outbox.newReader()) {
        assertEquals(2 * COMMITS, reader.anchors().size());
        assertEquals(
            List.of(new Place("ICU", "1"), new Place("ICU", "2")),
            reader.associations().stream().map(Association::place).toList());
      }
      outbox.open(epoch(5));
      assertEquals(kept, outbox.size().readings(), "the same after opening anew");
    }
    assertTrue(Files.exists(folder.resolve("salvaged-1.db")));
    assertFalse(Files.exists(folder.resolve("damaged-1.db")));
  }

  /** As the carver finds it: what of it is whole is shown by its own test. */
  @Test
  void whateverIsWholeComesBackAndNothingElse() throws Exception {
    long lost = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      folder = Files.createDirectory(folders.resolve("case-" + ++cases));
      keep("", damage(Files.readAllBytes(made.resolve("kept")), random));
      byte[] log = Files.readAllBytes(made.resolve("kept-wal"));
      keep("-wal", random.nextBoolean() ? log : Arrays.copyOf(log, random.nextInt(log.length)));
      try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0);
          Found whole = new Found(folder.resolve("damaged-1.db"))) {
        outbox.open(epoch(9));
        Salvaged told = salvage(outbox);
        Map<BlockKey, byte[]> back = blocks(outbox);
        back.forEach((key, bytes) ->
            assertArrayEquals(written.getOrDefault(key, evicted.get(key)), bytes, "" + key));
        if (whole.rows.size() == 4) assertEquals(whole.blocks.keySet(), back.keySet());
        lost += written.size() - back.size();
        assertAccount(outbox, told);
      }
    }
    assertTrue(lost > SEEDS, "the damage must hit something");
  }

  /** Whatever step a crash comes after: the next start brings the same to its end. */
  @Test
  void aSalvageThatIsCutShortBeginsAnew() throws Exception {
    int steps = 0;
    for (boolean more = true; more; steps++) {
      folder = Files.createDirectory(folders.resolve("case-" + ++cases));
      keep("", Files.readAllBytes(made.resolve("kept")));
      keep("-wal", Files.readAllBytes(made.resolve("kept-wal")));
      try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0)) {
        outbox.open(epoch(9));
        for (int n = 0; n < steps; n++) outbox.salvage(List.of(), ROOM);
        more = outbox.salvage(List.of(), ROOM).stage() != Stage.NOTHING;
      }
      try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0)) {
        outbox.open(epoch(10));
        salvage(outbox);
        assertAllThere(outbox);
        assertEquals(List.of(epoch(1), epoch(2), epoch(9), epoch(10)), epochs(outbox));
        assertAccount(outbox, Salvaged.NOTHING);
      }
    }
    assertTrue(steps > 5, "steps: " + steps);
  }

  private SqliteOutbox given() throws IOException {
    for (String part : List.of("", "-wal")) {
      Files.copy(made.resolve("kept" + part), folder.resolve("outbox.db" + part));
    }
    return new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0);
  }

  private void keep(String part, byte[] bytes) throws IOException {
    Files.write(folder.resolve("damaged-1.db" + part), bytes);
  }

  /** Flips bits of some pages, and writes zeros over others. */
  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    for (int n = random.nextInt(1, 40); n > 0; n--) {
      int page = random.nextInt(bytes.length / PAGE_BYTES) * PAGE_BYTES;
      boolean zero = random.nextBoolean();
      for (int at = page; at < page + PAGE_BYTES; at++) {
        if (zero) bytes[at] = 0;
        else if (random.nextInt(100) == 0) bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  /** Runs to the end; what was told of on the way. */
  private static Salvaged salvage(SqliteOutbox outbox) throws StoreException {
    Salvaged told = Salvaged.NOTHING;
    Salvaged step;
    do {
      step = outbox.salvage(List.of("cis"), ROOM);
      if (!step.said().isEmpty()) told = step;
    } while (step.stage() != Stage.NOTHING);
    return told;
  }

  private void assertAllThere(SqliteOutbox outbox) throws StoreException {
    Map<BlockKey, byte[]> back = blocks(outbox);
    assertEquals(written.keySet(), back.keySet());
    back.forEach((key, bytes) -> assertArrayEquals(written.get(key), bytes, "" + key));
  }

  /** Each number up to the last of its epoch and lane is there or booked; blocks do not overlap. */
  private static void assertAccount(SqliteOutbox outbox, Salvaged told) throws StoreException {
    Map<Lane, Long> there = new HashMap<>();
    Map<Lane, Long> given = new HashMap<>();
    for (Map.Entry<BlockKey, byte[]> b : blocks(outbox).entrySet()) {
      there.merge(b.getKey().lane(), (long) b.getKey().n(), Long::sum);
    }
    try (OutboxReader reader = outbox.newReader()) {
      for (var epoch : reader.epochs()) {
        for (Lane lane : Lane.values()) {
          given.merge(lane, reader.lastSeq(epoch.epoch(), lane), Long::sum);
        }
      }
    }
    for (Lane lane : Lane.values()) {
      long removed = 0;
      for (RemovalKind kind : RemovalKind.values()) {
        removed += outbox.size().removed(kind).getOrDefault(lane, 0L);
      }
      assertEquals(there.getOrDefault(lane, 0L), outbox.size().readings().get(lane), lane + "");
      assertEquals(given.get(lane), there.getOrDefault(lane, 0L) + removed, lane + "");
    }
    for (Salvaged.Lost lost : told.lost()) {
      assertTrue(lost.readings() <= lost.numbers().to() - lost.numbers().from() + 1);
    }
  }

  private static Map<BlockKey, byte[]> blocks(SqliteOutbox outbox) throws StoreException {
    Map<BlockKey, byte[]> blocks = new HashMap<>();
    try (OutboxReader reader = outbox.newReader()) {
      for (Lane lane : Lane.values()) {
        long last = 0;
        @Nullable StoredBlock block = reader.after(lane, 0, 0);
        while (block != null) {
          BlockKey key = block.key();
          long first = Schema.key(key.epoch(), key.firstSeq());
          assertTrue(first > last, "overlap at " + key);
          last = Schema.key(key.epoch(), key.lastSeq());
          blocks.put(key, block.bytes());
          block = reader.after(lane, key.epoch(), key.firstSeq());
        }
      }
    }
    return blocks;
  }

  private static List<Object> epochs(SqliteOutbox outbox) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      return List.copyOf(reader.epochs());
    }
  }

  private static List<Settled> settled(SqliteOutbox outbox) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      return reader.settled("cis");
    }
  }
}
