package io.headwall.store.sqlite;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Books what each lane of each epoch gave up, and how far it has been emptied. */
final class RemovedTable {

  /** All rows, for {@link #gone}. */
  static final String ALL = "SELECT epoch, lane, kind, last_seq, readings, crc FROM removed";

  /** The rows of an epoch and lane, for {@link #gone}. */
  static final String OF_LANE = ALL + " WHERE epoch = ? AND lane = ?";

  private static final String TABLE = "removed";

  private final PreparedStatement all;
  private final PreparedStatement ofLane;
  private final PreparedStatement put;

  /**
   * What a lane of an epoch gave up in one way.
   *
   * @param lastSeq a number that was given out, though its reading may be gone
   */
  record Gone(int epoch, Lane lane, RemovalKind kind, long lastSeq, long readings) {

    /** With what was given up after that. */
    Gone and(Gone later) {
      return new Gone(
          epoch, lane, kind, Math.max(lastSeq, later.lastSeq()), readings + later.readings());
    }
  }

  RemovedTable(Connection connection) throws SQLException {
    all = connection.prepareStatement(ALL);
    ofLane = connection.prepareStatement(OF_LANE);
    put =
        connection.prepareStatement(
            "INSERT INTO removed(epoch, lane, kind, last_seq, readings, crc)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                + " last_seq = excluded.last_seq, readings = excluded.readings,"
                + " crc = excluded.crc");
  }

  /**
   * What a row says.
   *
   * @throws IllegalArgumentException where it is none, or not as it was written
   */
  static Gone gone(Columns row) {
    Columns c = row.proven(TABLE, 6);
    return new Gone(
        c.smallNumber(0),
        Lane.values()[c.smallNumber(1)],
        RemovalKind.values()[c.smallNumber(2)],
        c.number(3),
        c.number(4));
  }

  List<Gone> all() throws SQLException {
    return Rows.all(all, row -> gone(Columns.of(row)));
  }

  /** Adds to what has been booked. */
  void add(Gone gone) throws SQLException {
    ofLane.setInt(1, gone.epoch());
    ofLane.setInt(2, gone.lane().ordinal());
    Gone sum = gone;
    for (Gone there : Rows.all(ofLane, row -> gone(Columns.of(row)))) {
      if (there.kind() == gone.kind()) sum = there.and(gone);
    }
    put(sum);
  }

  /** Writes a row, whatever was there. */
  void put(Gone gone) throws SQLException {
    Columns.bind(
        put,
        TABLE,
        List.of(
            (long) gone.epoch(),
            (long) gone.lane().ordinal(),
            (long) gone.kind().ordinal(),
            gone.lastSeq(),
            gone.readings()));
    put.executeUpdate();
  }
}
