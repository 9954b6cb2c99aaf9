package io.headwall.store.sqlite;

import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of anchors, in the order of their making. */
final class Anchors {

  private Anchors() {}

  static List<Anchor> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT boot_id, boot_ns, epoch_ns, quality, error_ns FROM anchor ORDER BY id")) {
      return Rows.all(
          select,
          row ->
              new Anchor(
                  Rows.text(row, 1),
                  row.getLong(2),
                  row.getLong(3),
                  TimeQuality.values()[row.getInt(4)],
                  row.getLong(5)));
    }
  }

  /** Writes a row unless it is there already: a commit may be made twice. */
  static void insert(Connection connection, Anchor anchor) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO anchor(boot_id, boot_ns, epoch_ns, quality, error_ns)"
                + " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM anchor"
                + " WHERE boot_id = ?1 AND boot_ns = ?2 AND epoch_ns = ?3 AND quality = ?4"
                + " AND error_ns = ?5)")) {
      insert.setString(1, anchor.bootId());
      insert.setLong(2, anchor.bootNs());
      insert.setLong(3, anchor.epochNs());
      insert.setInt(4, anchor.quality().ordinal());
      insert.setLong(5, anchor.errorNs());
      insert.executeUpdate();
    }
  }
}
