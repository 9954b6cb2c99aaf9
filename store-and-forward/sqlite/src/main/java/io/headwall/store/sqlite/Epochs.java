package io.headwall.store.sqlite;

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

  /** The highest epoch that has a row or, in a file that is worse than it looks, a block. */
  static int highest(Connection connection) throws SQLException {
    int highest = Integer.parseInt(max(connection, "epoch", "epoch"));
    for (Lane lane : Lane.values()) {
      long key = Long.parseLong(max(connection, "key", Schema.blocks(lane)));
      highest = Math.max(highest, Schema.epochOf(key));
    }
    return highest;
  }

  private static String max(Connection connection, String column, String table)
      throws SQLException {
    return StoreFile.text(connection, "SELECT coalesce(max(" + column + "), 0) FROM " + table);
  }
}
