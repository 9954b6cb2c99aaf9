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

  private static final String TABLE = "settled";
  private static final String COLUMNS = "uplink, epoch, lane, how, from_seq, to_seq, crc";

  /** All rows of an uplink, for {@link #settled}. */
  static final String OF_UPLINK =
      "SELECT " + COLUMNS + " FROM settled WHERE uplink = ? ORDER BY epoch, lane, from_seq";

  private final PreparedStatement touching;
  private final PreparedStatement swallow;
  private final PreparedStatement put;

  SettledTable(Connection connection) throws SQLException {
    String interval = " WHERE uplink = ? AND epoch = ? AND lane = ? AND how = ? AND from_seq ";
    // Intervals are disjoint, so their ends rise with their starts: from the last one downwards.
    touching =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM settled" + interval + "<= ? ORDER BY from_seq DESC");
    swallow = connection.prepareStatement("DELETE FROM settled" + interval + "= ?");
    put =
        connection.prepareStatement(
            "INSERT INTO settled("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                + " SET to_seq = excluded.to_seq, crc = excluded.crc");
  }

  /**
   * What a row says.
   *
   * @throws IllegalArgumentException where it is none, or not as it was written
   */
  static Settled settled(Columns row) {
    Columns c = row.proven(TABLE, 7);
    return new Settled(
        c.text(0),
        c.smallNumber(1),
        Lane.values()[c.smallNumber(2)],
        c.number(4),
        c.number(5),
        Settled.How.values()[c.smallNumber(3)]);
  }

  void add(Settled settled) throws SQLException {
    long from = settled.from();
    long to = settled.to();
    List<Settled> melted = touching(settled);
    for (Settled there : melted) {
      from = Math.min(from, there.from());
      to = Math.max(to, there.to());
    }
    for (Settled there : melted) {
      if (there.from() == from) continue;
      name(swallow, settled);
      swallow.setLong(5, there.from());
      swallow.executeUpdate();
    }
    Columns.bind(
        put,
        TABLE,
        List.of(
            settled.uplink(),
            (long) settled.epoch(),
            (long) settled.lane().ordinal(),
            (long) settled.how().ordinal(),
            from,
            to));
    put.executeUpdate();
  }

  private List<Settled> touching(Settled settled) throws SQLException {
    List<Settled> found = new ArrayList<>();
    name(touching, settled);
    touching.setLong(5, settled.to() + 1);
    try (ResultSet row = touching.executeQuery()) {
      while (row.next()) {
        Settled there = Rows.read(row, r -> settled(Columns.of(r)));
        if (there.to() < settled.from() - 1) break;
        found.add(there);
      }
    }
    return found;
  }

  /**
   * Takes back that a stretch is settled in its way, or discards what of it is a dead letter. Doing
   * it twice is as doing it once.
   */
  void takeBack(Settled stretch) throws SQLException {
    if (stretch.how() != Settled.How.DISCARDED) {
      remove(stretch);
      return;
    }
    Settled letters = stretch.as(Settled.How.DEAD);
    for (Settled there : touching(letters)) {
      long from = Math.max(there.from(), stretch.from());
      long to = Math.min(there.to(), stretch.to());
      if (from <= to) add(stretch.part(from, to));
    }
    remove(letters);
  }

  private void remove(Settled stretch) throws SQLException {
    for (Settled there : touching(stretch)) {
      if (there.to() < stretch.from() || there.from() > stretch.to()) continue;
      name(swallow, stretch);
      swallow.setLong(5, there.from());
      swallow.executeUpdate();
      if (there.from() < stretch.from()) add(there.part(there.from(), stretch.from() - 1));
      if (there.to() > stretch.to()) add(there.part(stretch.to() + 1, there.to()));
    }
  }

  private static void name(PreparedStatement statement, Settled settled) throws SQLException {
    statement.setString(1, settled.uplink());
    statement.setInt(2, settled.epoch());
    statement.setInt(3, settled.lane().ordinal());
    statement.setInt(4, settled.how().ordinal());
  }
}
