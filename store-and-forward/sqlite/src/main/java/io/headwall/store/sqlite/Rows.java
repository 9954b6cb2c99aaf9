package io.headwall.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of queries to what they mean. */
final class Rows {

  private Rows() {}

  /** What a row stands for. Refuses values that no version has written by an exception. */
  interface Form<T> {
    T of(ResultSet row) throws SQLException;
  }

  static <T> List<T> all(PreparedStatement select, Form<T> form) throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) all.add(read(row, form));
    }
    return all;
  }

  static <T> Optional<T> first(PreparedStatement select, Form<T> form) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row, form)) : Optional.empty();
    }
  }

  /** The first number of the first row; 0 where there is none. */
  static long number(PreparedStatement select) throws SQLException {
    return first(select, row -> row.getLong(1)).orElse(0L);
  }

  static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    if (bytes == null) throw new IllegalArgumentException("no bytes");
    return bytes;
  }

  static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    if (text == null) throw new IllegalArgumentException("no text");
    return text;
  }

  /** A number that no enum has, a block without readings and the like are damage. */
  static <T> T read(ResultSet row, Form<T> form) throws SQLException {
    try {
      return form.of(row);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DamagedRowException(
          "damaged row (" + e.getMessage() + "); " + SqliteFault.SET_ASIDE, e);
    }
  }
}
