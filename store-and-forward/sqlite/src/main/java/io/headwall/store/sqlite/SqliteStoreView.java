package io.headwall.store.sqlite;

import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import org.sqlite.ProgressHandler;

/**
 * Looks at the outbox in one SQLite file as it is at the moment of opening, however much is
 * committed meanwhile: all is read in one transaction, so the log grows as long as this is open.
 */
public final class SqliteStoreView implements StoreView {

  private static final int PAGE_FINDINGS_MAX = 100;

  /** Steps of SQLite's machine between two signs of life. */
  private static final int STEPS_BETWEEN = 100_000;

  private final StoreFile file;
  private final SqliteReader reader;
  private final String unseen;

  private SqliteStoreView(StoreFile file, String unseen) throws StoreException {
    this.file = file;
    this.unseen = unseen;
    this.reader = new SqliteReader(file, Sightings::new);
    boolean begun = false;
    try {
      StoreFile.update(reader.connection(), "BEGIN");
      // What is seen is settled by the first read of a transaction, not by its beginning.
      StoreFile.text(reader.connection(), "SELECT count(*) FROM epoch");
      begun = true;
    } catch (SQLException e) {
      throw file.openFault(e);
    } finally {
      if (!begun) reader.close();
    }
  }

  /**
   * Opens the file of a folder.
   *
   * @throws StoreException where there is none, or it is none of ours
   */
  public static SqliteStoreView open(Path folder) throws StoreException {
    try {
      return open(folder, Files.exists(folder) && Files.getFileStore(folder).isReadOnly());
    } catch (IOException e) {
      throw new StoreException("cannot look at " + folder, e);
    }
  }

  /**
   * Opens the file of a folder.
   *
   * @param still whether nobody can write to the folder
   */
  static SqliteStoreView open(Path folder, boolean still) throws StoreException {
    StoreFile file =
        still
            ? StoreFile.unchanging(folder)
            : new StoreFile(folder, SqliteOutbox.PAGE_BYTES_DEFAULT);
    long log = file.logBytes();
    String unseen =
        still && log > 0
            ? "the last commits, in a log of "
                + log
                + " bytes: to see them, copy outbox.db and outbox.db-wal together to a folder"
                + " that can be written"
            : "";
    return new SqliteStoreView(file, unseen);
  }

  @Override
  public OutboxReader reader() {
    return reader;
  }

  @Override
  public String unseen() {
    return unseen;
  }

  @Override
  public FileFigures figures() throws StoreException {
    return read(c ->
        new FileFigures(
            (int) number(c, "PRAGMA page_size"),
            number(c, "PRAGMA page_count"),
            number(c, "PRAGMA freelist_count"),
            file.logBytes(),
            new Reserve(file.folder(), Reserve.BYTES_DEFAULT).isThere()));
  }

  @Override
  public List<String> uplinks() throws StoreException {
    return all("SELECT DISTINCT uplink FROM settled ORDER BY uplink", row -> Rows.text(row, 1));
  }

  @Override
  public List<Removed> removed() throws StoreException {
    return all(
        RemovedTable.ALL,
        row -> {
          RemovedTable.Gone g = RemovedTable.gone(Columns.of(row));
          return new Removed(g.epoch(), g.lane(), g.kind(), g.lastSeq(), g.readings());
        });
  }

  @Override
  public List<Long> metricIds() throws StoreException {
    return all("SELECT id FROM dictionary", row -> row.getLong(1));
  }

  @Override
  public List<String> checkPages(LongConsumer busy) throws StoreException {
    return read(c -> {
      ProgressHandler.setHandler(c, STEPS_BETWEEN, new Signs(busy));
      try (PreparedStatement check =
          c.prepareStatement("PRAGMA integrity_check(" + PAGE_FINDINGS_MAX + ")")) {
        List<String> said = Rows.all(check, row -> Rows.text(row, 1));
        return said.equals(List.of("ok")) ? List.of() : said;
      } finally {
        ProgressHandler.clearHandler(c);
      }
    });
  }

  /** Passes signs of life on, and never asks to stop. */
  private static final class Signs extends ProgressHandler {
    private final LongConsumer busy;
    private long times;

    Signs(LongConsumer busy) {
      this.busy = busy;
    }

    @Override
    protected int progress() {
      busy.accept(times++);
      return 0;
    }
  }

  @Override
  public void close() {
    reader.close();
  }

  private interface Look<T> {
    T at(Connection connection) throws SQLException;
  }

  private <T> T read(Look<T> look) throws StoreException {
    try {
      return look.at(reader.connection());
    } catch (SQLException e) {
      throw file.fault("cannot read", e);
    }
  }

  private <T> List<T> all(String sql, Rows.Form<T> form) throws StoreException {
    return read(c -> {
      try (PreparedStatement select = c.prepareStatement(sql)) {
        return Rows.all(select, form);
      }
    });
  }

  private static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(StoreFile.text(connection, sql));
  }
}
