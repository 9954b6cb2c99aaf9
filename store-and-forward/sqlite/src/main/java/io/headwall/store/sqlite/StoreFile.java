package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The outbox's file: where it is, what it must be, and how connections to it are set up. */
final class StoreFile {

  static final String NAME = "outbox.db";

  private static final String MAGIC = "SQLite format 3\0";
  private static final int HEAD_BYTES = 100;

  /** As many as SQLite can count. */
  private static final int PAGES_MAX = Integer.MAX_VALUE - 1;

  private static final int BUSY_TIMEOUT_MS = 1_000;
  private static final int CACHE_KIB = 1_024;

  /** What the log may hold before it is taken into the file, and what it is cut back to. */
  private static final int LOG_BYTES = 4 << 20;

  private final Path path;
  private final String url;
  private final int pageBytes;
  private final int pagesMax;

  /**
   * The file of a folder, which must exist.
   *
   * @param pageBytes page size of a file that is yet to be made: a power of two, 512 to 65536
   */
  StoreFile(Path folder, int pageBytes) {
    this(folder, pageBytes, PAGES_MAX);
  }

  /**
   * The file of a folder.
   *
   * @param pagesMax what it may grow to, as if the disk were full then
   */
  StoreFile(Path folder, int pageBytes, int pagesMax) {
    this(folder.resolve(NAME), "jdbc:sqlite:" + folder.resolve(NAME), pageBytes, pagesMax);
  }

  private StoreFile(Path path, String url, int pageBytes, int pagesMax) {
    if (pageBytes < 512 || pageBytes > 65_536 || Integer.bitCount(pageBytes) != 1) {
      throw new IllegalArgumentException("page of " + pageBytes + " bytes");
    }
    this.path = path;
    this.url = url;
    this.pageBytes = pageBytes;
    this.pagesMax = pagesMax;
  }

  /**
   * The file of a folder that nobody can write to. It is taken for one that never changes, without
   * its log: to read that, an index over it would have to be written beside it.
   */
  static StoreFile unchanging(Path folder) {
    Path path = folder.toAbsolutePath().resolve(NAME);
    String url = "jdbc:sqlite:file:" + path.toUri().getRawPath() + "?immutable=1";
    return new StoreFile(path, url, SqliteOutbox.PAGE_BYTES_DEFAULT, PAGES_MAX);
  }

  /** Bytes of the log beside the file; 0 where there is none. */
  long logBytes() {
    return path.resolveSibling(NAME + "-wal").toFile().length();
  }

  Path folder() {
    return path.resolveSibling(".");
  }

  /** Whether there is a file with content. One of length 0 is what a crash in its making leaves. */
  boolean holdsAnything() {
    return path.toFile().length() > 0;
  }

  AsideFiles aside() {
    return new AsideFiles(path);
  }

  /** A connection for the writer, over a file that is sound as far as a short look can tell. */
  Connection openWriter() throws StoreException {
    checkPlace();
    aside().saveLog();
    if (aside().isHalfMoved()) {
      throw new StoreException(
          StoreException.Fault.DAMAGED, path + " was about to be set aside without its log");
    }
    Connection connection = connect(config());
    try {
      Schema.check(path, connection);
      // Only before the first page is written; without effect on a file that is there.
      update(connection, "PRAGMA page_size = " + pageBytes);
      text(connection, "PRAGMA max_page_count = " + pagesMax);
      if (!text(connection, "PRAGMA journal_mode = WAL").equals("wal")) {
        throw new StoreException(
            path + ": no write-ahead log possible here; the store needs a local file system");
      }
      // The log is synchronised by CommitLog at each commit; SQLite does it around checkpoints.
      update(connection, "PRAGMA synchronous = NORMAL");
      text(connection, "PRAGMA wal_autocheckpoint = " + LOG_BYTES / pageSize(connection));
      text(connection, "PRAGMA journal_size_limit = " + LOG_BYTES);
      Schema.make(connection);
      settle(connection);
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw openFault(e);
    } catch (StoreException e) {
      close(connection);
      throw e;
    }
  }

  /** The log of a file that has been opened for writing. */
  CommitLog openLog() throws StoreException {
    return new CommitLog(path.resolveSibling(NAME + "-wal"));
  }

  /** A connection that cannot write, over a SQLite file of any content. */
  Connection openUnchecked() throws StoreException {
    checkPlace();
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return connect(config);
  }

  /** A connection that cannot write, over a file that exists and has been opened for writing. */
  Connection openReader() throws StoreException {
    checkPlace();
    if (!holdsAnything()) throw new StoreException(path + " is missing; open the outbox first");
    Connection connection = openUnchecked();
    try {
      Schema.check(path, connection);
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw openFault(e);
    } catch (StoreException e) {
      close(connection);
      throw e;
    }
  }

  StoreException fault(String what, SQLException e) {
    return SqliteFault.of(what + ' ' + path, e);
  }

  StoreException openFault(SQLException e) {
    return SqliteFault.ofOpening("cannot open " + path, e);
  }

  static void update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** The first column of a query's only row; empty where there is none. */
  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      // A statement that writes commits after its last row: only asking on tells that it failed.
      if (row.next()) throw new SQLException("one row expected of " + sql);
      return value == null ? "" : value;
    }
  }

  /** Closes without a word: the work has been done, or has failed and been reported already. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is lost with it: what was not committed was never promised.
    }
  }

  /**
   * Takes the log into the file. After a failed fsync the kernel may hold pages for clean that
   * never reached the disk; written once more and synchronised, what is read from here on is
   * durable.
   */
  private void settle(Connection connection) throws SQLException, StoreException {
    if (!text(connection, "PRAGMA wal_checkpoint(TRUNCATE)").equals("0")) {
      throw new StoreException(path + " is busy; another process holds it");
    }
  }

  private static int pageSize(Connection connection) throws SQLException {
    return Integer.parseInt(text(connection, "PRAGMA page_size"));
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    return config;
  }

  private Connection connect(SQLiteConfig config) throws StoreException {
    Connection connection = null;
    try {
      connection = config.createConnection(url);
      update(connection, "PRAGMA temp_store = MEMORY");
      update(connection, "PRAGMA cache_size = -" + CACHE_KIB);
      update(connection, "PRAGMA trusted_schema = OFF");
      update(connection, "PRAGMA cell_size_check = ON");
      return connection;
    } catch (SQLException e) {
      if (connection != null) close(connection);
      throw openFault(e);
    }
  }

  private void checkPlace() throws StoreException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new StoreException(
          "no folder " + folder + "; make it and give it to the user the service runs as");
    }
    if (!holdsAnything()) return;
    try (InputStream in = Files.newInputStream(path)) {
      String head = new String(in.readNBytes(HEAD_BYTES), ISO_8859_1);
      if (!head.startsWith(MAGIC) || !isFormat(head, 18) || !isFormat(head, 19)) {
        throw new StoreException(
            StoreException.Fault.DAMAGED, path + " is no SQLite file; " + SqliteFault.SET_ASIDE);
      }
    } catch (IOException e) {
      throw new StoreException(
          "cannot read " + path + "; it must belong to the user the service runs as", e);
    }
  }

  /** Write and read version in the head, 1 or 2: a file with another one may not be written. */
  private static boolean isFormat(String head, int at) {
    return head.length() > at && (head.charAt(at) == 1 || head.charAt(at) == 2);
  }
}
