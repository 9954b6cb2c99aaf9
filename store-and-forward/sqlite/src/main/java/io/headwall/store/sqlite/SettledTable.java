package io.headwall.store.sqlite;

import io.headwall.store.Lane;
import io.headwall.store.Settled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what uplinks are done with, as disjoint intervals: touching ones melt, and the one that
 * grows is the only row that is written.
 */
final class SettledTable {

  /** All rows of an uplink, for {@link #settled}. */
  static final String OF_UPLINK =
      "SELECT uplink, epoch, lane, from_seq, to_seq, how FROM settled WHERE uplink = ?"
          + " ORDER BY epoch, lane, from_seq";

  private final PreparedStatement touching;
  private final PreparedStatement swallow;
  private final PreparedStatement put;

  SettledTable(Connection connection) throws SQLException {
    String interval = " WHERE uplink = ? AND epoch = ? AND lane = ? AND how = ? AND from_seq ";
    // Intervals are disjoint, so their ends rise with their starts: from the last one downwards.
    touching =
        connection.prepareStatement(
            "SELECT from_seq, to_seq FROM settled" + interval + "<= ? ORDER BY from_seq DESC");
    swallow = connection.prepareStatement("DELETE FROM settled" + interval + "= ?");
    put =
        connection.prepareStatement(
            "INSERT INTO settled(uplink, epoch, lane, how, from_seq, to_seq)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET to_seq = excluded.to_seq");
  }

  static Settled settled(ResultSet row) throws SQLException {
    return new Settled(
        Rows.text(row, 1),
        row.getInt(2),
        Lane.values()[row.getInt(3)],
        row.getLong(4),
        row.getLong(5),
        Settled.How.values()[row.getInt(6)]);
  }

  void add(Settled settled) throws SQLException {
    long from = settled.from();
    long to = settled.to();
    List<Long> melted = new ArrayList<>();
    name(touching, settled);
    touching.setLong(5, settled.to() + 1);
    try (ResultSet row = touching.executeQuery()) {
      while (row.next() && row.getLong(2) >= settled.from() - 1) {
        melted.add(row.getLong(1));
        from = Math.min(from, row.getLong(1));
        to = Math.max(to, row.getLong(2));
      }
    }
    for (long start : melted) {
      if (start == from) continue;
      name(swallow, settled);
      swallow.setLong(5, start);
      swallow.executeUpdate();
    }
    name(put, settled);
    put.setLong(5, from);
    put.setLong(6, to);
    put.executeUpdate();
  }

  private static void name(PreparedStatement statement, Settled settled) throws SQLException {
    statement.setString(1, settled.uplink());
    statement.setInt(2, settled.epoch());
    statement.setInt(3, settled.lane().ordinal());
    statement.setInt(4, settled.how().ordinal());
  }
}
