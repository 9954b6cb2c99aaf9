package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.BlockCodec;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not as they should be: refused with the fix, or never read as something else. */
class SqliteDamageTest {

  private static final String SET_ASIDE = "move outbox.db, outbox.db-wal and outbox.db-shm";

  @TempDir Path folder;

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAsItIs() throws Exception {
    byte[] text = "a text file, longer than the head of a database".getBytes(UTF_8);
    Files.write(file(), text);
    assertRefused("is no SQLite file", SET_ASIDE);
    assertArrayEquals(text, Files.readAllBytes(file()));
    Files.write(file(), new byte[] {1});
    assertRefused("is no SQLite file", SET_ASIDE);
  }

  @Test
  void refusesADatabaseOfAnotherProgram() throws Exception {
    sql("CREATE TABLE theirs(x)");
    assertRefused("is another program's SQLite file", SET_ASIDE);
  }

  @Test
  void refusesANewerOrOlderSchemaAndLeavesItAsItIs() throws Exception {
    filled(1);
    for (int other : new int[] {1, 2, 4}) {
      sql("PRAGMA user_version = " + other);
      assertRefused("has schema " + other + ", this version knows 3; install the version that");
    }
    sql("PRAGMA user_version = 3");
    assertEquals(1, SqliteOutbox.highestEpoch(folder));
  }

  @Test
  void refusesAFileWithoutOneOfItsTables() throws Exception {
    filled(1);
    sql("DROP TABLE removed");
    assertRefused("no sound table removed", SET_ASIDE);
  }

  @Test
  void refusesAFileInWhichATableHasAnotherForm() throws Exception {
    filled(1);
    alterSchema("anchor", "epoch_ns", "fpoch_ns");
    assertRefused("no sound table anchor", SET_ASIDE);
    sql("PRAGMA application_id = 5");
    assertRefused("has a damaged head", SET_ASIDE);
  }

