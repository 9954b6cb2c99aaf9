package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.Lane;
import io.headwall.store.OpenedStore;
import io.headwall.store.OutboxReader;
import io.headwall.store.Salvaged;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a crash comes between two renames, file and log find each other again. */
class SqliteAsideTest {

  private static final long ROOM = 1L << 40;

  @TempDir Path folder;
  @TempDir Path made;
  private SqliteOutbox outbox;
  private int epoch = 1;

  /** Readings 1 to 10 in the file, 11 to 20 in its log. */
  @BeforeEach
  void fill() throws Exception {
    try (SqliteOutbox first = new SqliteOutbox(new StoreFile(made, 4_096), 0)) {
      first.open(epoch(1));
      first.commit(commit(1, Lane.NUMERIC, 1, 10));
      first.open(epoch(1));
      first.commit(commit(1, Lane.NUMERIC, 11, 10));
      for (String part : List.of("", "-wal")) {
        Files.copy(made.resolve("outbox.db" + part), folder.resolve("outbox.db" + part));
      }
    }
    outbox = new SqliteOutbox(new StoreFile(folder, 4_096), 0);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void numbersAreNotUsedAgainAsLongAsAnythingIsThere() throws Exception {
    for (int n = 1; n <= 3; n++) {
      open();
      outbox.setAside();
      open();
      salvage();
    }
    assertEquals(
        List.of("outbox.db", "outbox.db-shm", "outbox.db-wal", "salvaged-1.db", "salvaged-2.db"),
        names().stream().limit(5).toList());
    assertEquals(20, lastOfFirstEpoch());
  }

  @Test
  void aLogThatMovedWithoutItsFileIsFollowed() throws Exception {
    move("outbox.db-wal", "damaged-1.db-wal");
    String said = String.valueOf(assertThrows(StoreException.class, this::open).getMessage());
    assertTrue(said.contains("without its log"), said);
    openAsABoxDoes();
    assertEquals(20, lastOfFirstEpoch());
    assertEquals(
        List.of(
            "outbox.db", "outbox.db-shm", "outbox.db-wal", "salvaged-1.db", "salvaged-1.db-wal"),
        List.copyOf(names()));
  }

  @Test
  void aLogThatStayedBehindIsSavedFromTheFreshFile() throws Exception {
    move("outbox.db", "damaged-1.db");
    openAsABoxDoes();
    assertEquals(20, lastOfFirstEpoch());
  }

  @Test
  void aLogWhoseFileIsGoneIsReadByItself() throws Exception {
    Files.delete(folder.resolve("outbox.db"));
    openAsABoxDoes();
    assertEquals(20, lastOfFirstEpoch());
    assertEquals(0, Files.size(folder.resolve("salvaged-1.db")));
  }

  @Test
  void aFileThatIsBackIsRenamedWithItsLog() throws Exception {
    move("outbox.db", "damaged-3.db");
    move("outbox.db-wal", "salvaged-3.db-wal");
    openAsABoxDoes();
    assertTrue(names().contains("salvaged-3.db"));
    outbox.setAside();
    assertTrue(names().contains("damaged-4.db"));
  }

  @Test
  void theIndexOfAFileSetAsideGoes() throws Exception {
    open();
    assertTrue(names().contains("outbox.db-shm"));
    Files.copy(folder.resolve("outbox.db-shm"), folder.resolve("kept"));
    outbox.close();
    move("kept", "outbox.db-shm");
    outbox.setAside();
    assertEquals(List.of("damaged-1.db"), List.copyOf(names()));
  }

  private void openAsABoxDoes() throws StoreException {
    OpenedStore.open(outbox, () -> epoch(++epoch));
    salvage();
  }

  private void open() throws StoreException {
    outbox.open(epoch(++epoch));
  }

  private void salvage() throws StoreException {
    while (outbox.salvage(List.of(), ROOM).stage() != Salvaged.Stage.NOTHING) {}
  }

  private long lastOfFirstEpoch() throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      return reader.lastSeq(1, Lane.NUMERIC);
    }
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void move(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to));
  }
}
