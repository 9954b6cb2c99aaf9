package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.block;
import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.BlockCodec;
import io.headwall.store.EpochFile;
import io.headwall.store.EpochRow;
import io.headwall.store.EpochSource;
import io.headwall.store.Lane;
import io.headwall.store.OpenedStore;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However its file is damaged: a box starts, goes on recording, and deletes nothing. */
class SqliteDamagedOpeningTest {

  private static final int SEEDS = 30;
  private static final int COMMITS = 60;

  @TempDir Path made;
  @TempDir Path folders;
  private Path folder;
  private int cases;
  private int setAside;

  /** A file with much in its log, as a crash leaves it. */
  @BeforeEach
  void fill() throws Exception {
    folder = folders;
    try (SqliteOutbox outbox = new SqliteOutbox(made.resolve("."), 1_024)) {
      outbox.open(epoch(1));
      for (int i = 0; i < COMMITS; i++) commitTo(outbox, 1, i);
      outbox.open(epoch(2));
      for (int i = 0; i < COMMITS; i++) commitTo(outbox, 2, i);
      for (String part : List.of("", "-wal", "-shm")) {
        Files.copy(made.resolve("outbox.db" + part), made.resolve("kept" + part));
      }
    }
  }

  private static void commitTo(SqliteOutbox outbox, int epoch, int i) throws StoreException {
    List<BlockCodec.Encoded> blocks = new ArrayList<>();
    for (Lane lane : Lane.values()) blocks.add(block(epoch, lane, 1 + 20L * i, 20));
    outbox.commit(commit(blocks, List.of()));
  }

  private interface Damage {
    byte[] to(byte[] bytes, SplittableRandom random);
  }

  @Test
  void opensOverADamagedHead() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      start(seed, "", (bytes, random) -> noise(bytes, random.nextInt(100), 100, random));
      start(seed, "", (bytes, random) -> noise(bytes, 0, 1 + random.nextInt(bytes.length), random));
    }
    assertTrue(setAside > cases / 2, setAside + " of " + cases);
  }

  @Test
  void opensOverAFileThatWasCutOff() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      start(seed, "", (bytes, random) -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
    assertTrue(setAside > 0);
  }

  @Test
  void opensOverPagesOfZeros() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      start(
          seed,
          "",
          (bytes, random) -> {
            for (int n = random.nextInt(1, 20); n > 0; n--) {
              int page = random.nextInt(bytes.length / 1_024) * 1_024;
              Arrays.fill(bytes, page, page + 1_024, (byte) 0);
            }
            return bytes;
          });
    }
    assertTrue(setAside > 0);
  }

  @Test
  void opensOverALogThatWasCutOffOrAltered() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      start(seed, "-wal", (b, random) -> Arrays.copyOf(b, random.nextInt(b.length) | 1));
      start(seed, "-wal", (b, random) -> noise(b, random.nextInt(b.length), b.length, random));
    }
  }

  @Test
  void opensOverAnIndexThatIsNoise() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      start(seed, "-shm", (bytes, random) -> noise(bytes, 0, bytes.length, random));
    }
    assertEquals(0, setAside, "it is made anew");
  }

  private static byte[] noise(byte[] bytes, int from, int to, SplittableRandom random) {
    for (int i = from; i < to; i++) bytes[i] = (byte) random.nextInt();
    return bytes;
  }

  private void start(int seed, String part, Damage damage) throws Exception {
    folder = Files.createDirectory(folders.resolve("case-" + ++cases));
    SplittableRandom random = new SplittableRandom(seed);
    boolean index = part.equals("-shm") || random.nextBoolean();
    for (String p : index ? List.of("", "-wal", "-shm") : List.of("", "-wal")) {
      byte[] bytes = Files.readAllBytes(made.resolve("kept" + p));
      Files.write(
          folder.resolve("outbox.db" + p), p.equals(part) ? damage.to(bytes, random) : bytes);
    }
    boolean any = Files.size(folder.resolve("outbox.db")) > 0;
    try (SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, 4_096), 0)) {
      OpenedStore opened = OpenedStore.open(outbox, epochs());
      int epoch = opened.epoch().epoch();
      assertEquals(Map.of(), opened.last(), "a fresh epoch has no numbers");
      assertEquals(any && !opened.damage().isEmpty(), Files.exists(folder.resolve("damaged-1.db")));
      if (!opened.damage().isEmpty()) setAside++;
      record(outbox, epoch);
    }
  }

  /** What opening did not see may come up when writing. */
  private void record(SqliteOutbox outbox, int epoch) throws StoreException, IOException {
    try {
      outbox.commit(commit(epoch, Lane.ALARM, 1, 1));
    } catch (StoreException e) {
      assertEquals(StoreException.Fault.DAMAGED, e.fault(), String.valueOf(e.getMessage()));
      outbox.setAside();
      setAside++;
      EpochRow next = epochs().next();
      outbox.open(next);
      outbox.commit(commit(next.epoch(), Lane.ALARM, 1, 1));
    }
  }

  /** As a box does it. */
  private EpochSource epochs() {
    EpochFile file = new EpochFile(folder);
    return () -> epoch(file.raise(epoch(1).origin(), SqliteOutbox.highestEpoch(folder)));
  }
}
