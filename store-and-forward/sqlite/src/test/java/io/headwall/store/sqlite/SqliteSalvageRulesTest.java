package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.block;
import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Removal;
import io.headwall.store.Salvaged;
import io.headwall.store.Salvaged.Stage;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not sure is left out, what is missing is booked, and what is newer stays. */
class SqliteSalvageRulesTest {

  private static final long ROOM = 1L << 40;
  private static final Place BED_1 = new Place("ICU", "1");
  private static final Place BED_2 = new Place("ICU", "2");

  @TempDir Path folder;
  private SqliteOutbox outbox;
  private long room = ROOM;

  /** Two epochs of 100 readings in 10 blocks; at the second bed from number 50 on in the first. */
  @BeforeEach
  void fill() throws Exception {
    outbox = new SqliteOutbox(new StoreFile(folder, 512), 0);
    for (int e = 1; e <= 2; e++) {
      outbox.open(epoch(e));
      for (int n = 0; n < 10; n++) outbox.commit(commit(e, Lane.NUMERIC, 1 + 10 * n, 10));
      outbox.commit(
          facts(
              List.of(new Anchor("boot-" + e, 1, e, TimeQuality.SYNCED, 0)),
              List.of(at(e, 0, BED_1))));
      if (e == 1) outbox.commit(facts(List.of(), List.of(at(1, 50, BED_2))));
    }
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void anEpochWithoutItsRowHasNeitherTimeNorBed() throws Exception {
    sql("DELETE FROM epoch WHERE epoch = 2");
    Salvaged told = salvage();
    assertEquals(List.of(), told.lost());
    try (OutboxReader reader = outbox.newReader()) {
      EpochRow lost = reader.epochs().get(1);
      assertEquals(new EpochRow(2, epoch(9).origin(), "lost", 0), lost);
      assertEquals(100, reader.lastSeq(2, Lane.NUMERIC));
      assertTrue(reader.associations().stream().noneMatch(a -> a.epoch() == 2));
      assertTrue(reader.anchors().stream().noneMatch(a -> a.bootId().equals(lost.bootId())));
    }
  }

  /** Its card may have come from another box. */
  @Test
  void anEpochWithoutItsRowStaysInTheFileWhereItsOriginIsNotSure() throws Exception {
    sql("DELETE FROM epoch");
    EpochRow other = new EpochRow(1, new Origin(5), "boot-1", 7);
    try (Connection raw = raw()) {
      Epochs.insert(raw, other);
    }
    Salvaged told = salvage();
    assertTrue(told.said().contains("left in the file: epochs [2]"), told.said());
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(other, epoch(9)), reader.epochs());
    }
  }

  @Test
  void anAlteredRowIsNeverTaken() throws Exception {
    sql("UPDATE association SET bed = '3' WHERE epoch = 2");
    sql("UPDATE anchor SET epoch_ns = 7 WHERE boot_id = 'boot-2'");
    sql("UPDATE epoch SET started_ns = 8 WHERE epoch = 2");
    sql("INSERT INTO settled VALUES ('cis', 2, 2, 0, 1, 100, 7)");
    sql("INSERT INTO removed VALUES (2, 2, 1, 1000, 900, 7)");
    salvage();
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(at(1, 0, BED_1), at(1, 50, BED_2)), reader.associations());
      assertEquals("lost", reader.epochs().get(1).bootId());
      assertEquals(1, reader.anchors().size());
      assertEquals(List.of(), reader.settled("cis"));
      assertEquals(100, reader.lastSeq(2, Lane.NUMERIC));
    }
  }

  /** Readings behind the lost row would be told of the bed before. */
  @Test
  void whereABedMoveMayBeMissingThereIsNoBed() throws Exception {
    sql("DELETE FROM association WHERE mono_from = 50");
    salvage();
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(at(2, 0, BED_1)), reader.associations());
    }
  }

  @Test
  void whatIsMissingIsBookedAndToldOnceSomebodyWantedIt() throws Exception {
    outbox.commit(
        commit(
            List.of(block(2, Lane.ALARM, 1, 5)),
            List.of(settled(1, Lane.NUMERIC, 1, 60), settled(2, Lane.ALARM, 1, 5))));
    sql("DELETE FROM block_alarm");
    for (int e = 1; e <= 2; e++) {
      sql("DELETE FROM block_numeric WHERE key = " + Schema.key(e, 51));
      sql("DELETE FROM block_numeric WHERE key = " + Schema.key(e, 81));
    }
    Salvaged told = salvage();
    assertEquals(
        List.of(
            new Salvaged.Lost(new Numbers(1, "numeric", 81, 90), 10),
            new Salvaged.Lost(new Numbers(2, "numeric", 51, 90), 20)),
        told.lost());
    assertTrue(told.said().contains("160 readings of 2 epochs are back, 45 are lost"), told.said());
    assertEquals(160, outbox.size().readings().get(Lane.NUMERIC));
    assertEquals(40, outbox.size().removed(RemovalKind.DAMAGED).get(Lane.NUMERIC));
    assertEquals(5, outbox.size().removed(RemovalKind.DAMAGED).get(Lane.ALARM));
  }

  /** The newest pages are the likeliest to be hit: the running process knows how far it came. */
  @Test
  void theEndOfTheEpochThatRanIsKnownThoughNothingOfItIsLeft() throws Exception {
    outbox.commit(commit(2, Lane.WAVE, 1, 30));
    outbox.setAside();
    Path aside = folder.resolve("damaged-1.db");
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + aside)) {
      StoreFile.update(raw, "DELETE FROM block_wave");
      StoreFile.update(raw, "DELETE FROM block_numeric WHERE key > " + Schema.key(2, 41));
    }
    outbox.open(epoch(9));
    Salvaged told = run();
    assertEquals(
        List.of(
            new Salvaged.Lost(new Numbers(2, "numeric", 51, 100), 50),
            new Salvaged.Lost(new Numbers(2, "wave", 1, 30), 30)),
        told.lost());
  }

  @Test
  void whatWasThinnedStaysThinnedThoughItsOldFormIsFoundToo() throws Exception {
    List<BlockCodec.Decoded> left = new ArrayList<>();
    List<StoredBlock> before = new ArrayList<>();
    try (OutboxReader reader = outbox.newReader()) {
      for (long seq = 1; seq <= 41; seq += 10) {
        StoredBlock block = reader.after(Lane.NUMERIC, 1, seq - 1);
        if (block == null) throw new AssertionError("no block");
        before.add(block);
        left.add(BlockCodec.decode(block, reader).get(3));
      }
    }
    StoredBlock rest = BlockCodec.encodeSparse(new BlockKey(1, Lane.NUMERIC, 1, 50), left);
    outbox.commit(
        Samples.removal(
            new Removal(1, Lane.NUMERIC, 1, 50, 45, RemovalKind.THINNED, List.of(rest))));
    // As a page does that is not in use any more.
    for (StoredBlock old : before.subList(1, 5)) insert(old);
    salvage();
    assertEquals(155, outbox.size().readings().get(Lane.NUMERIC));
    assertEquals(45, outbox.size().removed(RemovalKind.THINNED).get(Lane.NUMERIC));
    assertEquals(0, outbox.size().removed(RemovalKind.DAMAGED).get(Lane.NUMERIC));
    try (OutboxReader reader = outbox.newReader()) {
      for (long seq : new long[] {1, 11, 50}) {
        StoredBlock found = reader.block(1, Lane.NUMERIC, seq);
        assertEquals(rest.key(), found == null ? null : found.key());
      }
    }
  }

  @Test
  void epochsThatAreNotOlderThanTheRunningOneStayInTheFile() throws Exception {
    outbox.setAside();
    outbox.open(epoch(2));
    Salvaged told = run();
    assertTrue(told.said().contains("100 readings of 1 epochs are back"), told.said());
    try (OutboxReader reader = outbox.newReader()) {
      assertEquals(List.of(epoch(1), epoch(2)), reader.epochs());
      assertNull(reader.block(2, Lane.NUMERIC, 1));
    }
  }

  @Test
  void withoutRoomNothingBegins() throws Exception {
    outbox.setAside();
    outbox.open(epoch(9));
    room = 0;
    assertTrue(run().said().contains("no room for anything"));
    assertTrue(Files.exists(folder.resolve("damaged-1.db")));
    room = ROOM;
    assertTrue(run().said().contains("200 readings of 2 epochs are back"));
  }

  @Test
  void theNewestComesBackFirstAsLongAsThereIsRoom() throws Exception {
    for (int n = 0; n < 40; n++) outbox.commit(commit(2, Lane.NUMERIC, 101 + 1000 * n, 1000));
    outbox.setAside();
    outbox.open(epoch(9));
    room = outbox.size().bytes() + 50_000;
    Salvaged told = run();
    assertTrue(told.said().contains("no room for more"), told.said());
    assertTrue(outbox.size().bytes() < room + 300_000);
    try (OutboxReader reader = outbox.newReader()) {
      StoredBlock newest = reader.block(2, Lane.NUMERIC, 40_100);
      StoredBlock oldest = reader.after(Lane.NUMERIC, 0, 0);
      if (newest == null || oldest == null) throw new AssertionError("nothing is back");
      assertEquals(40_100, newest.key().lastSeq());
      assertTrue(oldest.key().firstSeq() > 1_000, () -> "" + oldest.key());
    }
    assertEquals(1, told.lost().stream().filter(l -> l.numbers().epoch() == 2).count());
  }

  @Test
  void aFileWithoutItsHeadTellsItsPageSize() throws Exception {
    for (int bytes : new int[] {512, 1_024, 4_096, 8_192, 65_536}) {
      Path path = Files.createDirectory(folder.resolve("pages-" + bytes));
      try (SqliteOutbox made = new SqliteOutbox(new StoreFile(path, bytes), 0)) {
        made.open(epoch(1));
        for (int n = 0; n < 400; n++) made.commit(commit(1, Lane.NUMERIC, 1 + 50 * n, 50));
        made.open(epoch(1));
        made.setAside();
        try (RandomAccessFile file =
            new RandomAccessFile(path.resolve("damaged-1.db").toFile(), "rw")) {
          file.write(new byte[100]);
        }
        made.open(epoch(9));
        while (made.salvage(List.of(), ROOM).stage() != Stage.NOTHING) {}
        assertEquals(20_000, made.size().readings().get(Lane.NUMERIC), bytes + " bytes");
      }
    }
  }

  private Salvaged salvage() throws StoreException {
    outbox.setAside();
    outbox.open(epoch(9));
    return run();
  }

  private Salvaged run() throws StoreException {
    Salvaged told = Salvaged.NOTHING;
    Salvaged step;
    do {
      step = outbox.salvage(List.of("cis"), room);
      if (!step.said().isEmpty()) told = step;
    } while (step.stage() != Stage.NOTHING);
    return told;
  }

  private static Association at(int epoch, long from, Place place) {
    return new Association(epoch, from, place, "test");
  }

  private static Settled settled(int epoch, Lane lane, long from, long to) {
    return new Settled("cis", epoch, lane, from, to, Settled.How.DELIVERED);
  }

  private static Commit facts(List<Anchor> anchors, List<Association> associations) {
    return new Commit(List.of(), Map.of(), List.of(), anchors, associations, List.of());
  }

  private void insert(StoredBlock block) throws SQLException {
    try (Connection raw = raw()) {
      new BlockTable(raw, block.key().lane()).insert(block);
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection raw = raw()) {
      StoreFile.update(raw, "PRAGMA secure_delete = ON");
      StoreFile.update(raw, sql);
    }
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
  }
}