  @Test
  void refusesAFileWithADamagedFirstPage() throws Exception {
    filled(1);
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 100, 300, (byte) 0xFF);
    Files.write(file(), bytes);
    assertRefused("SQLITE_CORRUPT", SET_ASIDE);
  }

  @Test
  void takesAnEmptyFileForAFreshOne() throws Exception {
    Files.write(file(), new byte[0]);
    assertEquals(0, SqliteOutbox.highestEpoch(folder));
    filled(1);
    assertEquals(1, SqliteOutbox.highestEpoch(folder));
  }

  @Test
  void namesAMissingFolder() {
    SqliteOutbox lost = new SqliteOutbox(folder.resolve("lost"));
    String said = refusal(() -> lost.open(epoch(1)));
    assertTrue(said.contains("no folder") && said.contains("lost; make it"), said);
    assertTrue(refusal(lost::newReader).contains("make it"));
  }

  @Test
  void aReaderNeedsAFile() {
    assertTrue(refusal(() -> new SqliteOutbox(folder).newReader()).contains("open the outbox"));
  }

  @Test
  void refusesPageSizesThatSqliteDoesNotKnow() {
    for (int bytes : new int[] {0, 256, 1000, 131_072}) {
      assertThrows(IllegalArgumentException.class, () -> new SqliteOutbox(folder, bytes));
    }
  }

  @Test
  void makesTheFileWithThePageSizeAskedForAndKeepsIt() throws Exception {
    for (int bytes : new int[] {512, 8_192}) {
      try (SqliteOutbox outbox = new SqliteOutbox(folder, bytes)) {
        outbox.open(epoch(1));
      }
      assertEquals("512", value("PRAGMA page_size"), "the file's own size wins later");
    }
  }

  @Test
  void everyFlippedByteOfABlockIsFoundAtDecoding() throws Exception {
    filled(20);
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(epoch(1));
      StoredBlock good = block(outbox);
      assertEquals(20, decoded(outbox, good).size());
      for (int i = 0; i < good.bytes().length; i++) {
        byte[] bytes = good.bytes().clone();
        bytes[i] ^= 0x10;
        StoredBlock bad = new StoredBlock(good.key(), bytes);
        assertThrows(BlockCodec.CorruptBlockException.class, () -> decoded(outbox, bad));
      }
    }
  }

  @Test
  void bytesFlippedInTheFileAreNeverReadAsOtherReadings() throws Exception {
    // In pages so large that the block lies in one of them.
    try (SqliteOutbox outbox = new SqliteOutbox(folder, 65_536)) {
      outbox.open(epoch(1));
    }
    filled(400);
    byte[] good = Files.readAllBytes(file());
    byte[] blob = blobOf();
    int at = indexOf(good, Arrays.copyOfRange(blob, 0, 40));
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 100; i++) {
      byte[] bad = good.clone();
      bad[at + random.nextInt(blob.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), bad);
      try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
        outbox.open(epoch(1));
        StoredBlock block = block(outbox);
        assertThrows(BlockCodec.CorruptBlockException.class, () -> decoded(outbox, block));
      }
    }
  }

  /** Whatever page is hit: an exception, or exactly what was written. */
  @Test
  void pagesOverwrittenAnywhereAreNeverReadAsOtherReadings() throws Exception {
    filled(400);
    byte[] good = Files.readAllBytes(file());
    SplittableRandom random = new SplittableRandom(12);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      int from = random.nextInt(bad.length);
      int to = Math.min(bad.length, from + random.nextInt(1, 300));
      for (int b = from; b < to; b++) bad[b] = (byte) random.nextInt();
      Files.write(file(), bad);
      if (!readsAsWritten()) refused++;
    }
    assertTrue(refused > 10, "the damage must hit something: " + refused);
  }

  @Test
  void aRowOfTheDictionaryThatWasAlteredIsRefused() throws Exception {
    filled(3);
    for (String row : List.of("CAST(replace(row, 'mbar', 'mmHg') AS BLOB)", "x'00'")) {
      sql("UPDATE dictionary SET row = " + row);
      try (OutboxReader reader = new SqliteOutbox(folder).newReader()) {
        StoredBlock block = found(reader);
        String said = refusal(() -> BlockCodec.decode(block, reader));
        assertTrue(said.contains("dictionary row altered"), said);
      }
    }
    sql("DELETE FROM dictionary");
    assertRefusedAtDecoding();
  }

  @Test
  void aBlockUnderAnotherKeyIsRefused() throws Exception {
    filled(3);
    sql("UPDATE block_numeric SET key = key + 1");
    assertRefusedAtDecoding();
    sql("UPDATE block_numeric SET n = -1");
    try (SqliteOutbox outbox = new SqliteOutbox(folder);
        OutboxReader reader = outbox.newReader()) {
      assertTrue(refusal(() -> reader.block(1, Lane.NUMERIC, 1)).contains("damaged row"));
    }
  }

  @Test
  void rowsWithoutTheirBytesOrTextsAreDamaged() throws Exception {
    filled(3);
    Map<String, String> forms = new HashMap<>();
    for (String table : List.of("block_numeric", "dictionary", "epoch", "anchor", "association")) {
      String form = value("SELECT sql FROM sqlite_schema WHERE name = '" + table + "'");
      forms.put(table, form);
      sql("DROP TABLE " + table);
      sql(form.replace(" NOT NULL", ""));
    }
    sql("INSERT INTO block_numeric(key, n) VALUES (" + Schema.key(1, 1) + ", 1)");
    sql("INSERT INTO dictionary(id) VALUES (5)");
    sql("INSERT INTO anchor(id, quality) VALUES (1, 99)");
    sql("INSERT INTO association(unit, crc) VALUES ('ICU', 7)");
    sql("INSERT INTO epoch(epoch) VALUES (1)");
    for (Map.Entry<String, String> form : forms.entrySet()) {
      alterSchema(form.getKey(), form.getValue().replace(" NOT NULL", ""), form.getValue());
    }
    try (SqliteOutbox outbox = new SqliteOutbox(folder);
        OutboxReader reader = outbox.newReader()) {
      for (Executable read :
          List.<Executable>of(
              () -> reader.block(1, Lane.NUMERIC, 1),
              () -> reader.row(5),
              reader::anchors,
              reader::associations,
              reader::epochs,
              () -> outbox.open(epoch(2)))) {
        assertTrue(refusal(read).contains("damaged row"));
      }
    }
  }

  private boolean readsAsWritten() {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      outbox.open(epoch(1));
      try (OutboxReader reader = outbox.newReader()) {
        StoredBlock block = reader.block(1, Lane.NUMERIC, 1);
        if (block == null) return false;
        List<BlockCodec.Decoded> readings = BlockCodec.decode(block, reader);
        for (int i = 0; i < readings.size(); i++) {
          assertEquals(Samples.reading(Lane.NUMERIC, 1 + i), readings.get(i).reading());
        }
        return true;
      }
    } catch (StoreException | BlockCodec.CorruptBlockException e) {
      return false;
    }
  }

  private void assertRefusedAtDecoding() throws Exception {
    try (SqliteOutbox outbox = new SqliteOutbox(folder);
        OutboxReader reader = outbox.newReader()) {
      StoredBlock block = found(reader);
      assertThrows(BlockCodec.CorruptBlockException.class, () -> BlockCodec.decode(block, reader));
    }
  }

  private static StoredBlock block(SqliteOutbox outbox) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      return found(reader);
    }
  }

  private static StoredBlock found(OutboxReader reader) throws StoreException {
    StoredBlock block = reader.block(1, Lane.NUMERIC, 1);
    if (block == null) throw new AssertionError("no block");
    return block;
  }

  private static List<BlockCodec.Decoded> decoded(SqliteOutbox outbox, StoredBlock block)
      throws StoreException, BlockCodec.CorruptBlockException {
    try (OutboxReader reader = outbox.newReader()) {
      return BlockCodec.decode(block, reader);
    }
  }

  private byte[] blobOf() throws StoreException {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      return block(outbox).bytes();
    }
  }

  private static int indexOf(byte[] in, byte[] part) {
    for (int i = 0; i <= in.length - part.length; i++) {
      if (Arrays.equals(in, i, i + part.length, part, 0, part.length)) return i;
    }
    throw new AssertionError("the block is not in the file");
  }

  private void filled(int n) throws StoreException {
    try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
      assertEquals(Map.of(), outbox.open(epoch(1)));
      outbox.commit(commit(1, Lane.NUMERIC, 1, n));
    }
  }

  private void assertRefused(String... parts) {
    String opening = refusal(() -> new SqliteOutbox(folder).open(epoch(9)));
    for (String part : parts) assertTrue(opening.contains(part), opening);
    assertTrue(SqliteOutbox.highestEpoch(folder) <= 1, "what can be read, and no refusal");
  }

  private static String refusal(Executable what) {
    return String.valueOf(assertThrows(StoreException.class, what).getMessage());
  }

  private Path file() {
    return folder.resolve("outbox.db");
  }

  private void alterSchema(String table, String from, String to) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      StoreFile.update(raw, "PRAGMA writable_schema = ON");
      String sql = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?";
      try (PreparedStatement alter = raw.prepareStatement(sql)) {
        alter.setString(1, from);
        alter.setString(2, to);
        alter.setString(3, table);
        assertEquals(1, alter.executeUpdate());
      }
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      StoreFile.update(raw, sql);
    }
  }

  private String value(String sql) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      return StoreFile.text(raw, sql);
    }
  }
}
