package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.Removal;
import io.headwall.store.StoredBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Writes and removes the blocks of one lane.
 *
 * <p>Numbers are dense from 1 in each epoch, and whatever goes is booked in {@code removed}: so the
 * readings kept are the last number less those booked, and no opening ever counts rows.
 */
final class BlockTable {

  private static final int DELETE_BLOCKS_MAX = 256;

  private final Lane lane;
  private final LastNumber lastNumber;
  private final PreparedStatement insert;
  private final PreparedStatement within;
  private final PreparedStatement delete;
  private final PreparedStatement deleteSome;
  private final PreparedStatement behind;

  BlockTable(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    String table = Schema.blocks(lane);
    lastNumber = new LastNumber(connection, lane);
    insert =
        connection.prepareStatement("INSERT INTO " + table + "(key, n, bytes) VALUES (?, ?, ?)");
    within =
        connection.prepareStatement(
            "SELECT key, n, bytes FROM " + table + " WHERE key BETWEEN ? AND ?");
    String stretch = " WHERE key BETWEEN ? AND ?";
    delete = connection.prepareStatement("DELETE FROM " + table + stretch);
    deleteSome =
        connection.prepareStatement(
            "DELETE FROM "
                + table
                + " WHERE key IN (SELECT key FROM "
                + table
                + stretch
                + " LIMIT "
                + DELETE_BLOCKS_MAX
                + ")");
    behind =
        connection.prepareStatement(
            "SELECT key FROM " + table + " WHERE key > ? ORDER BY key LIMIT 1");
  }

  /** The last number given out in an epoch; 0 for none. */
  long lastSeq(int epoch) throws SQLException {
    return lastNumber.in(epoch);
  }

  /** The block of a row with key, number of readings and bytes. */
  static StoredBlock block(Lane lane, ResultSet row) throws SQLException {
    long key = row.getLong(1);
    return new StoredBlock(
        new BlockKey(Schema.epochOf(key), lane, Schema.seqOf(key), row.getInt(2)),
        Rows.bytes(row, 3));
  }

  void insert(StoredBlock block) throws SQLException {
    BlockKey key = block.key();
    insert.setLong(1, Schema.key(key.epoch(), key.firstSeq()));
    insert.setInt(2, key.n());
    insert.setBytes(3, block.bytes());
    insert.executeUpdate();
  }

  /** Takes readings away; false where that was done before. */
  boolean remove(Removal removal) throws SQLException {
    stretch(within, removal.epoch(), removal.firstSeq(), removal.lastSeq());
    List<StoredBlock> there = Rows.all(within, row -> block(lane, row));
    if (there.isEmpty() || isDone(there, removal)) return false;
    delete(removal.epoch(), removal.firstSeq(), removal.lastSeq());
    for (StoredBlock rest : removal.rest()) insert(rest);
    return true;
  }

  private static boolean isDone(List<StoredBlock> there, Removal removal) {
    return there.size() == 1
        && removal.rest().size() == 1
        && Arrays.equals(there.getFirst().bytes(), removal.rest().getFirst().bytes());
  }

  /** Deletes the blocks that begin within a stretch. */
  void delete(int epoch, long firstSeq, long lastSeq) throws SQLException {
    stretch(delete, epoch, firstSeq, lastSeq);
    delete.executeUpdate();
  }

  /** The first epoch of which there are blocks, and that is not known; 0 for none. */
  int firstUnknown(Set<Integer> known) throws SQLException {
    int epoch = 0;
    do {
      behind.setLong(1, Schema.key(epoch, BlockKey.SEQ_MAX));
      epoch = Schema.epochOf(Rows.number(behind));
    } while (known.contains(epoch));
    return epoch;
  }

  /** Deletes some of an epoch's blocks. */
  void deleteSome(int epoch) throws SQLException {
    stretch(deleteSome, epoch, 0, BlockKey.SEQ_MAX);
    deleteSome.executeUpdate();
  }

  private static void stretch(PreparedStatement statement, int epoch, long first, long last)
      throws SQLException {
    statement.setLong(1, Schema.key(epoch, first));
    statement.setLong(2, Schema.key(epoch, last));
  }
}
