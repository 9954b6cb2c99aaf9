package io.headwall.store.sqlite;

import io.headwall.store.MetricRow;
import io.headwall.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes dictionary rows, each once. A row that is there is never changed. */
final class DictionaryTable {

  private final RowCache written = new RowCache();
  private final PreparedStatement insert;
  private final PreparedStatement select;

  DictionaryTable(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT OR IGNORE INTO dictionary(id, row) VALUES (?, ?)");
    select = connection.prepareStatement("SELECT row FROM dictionary WHERE id = ?");
  }

  /**
   * Writes a row unless it is there already. The caller forgets this object when the transaction
   * fails.
   *
   * @throws StoreException where the id stands for another row: a reading would get its name
   */
  void put(long id, byte[] row) throws SQLException, StoreException {
    byte[] known = written.get(id);
    if (known == null) {
      insert.setLong(1, id);
      insert.setBytes(2, row);
      known = insert.executeUpdate() == 1 ? row : stored(id);
      written.put(id, known);
    }
    if (!Arrays.equals(known, row)) {
      // The bytes prove their id: it is the file that was altered, or the caller is wrong.
      boolean altered = MetricRow.idOf(known) != id;
      throw new StoreException(
          altered ? StoreException.Fault.DAMAGED : StoreException.Fault.OTHER,
          "metric id "
              + HexFormat.of().toHexDigits(id)
              + " already stands for another row of the dictionary; "
              + SqliteFault.SET_ASIDE);
    }
  }

  /** A row; null where there is none. */
  byte @Nullable [] get(long id) throws SQLException {
    byte[] known = written.get(id);
    if (known != null) return known;
    byte[] row = stored(id);
    if (row.length == 0) return null;
    written.put(id, row);
    return row;
  }

  private byte[] stored(long id) throws SQLException {
    select.setLong(1, id);
    return Rows.first(select, row -> Rows.bytes(row, 1)).orElse(new byte[0]);
  }
}
