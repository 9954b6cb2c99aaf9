package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tables of the outbox, version {@value #VERSION}.
 *
 * <p>Blocks lie in rowid tables, in order of their keys: a commit appends to the last page of each
 * lane and touches no other. Whatever would change at each commit (counts, last numbers) is derived
 * instead of stored.
 */
final class Schema {

  /** "HWOB" as {@code application_id}: this file is an outbox. */
  static final int APPLICATION_ID = 0x4857_4F42;

  /** Of the tables and of what is in them: {@link io.headwall.store.BlockCodec}'s forms too. */
  static final int VERSION = 3;

  /** What lies beyond was never counted up to: it is damage. */
  private static final int VERSION_MAX = 9_999;

  private static final int SEQ_BITS = 43;

  private static final List<String> TABLES =
      List.of(
          "dictionary(id INTEGER PRIMARY KEY, row BLOB NOT NULL)",
          "epoch(epoch INTEGER PRIMARY KEY, origin INTEGER NOT NULL, boot_id TEXT NOT NULL,"
              + " started_ns INTEGER NOT NULL, crc INTEGER NOT NULL)",
          "anchor(id INTEGER PRIMARY KEY, boot_id TEXT NOT NULL, boot_ns INTEGER NOT NULL,"
              + " epoch_ns INTEGER NOT NULL, quality INTEGER NOT NULL, error_ns INTEGER NOT NULL,"
              + " crc INTEGER NOT NULL)",
          "association(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, mono_from INTEGER NOT NULL,"
              + " unit TEXT NOT NULL, bed TEXT NOT NULL, how TEXT NOT NULL,"
              + " crc INTEGER NOT NULL)",
          "settled(uplink TEXT, epoch INTEGER, lane INTEGER, how INTEGER, from_seq INTEGER,"
              + " to_seq INTEGER NOT NULL, crc INTEGER NOT NULL,"
              + " PRIMARY KEY(uplink, epoch, lane, how, from_seq)) WITHOUT ROWID",
          // How far a lane has been emptied: a number stays used when its block is gone.
          "removed(epoch INTEGER, lane INTEGER, kind INTEGER, last_seq INTEGER NOT NULL,"
              + " readings INTEGER NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY(epoch, lane, kind))"
              + " WITHOUT ROWID");

  private Schema() {}

  /** The table of a lane's blocks. */
  static String blocks(Lane lane) {
    return "block_" + lane.name().toLowerCase(Locale.ROOT);
  }

  /** Where a reading's number lies in the order of all epochs. */
  static long key(int epoch, long seq) {
    return (long) epoch << SEQ_BITS | seq;
  }

  static int epochOf(long key) {
    return (int) (key >>> SEQ_BITS);
  }

  static long seqOf(long key) {
    return key & BlockKey.SEQ_MAX;
  }

  /** Looks whether this is a file of ours, or one without any content yet. */
  static void check(Path path, Connection connection) throws SQLException, StoreException {
    int tables = number(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
    int application = number(connection, "PRAGMA application_id");
    if (tables == 0 && application == 0) return;
    int version = number(connection, "PRAGMA user_version");
    if (application != APPLICATION_ID) {
      if (hasOurTables(connection)) throw damaged(path + " has a damaged head");
      throw new StoreException(
          path + " is another program's SQLite file; " + SqliteFault.SET_ASIDE);
    }
    if (version < 1 || version > VERSION_MAX) throw damaged(path + " has a damaged head");
    if (version != VERSION) {
      throw new StoreException(
          path
              + " has schema "
              + version
              + ", this version knows "
              + VERSION
              + "; install the version that wrote it, or "
              + SqliteFault.SET_ASIDE);
    }
    String wrong = wrongTable(connection);
    if (!wrong.isEmpty()) throw damaged(path + " has no sound table " + wrong);
  }

  /** By their names alone: what damaged the head may have damaged a table's text beside it. */
  private static boolean hasOurTables(Connection connection) throws SQLException {
    for (String table : tables()) {
      String sql = "SELECT name FROM sqlite_schema WHERE name = '" + name(table) + "'";
      if (StoreFile.text(connection, sql).isEmpty()) return false;
    }
    return true;
  }

  /** A table that is not there as it was made; empty where all are. */
  private static String wrongTable(Connection connection) throws SQLException {
    for (String table : tables()) {
      String name = name(table);
      String sql = "SELECT sql FROM sqlite_schema WHERE name = '" + name + "'";
      if (!StoreFile.text(connection, sql).equals("CREATE TABLE " + table)) return name;
    }
    return "";
  }

  private static String name(String table) {
    return table.substring(0, table.indexOf('('));
  }

  private static StoreException damaged(String what) {
    return new StoreException(StoreException.Fault.DAMAGED, what + "; " + SqliteFault.SET_ASIDE);
  }

  /** Makes the tables of a file without content. */
  static void make(Connection connection) throws SQLException {
    if (number(connection, "PRAGMA user_version") == VERSION) return;
    StoreFile.update(connection, "BEGIN IMMEDIATE");
    for (String table : tables()) StoreFile.update(connection, "CREATE TABLE " + table);
    StoreFile.update(connection, "PRAGMA application_id = " + APPLICATION_ID);
    StoreFile.update(connection, "PRAGMA user_version = " + VERSION);
    StoreFile.update(connection, "COMMIT");
  }

  private static List<String> tables() {
    List<String> tables = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      tables.add(
          blocks(lane) + "(key INTEGER PRIMARY KEY, n INTEGER NOT NULL, bytes BLOB NOT NULL)");
    }
    tables.addAll(TABLES);
    return tables;
  }

  private static int number(Connection connection, String sql) throws SQLException {
    return Integer.parseInt(StoreFile.text(connection, sql));
  }
}
