package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.block;
import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest {

  @TempDir Path folder;
  private SqliteOutbox outbox;

  @BeforeEach
  void make() {
    outbox = new SqliteOutbox(folder);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void readsBackWhatWasCommitted() throws Exception {
    assertEquals(Map.of(), outbox.open(epoch(3)));
    List<BlockCodec.Encoded> blocks = new ArrayList<>();
    for (Lane lane : Lane.values()) blocks.add(block(3, lane, 1, 5));
    outbox.commit(commit(blocks, List.of()));
    outbox.commit(commit(3, Lane.NUMERIC, 6, 2));

    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(epoch(3)), reader.epochs());
      for (Lane lane : Lane.values()) {
        StoredBlock found = found(reader, 3, lane, 4);
        assertEquals(new BlockKey(3, lane, 1, 5), found.key());
        List<BlockCodec.Decoded> readings = BlockCodec.decode(found, reader);
        for (int i = 0; i < 5; i++) {
          assertEquals(
              new BlockCodec.Decoded(1 + i, "device-1", Samples.reading(lane, 1 + i)),
              readings.get(i));
        }
        assertEquals(lane == Lane.NUMERIC ? 7 : 5, reader.lastSeq(3, lane));
      }
      assertEquals(0, reader.lastSeq(2, Lane.ALARM));
      assertEquals(0, reader.lastSeq(4, Lane.ALARM));
      assertNull(reader.row(1));
    }
  }

  @Test
  void findsTheBlockThatHoldsANumberOrTheNextOfTheSameEpoch() throws Exception {
    outbox.open(epoch(1));
    for (int i = 0; i < 4; i++) outbox.commit(commit(1, Lane.EVENT, 1 + 10 * i, 10));
    outbox.open(epoch(2));
    outbox.commit(commit(2, Lane.EVENT, 1, 10));
    assertEquals(20, Samples.evict(outbox, Lane.EVENT, 2));
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(21, found(reader, 1, Lane.EVENT, 1).key().firstSeq(), "1 is gone");
      assertEquals(21, found(reader, 1, Lane.EVENT, 20).key().firstSeq());
      assertEquals(21, found(reader, 1, Lane.EVENT, 21).key().firstSeq());
      assertEquals(21, found(reader, 1, Lane.EVENT, 30).key().firstSeq());
      assertEquals(31, found(reader, 1, Lane.EVENT, 31).key().firstSeq());
      assertEquals(31, found(reader, 1, Lane.EVENT, 40).key().firstSeq());
      assertNull(reader.block(1, Lane.EVENT, 41), "never a block of another epoch");
      assertEquals(1, found(reader, 2, Lane.EVENT, 10).key().firstSeq());
      assertNull(reader.block(2, Lane.EVENT, 11));
      assertNull(reader.block(2, Lane.EVENT, BlockKey.SEQ_MAX));
      assertNull(reader.block(2, Lane.WAVE, 1), "never one of another lane");
    }
  }

  @Test
  void keepsAnchorsAssociationsAndTheirOrder() throws Exception {
    outbox.open(epoch(1));
    List<Anchor> anchors =
        List.of(
            new Anchor("boot-1", 50, Long.MIN_VALUE, TimeQuality.NONE, 0),
            new Anchor("boot-1", 20, 1_700_000_000_000_000_000L, TimeQuality.SYNCED, 1_000));
    List<Association> places =
        List.of(
            new Association(1, 9, new Place("İntensiv Süd", "Bett 4"), "configuration"),
            new Association(1, 5, Place.UNASSIGNED, "command"));
    outbox.commit(new Commit(List.of(), Map.of(), List.of(), anchors, places, List.of()));
    outbox.close();
    outbox.open(epoch(2));
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(anchors, reader.anchors());
      assertEquals(places, reader.associations());
    }
  }

  @Test
  void aReaderSeesCommittedRowsOnly() throws Exception {
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.ALARM, 1, 1));
    try (OutboxReader reader = outbox.newReader();
        Connection other = raw()) {
      other.createStatement().execute("BEGIN IMMEDIATE");
      other
          .createStatement()
          .execute("INSERT INTO block_alarm SELECT key + 1, n, bytes FROM block_alarm");
      assertEquals(1, reader.lastSeq(1, Lane.ALARM));
      assertNull(reader.block(1, Lane.ALARM, 2));
      other.createStatement().execute("COMMIT");
      assertEquals(2, reader.lastSeq(1, Lane.ALARM));
      assertNotNull(reader.block(1, Lane.ALARM, 2));
    }
  }

  @Test
  void aReaderCannotWrite() throws Exception {
    outbox.open(epoch(1));
    try (Connection reader = new StoreFile(folder, 4_096).openReader()) {
      assertThrows(SQLException.class, () -> StoreFile.update(reader, "DELETE FROM epoch"));
    }
  }

  @Test
  void reopeningAnEpochGoesOnWithItsNumbers() throws Exception {
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.NUMERIC, 1, 3));
    outbox.commit(commit(1, Lane.ALARM, 1, 1));
    outbox.close();
    assertEquals(Map.of(Lane.NUMERIC, 3L, Lane.ALARM, 1L), outbox.open(epoch(1)));
    outbox.commit(commit(1, Lane.NUMERIC, 4, 1));
    assertEquals(Map.of(), outbox.open(epoch(2)));
    assertEquals(Map.of(Lane.NUMERIC, 4L, Lane.ALARM, 1L), outbox.open(epoch(1)));
  }

  @Test
  void anEpochIsNeverSharedByTwoRuns() throws Exception {
    outbox.open(epoch(5));
    outbox.close();
    var other = new EpochRow(5, epoch(5).origin(), "boot-other", 0);
    assertTrue(refusal(() -> outbox.open(other)).contains("epoch 5 is used already"));
    assertEquals(5, SqliteOutbox.highestEpoch(folder));
  }

  @Test
  void theHighestEpochIsKnownBeforeOpening() throws Exception {
    assertEquals(0, SqliteOutbox.highestEpoch(folder), "no file");
    assertFalse(Files.exists(folder.resolve("outbox.db")), "and none made");
    outbox.open(epoch(BlockKey.EPOCH_MAX));
    outbox.commit(commit(BlockKey.EPOCH_MAX, Lane.WAVE, 1, 1));
    assertEquals(BlockKey.EPOCH_MAX, SqliteOutbox.highestEpoch(folder), "while it is open");
    outbox.close();
    assertEquals(BlockKey.EPOCH_MAX, SqliteOutbox.highestEpoch(folder));
    try (Connection raw = raw()) {
      StoreFile.update(raw, "DELETE FROM epoch");
    }
    assertEquals(BlockKey.EPOCH_MAX, SqliteOutbox.highestEpoch(folder), "blocks tell it too");
  }

  @Test
  void aNumberStaysUsedWhenItsBlockIsGone() throws Exception {
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.WAVE, 1, 4));
    assertEquals(4, Samples.evict(outbox, Lane.WAVE, 10));
    assertEquals(Map.of(Lane.WAVE, 4L), outbox.open(epoch(1)));
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(4, reader.lastSeq(1, Lane.WAVE));
    }
    assertThrows(IllegalArgumentException.class, () -> outbox.commit(commit(1, Lane.WAVE, 1, 1)));
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.WAVE, 5, 1));
  }

  @Test
  void takesNothingButTheNextNumbersOfItsEpoch() throws Exception {
    outbox.open(epoch(2));
    outbox.commit(commit(2, Lane.EVENT, 1, 3));
    for (Commit wrong :
        List.of(
            commit(2, Lane.EVENT, 3, 1),
            commit(2, Lane.EVENT, 5, 1),
            commit(1, Lane.EVENT, 4, 1),
            commit(2, Lane.ALARM, 2, 1),
            commit(List.of(block(2, Lane.EVENT, 4, 1), block(2, Lane.EVENT, 4, 1)), List.of()))) {
      assertThrows(IllegalArgumentException.class, () -> outbox.commit(wrong));
      assertEquals(Map.of(Lane.EVENT, 3L), outbox.open(epoch(2)), "nothing of it was written");
    }
  }

  @Test
  void evictsTheOldestAcrossEpochsAndOfOneLaneOnly() throws Exception {
    for (int e = 1; e <= 3; e++) {
      outbox.open(epoch(e));
      for (int i = 0; i < 4; i++) outbox.commit(commit(e, Lane.NUMERIC, 1 + 2 * i, 2));
      outbox.commit(commit(e, Lane.ALARM, 1, 1));
    }
    assertEquals(12, Samples.evict(outbox, Lane.NUMERIC, 6));
    assertEquals(12, outbox.size().removed(RemovalKind.EVICTED).get(Lane.NUMERIC));
    assertEquals(Map.of(Lane.NUMERIC, 12L, Lane.ALARM, 3L), kept());
    try (OutboxReader reader = outbox.newReader()) {
      assertNull(reader.block(1, Lane.NUMERIC, 1));
      assertEquals(5, found(reader, 2, Lane.NUMERIC, 1).key().firstSeq());
      assertEquals(List.of(epoch(1), epoch(2), epoch(3)), reader.epochs());
      assertEquals(8, reader.lastSeq(1, Lane.NUMERIC));
      assertEquals(1, found(reader, 1, Lane.ALARM, 1).key().firstSeq());
    }
    assertEquals(2, Samples.evict(outbox, Lane.NUMERIC, 1));
    assertEquals(10, Samples.evict(outbox, Lane.NUMERIC, 100));
    assertEquals(0, Samples.evict(outbox, Lane.NUMERIC, 100));
    assertEquals(0, Samples.evict(outbox, Lane.WAVE, 100));
    assertEquals(Map.of(Lane.ALARM, 3L), kept());
    outbox.open(epoch(3));
    assertEquals(Map.of(Lane.ALARM, 3L), kept(), "the same after opening anew");
    assertEquals(24, outbox.size().removed(RemovalKind.EVICTED).get(Lane.NUMERIC));
    assertEquals(0, outbox.size().removed(RemovalKind.EVICTED).get(Lane.ALARM));
  }

  @Test
  void sizeCountsReadingsAndBytesInUse() throws Exception {
    outbox.open(epoch(1));
    long empty = outbox.size().bytes();
    for (int i = 0; i < 50; i++) outbox.commit(commit(1, Lane.NUMERIC, 1 + 1000L * i, 1000));
    long full = outbox.size().bytes();
    assertTrue(full > empty + 50 * 1000 * 2, () -> empty + " " + full);
    assertEquals(50_000, outbox.size().readings().get(Lane.NUMERIC));
    assertEquals(0, outbox.size().readings().get(Lane.WAVE));
    Samples.evict(outbox, Lane.NUMERIC, 50);
    assertTrue(outbox.size().bytes() <= empty + 4_096, "free pages are not in use");
  }

  @Test
  void refusesAnotherRowUnderAKnownMetricIdAndTakesBackTheCommit() throws Exception {
    outbox.open(epoch(1));
    BlockCodec.Encoded good = block(1, Lane.NUMERIC, 1, 1);
    outbox.commit(commit(List.of(good), List.of()));
    long id = good.rows().keySet().iterator().next();
    Commit clash =
        new Commit(
            List.of(block(1, Lane.ALARM, 1, 1).block()),
            Map.of(id, new byte[] {1, 2, 3}),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    // Once with the row in the writer's memory, once with it only in the file.
    for (int round = 0; round < 2; round++) {
      assertTrue(refusal(() -> outbox.commit(clash)).contains("already stands for another row"));
      assertEquals(Map.of(Lane.NUMERIC, 1L), outbox.open(epoch(1)), "all or nothing");
    }
    try (OutboxReader reader = outbox.newReader()) {
      assertArrayEquals(good.rows().get(id), reader.row(id));
      assertNull(reader.block(1, Lane.ALARM, 1));
    }
  }

  @Test
  void anErrorInTheMiddleTakesBackTheWholeCommit() throws Exception {
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.ALARM, 1, 1));
    try (Connection raw = raw()) {
      StoreFile.update(
          raw,
          "CREATE TRIGGER fault BEFORE INSERT ON block_wave"
              + " BEGIN SELECT RAISE(ABORT, 'made to fail'); END");
    }
    Commit both =
        commit(
            List.of(block(1, Lane.ALARM, 2, 1), block(1, Lane.WAVE, 1, 1)),
            List.of(new Settled("u", 1, Lane.ALARM, 1, 1, Settled.How.DELIVERED)));
    assertTrue(refusal(() -> outbox.commit(both)).contains("made to fail"));
    assertTrue(refusal(outbox::size).contains("closed; open it first"), "until it is reopened");
    assertEquals(Map.of(Lane.ALARM, 1L), outbox.open(epoch(1)));
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(), reader.settled("u"));
    }
    try (Connection raw = raw()) {
      StoreFile.update(raw, "DROP TRIGGER fault");
    }
    outbox.commit(both);
    assertEquals(Map.of(Lane.ALARM, 2L, Lane.WAVE, 1L), outbox.open(epoch(1)));
  }

  @Test
  void anotherWriterIsAnExpectedFailure() throws Exception {
    outbox.open(epoch(1));
    try (Connection raw = raw()) {
      raw.createStatement().execute("BEGIN IMMEDIATE");
      String said = refusal(() -> outbox.commit(commit(1, Lane.ALARM, 1, 1)));
      assertTrue(said.contains("stop the other process that holds it"), said);
      raw.createStatement().execute("ROLLBACK");
    }
    outbox.open(epoch(1));
    outbox.commit(commit(1, Lane.ALARM, 1, 1));
  }

  private Map<Lane, Long> kept() throws StoreException {
    Map<Lane, Long> kept = new EnumMap<>(outbox.size().readings());
    kept.values().removeIf(n -> n == 0);
    return kept;
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
  }

  private static StoredBlock found(OutboxReader reader, int epoch, Lane lane, long seq)
      throws StoreException {
    @Nullable StoredBlock block = reader.block(epoch, lane, seq);
    if (block == null) throw new AssertionError("no block for " + seq);
    return block;
  }

  private static String refusal(Executable what) {
    return String.valueOf(assertThrows(StoreException.class, what).getMessage());
  }
}
