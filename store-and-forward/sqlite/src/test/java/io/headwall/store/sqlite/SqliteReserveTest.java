package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.Lane;
import io.headwall.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room is held back while there is some, given up when a write finds none, and held back again. */
class SqliteReserveTest {

  private static final int RESERVE_BYTES = 100_000;
  private static final int PAGES_MAX = 60;

  @TempDir Path folder;

  @Test
  void isMadeAtOpeningAndSaidToBeThere() throws Exception {
    try (SqliteOutbox outbox = outbox(RESERVE_BYTES)) {
      outbox.open(epoch(1));
      assertEquals(RESERVE_BYTES, Files.size(file()));
      assertTrue(outbox.size().reserved());
    }
  }

  @Test
  void thereIsNoneWhereNoneIsWanted() throws Exception {
    try (SqliteOutbox outbox = outbox(0)) {
      outbox.open(epoch(1));
      assertFalse(Files.exists(file()));
      assertFalse(outbox.size().reserved());
    }
  }

  @Test
  void isNotMadeWhereRoomIsShort() throws Exception {
    long free = Files.getFileStore(folder).getUsableSpace();
    Reserve reserve = new Reserve(folder, Integer.MAX_VALUE);
    if (free / 4 < Integer.MAX_VALUE) reserve.opened();
    assertFalse(reserve.isThere());
    assertFalse(Files.exists(folder.resolve("reserve.new")));
  }

  @Test
  void isGivenUpWhenAWriteFindsNoRoomAndMadeAgainWithinAMinute() throws Exception {
    try (SqliteOutbox outbox = outbox(RESERVE_BYTES)) {
      outbox.open(epoch(1));
      assertEquals(StoreException.Fault.FULL, fill(outbox));
      assertFalse(Files.exists(file()), "before the next opening");
      Map<Lane, Long> last = outbox.open(epoch(1));
      assertTrue(last.getOrDefault(Lane.NUMERIC, 0L) > 0);
      assertFalse(outbox.size().reserved());
      for (int i = 0; i < 58; i++) assertFalse(outbox.size().reserved(), "asked " + i);
      assertTrue(outbox.size().reserved());
      assertEquals(RESERVE_BYTES, Files.size(file()));
    }
  }

  private static StoreException.Fault fill(SqliteOutbox outbox) {
    return assertThrows(
            StoreException.class,
            () -> {
              for (int i = 0; i <= 1_000; i++) {
                outbox.commit(commit(1, Lane.NUMERIC, 1 + 400L * i, 400));
              }
            })
        .fault();
  }

  private SqliteOutbox outbox(int reserveBytes) {
    return new SqliteOutbox(new StoreFile(folder, 4_096, PAGES_MAX), reserveBytes);
  }

  private Path file() {
    return folder.resolve("reserve");
  }
}
