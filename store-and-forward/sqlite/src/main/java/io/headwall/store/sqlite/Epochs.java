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

  private Epochs() {}

  /** All epochs, rising. */
  static List<EpochRow> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, origin, boot_id, started_ns FROM epoch ORDER BY epoch")) {
      return Rows.all(
          select,
          row ->
              new EpochRow(
                  row.getInt(1), new Origin(row.getLong(2)), Rows.text(row, 3), row.getLong(4)));
    }
  }

  static void insert(Connection connection, EpochRow epoch) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO epoch(epoch, origin, boot_id, started_ns) VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, epoch.epoch());
      insert.setLong(2, epoch.origin().eui64());
      insert.setString(3, epoch.bootId());
      insert.setLong(4, epoch.startedNs());
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
