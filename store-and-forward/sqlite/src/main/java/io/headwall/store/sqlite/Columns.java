package io.headwall.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one row, whether SQLite read it or it was found in a page.
 *
 * @param values each a Long, a String, a byte array or null
 */
record Columns(List<@Nullable Object> values) {

  /** The present row of a result. */
  static Columns of(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      Object value = row.getObject(i);
      values.add(value instanceof Number n ? Long.valueOf(n.longValue()) : value);
    }
    return new Columns(values);
  }

  /** Fills a statement with the columns of a new row; its checksum comes last. */
  static void bind(PreparedStatement statement, String table, List<Object> columns)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) statement.setObject(i + 1, columns.get(i));
    statement.setLong(columns.size() + 1, RowSum.of(table, columns));
  }

  /**
   * The columns of a proven row, without its checksum.
   *
   * @param count how many columns the row must have, the checksum among them
   * @throws IllegalArgumentException where it is no row of the table, or is not as it was written
   */
  Columns proven(String table, int count) {
    if (values.size() != count) throw new IllegalArgumentException("no row of " + table);
    List<@Nullable Object> rest = values.subList(0, count - 1);
    if (RowSum.of(table, rest) != number(count - 1)) {
      throw new IllegalArgumentException("altered row of " + table);
    }
    return new Columns(rest);
  }

  long number(int column) {
    if (values.get(column) instanceof Long n) return n;
    throw new IllegalArgumentException("no number");
  }

  int smallNumber(int column) {
    long n = number(column);
    if (n < Integer.MIN_VALUE || n > Integer.MAX_VALUE) throw new IllegalArgumentException("" + n);
    return (int) n;
  }

  String text(int column) {
    if (values.get(column) instanceof String s) return s;
    throw new IllegalArgumentException("no text");
  }
}
