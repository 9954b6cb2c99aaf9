package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Looks up the last number given out in a lane: of its last block, or of the last one evicted. */
final class LastNumber {

  private final Lane lane;
  private final PreparedStatement stored;
  private final PreparedStatement evicted;

  LastNumber(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    stored =
        connection.prepareStatement(
            "SELECT key + n - 1 FROM "
                + Schema.blocks(lane)
                + " WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1");
    evicted =
        connection.prepareStatement(
            "SELECT max(last_seq) FROM removed WHERE epoch = ? AND lane = ?");
  }

  /** The last number of an epoch; 0 for none. */
  long in(int epoch) throws SQLException {
    stored.setLong(1, Schema.key(epoch, 0));
    stored.setLong(2, Schema.key(epoch, BlockKey.SEQ_MAX));
    evicted.setInt(1, epoch);
    evicted.setInt(2, lane.ordinal());
    return Math.max(Rows.number(stored) & BlockKey.SEQ_MAX, Rows.number(evicted));
  }
}
