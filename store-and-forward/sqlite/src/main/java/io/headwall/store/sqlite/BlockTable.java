package io.headwall.store.sqlite;

import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.StoredBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Writes and evicts the blocks of one lane.
 *
 * <p>Numbers are dense from 1 in each epoch, and whatever goes is booked in {@code evicted}: so the
 * readings kept are the last number less those booked, and no opening ever counts rows.
 */
final class BlockTable {

  private final Lane lane;
  private final LastNumber lastNumber;
  private final PreparedStatement insert;
  private final PreparedStatement oldest;
  private final PreparedStatement deleteTo;
  private final PreparedStatement book;
  private final PreparedStatement booked;

  BlockTable(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    String table = Schema.blocks(lane);
    lastNumber = new LastNumber(connection, lane);
    insert =
        connection.prepareStatement("INSERT INTO " + table + "(key, n, bytes) VALUES (?, ?, ?)");
    oldest = connection.prepareStatement("SELECT key, n FROM " + table + " ORDER BY key LIMIT ?");
    deleteTo = connection.prepareStatement("DELETE FROM " + table + " WHERE key <= ?");
    book =
        connection.prepareStatement(
            "INSERT INTO evicted(epoch, lane, last_seq, readings) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq,"
                + " readings = readings + excluded.readings");
    booked = connection.prepareStatement("SELECT sum(readings) FROM evicted WHERE lane = ?");
  }

  /** The last number given out in an epoch; 0 for none. */
  long lastSeq(int epoch) throws SQLException {
    return lastNumber.in(epoch);
  }

  /** Readings that have gone, of all epochs. */
  long evicted() throws SQLException {
    booked.setInt(1, lane.ordinal());
    return Rows.number(booked);
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

  /** Takes away up to a number of the oldest blocks; returns how many readings went. */
  long evict(int blocksMax) throws SQLException {
    long gone = 0;
    long key = 0;
    long n = 0;
    long ofEpoch = 0;
    oldest.setInt(1, blocksMax);
    try (ResultSet row = oldest.executeQuery()) {
      while (row.next()) {
        if (Schema.epochOf(row.getLong(1)) != Schema.epochOf(key)) {
          book(key + n - 1, ofEpoch);
          ofEpoch = 0;
        }
        key = row.getLong(1);
        n = row.getInt(2);
        ofEpoch += n;
        gone += n;
      }
    }
    book(key + n - 1, ofEpoch);
    deleteTo.setLong(1, key);
    deleteTo.executeUpdate();
    return gone;
  }

  private void book(long lastKey, long readings) throws SQLException {
    if (readings == 0) return;
    book.setInt(1, Schema.epochOf(lastKey));
    book.setInt(2, lane.ordinal());
    book.setLong(3, Schema.seqOf(lastKey));
    book.setLong(4, readings);
    book.executeUpdate();
  }
}
