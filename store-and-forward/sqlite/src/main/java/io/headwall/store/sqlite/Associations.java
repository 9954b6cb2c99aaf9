package io.headwall.store.sqlite;

import io.headwall.store.Association;
import io.headwall.store.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of associations, in the order of their making. */
final class Associations {

  private static final String TABLE = "association";

  private Associations() {}

  static List<Association> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, mono_from, unit, bed, how, crc FROM association ORDER BY id")) {
      return Rows.all(select, row -> association(Columns.of(row)));
    }
  }

  /**
   * What a row says, its id left out.
   *
   * @throws IllegalArgumentException where it is none, or not as it was written
   */
  static Association association(Columns row) {
    Columns c = row.proven(TABLE, 6);
    return new Association(
        c.smallNumber(0), c.number(1), new Place(c.text(2), c.text(3)), c.text(4));
  }

  /** Writes a row unless it is there already: a commit may be made twice. */
  static void insert(Connection connection, Association association) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO association(epoch, mono_from, unit, bed, how, crc)"
                + " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM association"
                + " WHERE epoch = ?1 AND mono_from = ?2 AND unit = ?3 AND bed = ?4"
                + " AND how = ?5)")) {
      List<Object> columns =
          List.of(
              (long) association.epoch(),
              association.monoFrom(),
              association.place().unit(),
              association.place().bed(),
              association.how());
      Columns.bind(insert, TABLE, columns);
      insert.executeUpdate();
    }
  }
}
