package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.StoreException;
import io.headwall.store.StoreException.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which failures say that the file is damaged, and which leave it where it is. */
class SqliteFaultTest {

  @TempDir Path folder;

  @BeforeEach
  void filled() throws StoreException {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(epoch(1));
      for (int i = 0; i < 40; i++) outbox.commit(commit(1, Lane.NUMERIC, 1 + 400L * i, 400));
    }
  }

  @Test
  void damageIsOfTheFile() throws Exception {
    byte[] good = Files.readAllBytes(file());
    Files.write(file(), "no database at all".getBytes(UTF_8));
    assertEquals(Fault.DAMAGED, opening());
    for (int[] fill :
        new int[][] {
          {0, 16}, {0, 4_096}, {18, 19}, {19, 20}, {44, 48}, {60, 64}, {68, 72}, {100, 300}
        }) {
      byte[] bad = good.clone();
      Arrays.fill(bad, fill[0], fill[1], (byte) 0x55);
      Files.write(file(), bad);
      assertEquals(Fault.DAMAGED, opening(), "bytes from " + fill[0]);
    }
    Files.write(file(), good);
    sql("DROP TABLE removed");
    assertEquals(Fault.DAMAGED, opening());
    Files.write(file(), good);
    sql("ALTER TABLE removed RENAME COLUMN last_seq TO other");
    assertEquals(Fault.DAMAGED, opening());
    Files.write(file(), good);
    sql("INSERT INTO epoch VALUES (2, 3, x'', x'', 0)");
    sql("UPDATE block_numeric SET n = -1");
    assertEquals(Fault.DAMAGED, readingFault());
  }

  @Test
  void whatIsNotOursOrOfAnotherVersionIsNotDamaged() throws Exception {
    sql("PRAGMA user_version = 4");
    assertEquals(Fault.OTHER, opening());
    Files.delete(file());
    sql("CREATE TABLE theirs(x)");
    assertEquals(Fault.OTHER, opening());
  }

  @Test
  void whatTheMachineRefusesIsNotDamage() {
    for (SQLiteErrorCode code :
        List.of(
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_IOERR_READ,
            SQLiteErrorCode.SQLITE_IOERR_FSYNC,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_NOMEM)) {
      SQLiteException e = new SQLiteException("made up", code);
      assertEquals(Fault.OTHER, SqliteFault.of("x", e).fault(), code.toString());
      assertEquals(Fault.OTHER, SqliteFault.ofOpening("x", e).fault(), code.toString());
    }
    SQLiteException full = new SQLiteException("made up", SQLiteErrorCode.SQLITE_FULL);
    assertEquals(Fault.FULL, SqliteFault.of("x", full).fault());
    assertEquals(Fault.FULL, SqliteFault.ofOpening("x", full).fault());
  }

  @Test
  void damageThatAReaderMeetsReachesTheWriterOfThatFileOnly() throws Exception {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(epoch(2));
      try (OutboxReader reader = outbox.newReader();
          OutboxReader late = outbox.newReader()) {
        sql("UPDATE block_numeric SET n = -1 WHERE key = " + Schema.key(1, 1));
        assertEquals(Fault.DAMAGED, fault(() -> reader.block(1, Lane.NUMERIC, 1)));
        assertEquals(Fault.DAMAGED, fault(() -> outbox.commit(commit(2, Lane.ALARM, 1, 1))));
        outbox.open(epoch(2));
        assertEquals(Fault.DAMAGED, fault(outbox::size), "until the file is set aside");
        outbox.setAside();
        outbox.open(epoch(3));
        assertEquals(Fault.DAMAGED, fault(() -> late.block(1, Lane.NUMERIC, 1)));
        outbox.commit(commit(3, Lane.ALARM, 1, 1));
        assertEquals(1, outbox.size().readings().get(Lane.ALARM), "the fresh file is not doubted");
        late.reopen();
        assertEquals(1, late.lastSeq(3, Lane.ALARM));
      }
    }
  }

  @Test
  void anAlteredDictionaryRowIsDamage() throws Exception {
    sql("UPDATE dictionary SET row = CAST(replace(row, 'mbar', 'mmHg') AS BLOB)");
    try (SqliteOutbox outbox = new SqliteOutbox(folder);
        OutboxReader reader = outbox.newReader()) {
      outbox.open(epoch(2));
      assertEquals(Fault.DAMAGED, fault(() -> outbox.commit(commit(2, Lane.NUMERIC, 1, 1))));
      outbox.open(epoch(2));
      long id = Samples.block(2, Lane.NUMERIC, 1, 1).rows().keySet().iterator().next();
      assertEquals(Fault.DAMAGED, fault(() -> reader.row(id)));
      assertEquals(Fault.DAMAGED, fault(outbox::size));
    }
  }

  @Test
  void numbersThatWereGivenOutAreNotGivenOutAgainWhenTheirBlocksAreLost() throws Exception {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(epoch(2));
      for (int i = 1; i <= 3; i++) outbox.commit(commit(2, Lane.ALARM, i, 1));
      sql("DELETE FROM block_alarm WHERE key = " + Schema.key(2, 3));
      assertEquals(Fault.DAMAGED, fault(() -> outbox.open(epoch(2))));
      outbox.setAside();
      assertEquals(Map.of(), outbox.open(epoch(3)));
    }
  }

  @Test
  void anchorsAndAssociationsCommittedTwiceAreThereOnce() throws Exception {
    Commit both =
        new Commit(
            List.of(),
            Map.of(),
            List.of(),
            List.of(new Anchor("boot-1", 20, 1_700_000_000_000_000_000L, TimeQuality.SYNCED, 9)),
            List.of(new Association(1, 9, new Place("ICU", "4"), "configuration")),
            List.of());
    try (SqliteOutbox outbox = new SqliteOutbox(folder);
        OutboxReader reader = outbox.newReader()) {
      outbox.open(epoch(1));
      outbox.commit(both);
      outbox.open(epoch(1));
      outbox.commit(both);
      assertEquals(both.anchors(), reader.anchors());
      assertEquals(both.associations(), reader.associations());
    }
  }

  private Fault opening() {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      return fault(() -> outbox.open(epoch(9)));
    }
  }

  private Fault readingFault() throws StoreException {
    try (OutboxReader reader = new SqliteOutbox(folder).newReader()) {
      return fault(() -> reader.block(1, Lane.NUMERIC, 1));
    }
  }

  private static Fault fault(Executable what) {
    return assertThrows(StoreException.class, what).fault();
  }

  private Path file() {
    return folder.resolve("outbox.db");
  }

  private void sql(String sql) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      StoreFile.update(raw, sql);
    }
  }
}
