package io.headwall.store.sqlite;

import io.headwall.store.Association;
import io.headwall.store.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of associations, in the order of their making. */
final class Associations {

  private Associations() {}

  static List<Association> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, mono_from, unit, bed, how FROM association ORDER BY id")) {
      return Rows.all(
          select,
          row ->
              new Association(
                  row.getInt(1),
                  row.getLong(2),
                  new Place(Rows.text(row, 3), Rows.text(row, 4)),
                  Rows.text(row, 5)));
    }
  }

  /** Writes a row unless it is there already: a commit may be made twice. */
  static void insert(Connection connection, Association association) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO association(epoch, mono_from, unit, bed, how)"
                + " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM association"
                + " WHERE epoch = ?1 AND mono_from = ?2 AND unit = ?3 AND bed = ?4"
                + " AND how = ?5)")) {
      insert.setInt(1, association.epoch());
      insert.setLong(2, association.monoFrom());
      insert.setString(3, association.place().unit());
      insert.setString(4, association.place().bed());
      insert.setString(5, association.how());
      insert.executeUpdate();
    }
  }
}
