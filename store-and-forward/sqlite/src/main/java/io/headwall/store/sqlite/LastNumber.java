package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Looks up the last number given out in a lane: of its last block, or of the last one removed. */
final class LastNumber {

  private final Lane lane;
  private final PreparedStatement stored;
  private final PreparedStatement removed;

  LastNumber(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    stored =
        connection.prepareStatement(
            "SELECT key + n - 1 FROM "
                + Schema.blocks(lane)
                + " WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1");
    removed = connection.prepareStatement(RemovedTable.OF_LANE);
  }

  /** The last number of an epoch; 0 for none. */
  long in(int epoch) throws SQLException {
    stored.setLong(1, Schema.key(epoch, 0));
    stored.setLong(2, Schema.key(epoch, BlockKey.SEQ_MAX));
    removed.setInt(1, epoch);
    removed.setInt(2, lane.ordinal());
    long last = Rows.number(stored) & BlockKey.SEQ_MAX;
    for (RemovedTable.Gone gone : Rows.all(removed, r -> RemovedTable.gone(Columns.of(r)))) {
      last = Math.max(last, gone.lastSeq());
    }
    return last;
  }
}
