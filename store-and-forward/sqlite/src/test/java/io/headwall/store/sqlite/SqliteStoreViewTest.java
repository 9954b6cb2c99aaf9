package io.headwall.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoreSurvey;
import io.headwall.store.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at a store: sound, damaged, running, or on a card that cannot be written. */
final class SqliteStoreViewTest {

  @TempDir Path folder;

  /** Two epochs of three blocks of ten numerics, the first block evicted. */
  private SqliteOutbox filled() throws StoreException {
    SqliteOutbox outbox = new SqliteOutbox(folder);
    for (int epoch = 1; epoch <= 2; epoch++) {
      outbox.open(Samples.epoch(epoch));
      for (int i = 0; i < 3; i++)
        outbox.commit(Samples.commit(epoch, Lane.NUMERIC, 1 + 10L * i, 10));
      outbox.commit(Samples.commit(epoch, Lane.WAVE, 1, 4));
    }
    Settled done = new Settled("cis", 1, Lane.NUMERIC, 1, 25, Settled.How.DELIVERED);
    outbox.commit(Samples.commit(List.of(), List.of(done)));
    Samples.evict(outbox, Lane.NUMERIC, 1);
    return outbox;
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = connection()) {
      StoreFile.update(connection, statement);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME));
  }

  private List<String> findings() throws StoreException {
    try (StoreView view = SqliteStoreView.open(folder)) {
      return walked(view).findings();
    }
  }

  private static StoreSurvey walked(StoreView view) throws StoreException {
    StoreSurvey survey = new StoreSurvey(view);
    BlockKey key = survey.next();
    while (key != null) key = survey.next();
    survey.account();
    survey.checkDictionary();
    survey.uplinks(List.of());
    return survey;
  }

  @Test
  void aSoundStoreProvesItselfAndIsCounted() throws Exception {
    filled().close();
    try (StoreView view = SqliteStoreView.open(folder)) {
      StoreSurvey survey = walked(view);
      assertEquals(List.of(), survey.findings());
      StoreSurvey.LaneFigures numerics = survey.lanes().get(Lane.NUMERIC.ordinal());
      assertEquals(5, numerics.blocks());
      assertEquals(50, numerics.readings());
      assertEquals(24, survey.lanes().get(Lane.WAVE.ordinal()).samples());
      StoreSurvey.UplinkFigures cis = survey.uplinks(List.of()).getFirst();
      assertEquals(Map.of(Settled.How.DELIVERED, 25L), cis.done());
      assertEquals(60 + 8 - 25, cis.pending());
      assertEquals(SqliteOutbox.PAGE_BYTES_DEFAULT, view.figures().pageBytes());
      assertTrue(view.figures().reserved());
      assertEquals(List.of(), view.checkPages(n -> {}));
      assertEquals("", view.unseen());
    }
  }

  @Test
  void aHoleWithoutARecordIsFound() throws Exception {
    filled().close();
    sql("DELETE FROM block_numeric WHERE key = " + Schema.key(2, 11));
    assertEquals(
        List.of(
            "epoch 2, numeric: no readings 11 to 20, and no record of why",
            "epoch 2, numeric: 10 readings are missing without a record"),
        findings());
  }

  @Test
  void aRecordOfMoreThanIsGoneIsFound() throws Exception {
    filled().close();
    try (Connection connection = connection()) {
      RemovedTable table = new RemovedTable(connection);
      RemovedTable.Gone gone = table.all().getFirst();
      table.put(gone.and(new RemovedTable.Gone(1, Lane.NUMERIC, gone.kind(), 0, 1)));
    }
    assertEquals(
        List.of("epoch 1, numeric: 1 readings are there that were recorded as given up"),
        findings());
  }

  @Test
  void aBlockThatWasAlteredIsNamed() throws Exception {
    filled().close();
    sql("UPDATE block_wave SET bytes = zeroblob(length(bytes)) WHERE key = " + Schema.key(1, 1));
    List<String> findings = findings();
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.getFirst().startsWith("block 1:wave:1+4: "), findings.toString());
  }

  @Test
  void aRowThatNoVersionWroteBreaksItsLaneOff() throws Exception {
    filled().close();
    sql("UPDATE block_numeric SET n = 0 WHERE key = " + Schema.key(1, 11));
    List<String> findings = findings();
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.getFirst().startsWith("numeric lane: "), findings.toString());
  }

  @Test
  void anAlteredNameAndNumbersNeverGivenOutAreFound() throws Exception {
    try (SqliteOutbox outbox = filled()) {
      Settled beyond = new Settled("cis", 1, Lane.NUMERIC, 26, 31, Settled.How.DELIVERED);
      outbox.commit(Samples.commit(List.of(), List.of(beyond)));
    }
    assertEquals(List.of("cis: done with numbers never given out, epoch 1"), findings());
    sql("UPDATE dictionary SET row = row || x'00'");
    List<String> findings = findings();
    assertTrue(findings.stream().anyMatch(f -> f.startsWith("dictionary: ")), findings.toString());
    assertTrue(findings.stream().anyMatch(f -> f.startsWith("block 1:wave:1+4")));
  }

  @Test
  void recordsThatWereAlteredAreFound() throws Exception {
    filled().close();
    sql("UPDATE removed SET readings = readings + 1");
    sql("UPDATE settled SET to_seq = to_seq - 1");
    List<String> findings = findings();
    assertEquals(2, findings.size(), findings.toString());
    assertTrue(findings.getFirst().startsWith("records of what was given up: "));
    assertTrue(findings.getLast().startsWith("cis: "));
  }

  @Test
  void whatARunningBoxDoesMeanwhileIsNotSeen() throws Exception {
    try (SqliteOutbox outbox = filled();
        StoreView view = SqliteStoreView.open(folder)) {
      outbox.commit(Samples.commit(2, Lane.NUMERIC, 31, 10));
      Samples.evict(outbox, Lane.NUMERIC, 2);
      StoreSurvey survey = walked(view);
      assertEquals(List.of(), survey.findings());
      assertEquals(50, survey.lanes().get(Lane.NUMERIC.ordinal()).readings());
    }
  }

  @Test
  void aCopyOfADeadBoxIsReadWithItsLog(@TempDir Path copy) throws Exception {
    try (SqliteOutbox outbox = filled()) {
      for (String part : List.of("", "-wal")) {
        Files.copy(folder.resolve(StoreFile.NAME + part), copy.resolve(StoreFile.NAME + part));
      }
      assertTrue(outbox.size().bytes() > 0);
    }
    try (StoreView view = SqliteStoreView.open(copy)) {
      assertEquals(50, walked(view).lanes().get(Lane.NUMERIC.ordinal()).readings());
    }
  }

  @Test
  void aCardThatCannotBeWrittenIsReadWithoutItsLogAndSaysSo(@TempDir Path card) throws Exception {
    filled().close();
    SqliteOutbox outbox = new SqliteOutbox(folder);
    outbox.open(Samples.epoch(3));
    Files.copy(folder.resolve(StoreFile.NAME), card.resolve(StoreFile.NAME));
    outbox.commit(Samples.commit(3, Lane.NUMERIC, 1, 10));
    Files.copy(folder.resolve("outbox.db-wal"), card.resolve("outbox.db-wal"));
    outbox.close();
    List<String> before = names(card);
    try (StoreView view = SqliteStoreView.open(card, true)) {
      assertEquals(50, walked(view).lanes().get(Lane.NUMERIC.ordinal()).readings());
      assertTrue(view.unseen().startsWith("the last commits"), view.unseen());
      assertEquals(before, names(card));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whereThereIsNoStoreNoneIsMade() throws Exception {
    assertThrows(StoreException.class, () -> SqliteStoreView.open(folder));
    assertThrows(StoreException.class, () -> SqliteStoreView.open(folder.resolve("none")));
    assertEquals(List.of(), names(folder));
  }
}
