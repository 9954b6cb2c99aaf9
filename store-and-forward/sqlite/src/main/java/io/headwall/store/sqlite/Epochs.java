package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of epochs. */
final class Epochs {

  private static final String TABLE = "epoch";

  private Epochs() {}

  /** All epochs, rising. */
  static List<EpochRow> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, origin, boot_id, started_ns, crc FROM epoch ORDER BY epoch")) {
      return Rows.all(select, row -> epoch(Columns.of(row)));
    }
  }

  /**
   * What a row says.
   *
   * @throws IllegalArgumentException where it is none, or not as it was written
   */
  static EpochRow epoch(Columns row) {
    Columns c = row.proven(TABLE, 5);
    return new EpochRow(c.smallNumber(0), new Origin(c.number(1)), c.text(2), c.number(3));
  }

  static void insert(Connection connection, EpochRow epoch) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO epoch(epoch, origin, boot_id, started_ns, crc) VALUES (?, ?, ?, ?, ?)")) {
      List<Object> columns =
          List.of((long) epoch.epoch(), epoch.origin().eui64(), epoch.bootId(), epoch.startedNs());
      Columns.bind(insert, TABLE, columns);
      insert.executeUpdate();
    }
  }

  /** The highest epoch that has a row or a block, of what can be read; else 0. */
  static int highest(Connection connection) {
    long highest = highest(connection, "epoch", 1, BlockKey.EPOCH_MAX);
    for (Lane lane : Lane.values()) {
      long last = Schema.key(BlockKey.EPOCH_MAX, BlockKey.SEQ_MAX);
      long key = highest(connection, Schema.blocks(lane), Schema.key(1, 0), last);
      highest = Math.max(highest, Schema.epochOf(key));
    }
    return (int) highest;
  }

  /** The highest row id of a table within bounds: what lies outside was never written. */
  private static long highest(Connection connection, String table, long from, long to) {
    String within = " WHERE rowid BETWEEN " + from + " AND " + to;
    try {
      return Long.parseLong(
          StoreFile.text(connection, "SELECT coalesce(max(rowid), 0) FROM " + table + within));
    } catch (SQLException | NumberFormatException e) {
      return 0;
    }
  }
}
