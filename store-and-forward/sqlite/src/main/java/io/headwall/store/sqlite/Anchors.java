package io.headwall.store.sqlite;

import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of anchors, in the order of their making. */
final class Anchors {

  private static final String TABLE = "anchor";

  private Anchors() {}

  static List<Anchor> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT boot_id, boot_ns, epoch_ns, quality, error_ns, crc FROM anchor ORDER BY id")) {
      return Rows.all(select, row -> anchor(Columns.of(row)));
    }
  }

  /**
   * What a row says, its id left out.
   *
   * @throws IllegalArgumentException where it is none, or not as it was written
   */
  static Anchor anchor(Columns row) {
    Columns c = row.proven(TABLE, 6);
    return new Anchor(
        c.text(0), c.number(1), c.number(2), TimeQuality.values()[c.smallNumber(3)], c.number(4));
  }

  /** Writes a row unless it is there already: a commit may be made twice. */
  static void insert(Connection connection, Anchor anchor) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO anchor(boot_id, boot_ns, epoch_ns, quality, error_ns, crc)"
                + " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM anchor"
                + " WHERE boot_id = ?1 AND boot_ns = ?2 AND epoch_ns = ?3 AND quality = ?4"
                + " AND error_ns = ?5)")) {
      List<Object> columns =
          List.of(
              anchor.bootId(),
              anchor.bootNs(),
              anchor.epochNs(),
              (long) anchor.quality().ordinal(),
              anchor.errorNs());
      Columns.bind(insert, TABLE, columns);
      insert.executeUpdate();
    }
  }
}
