package io.headwall.store.sqlite;

import io.headwall.spi.reading.Reading.RemovalKind;
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

/**
 * Writes and removes the blocks of one lane.
 *
 * <p>Numbers are dense from 1 in each epoch, and whatever goes is booked in {@code removed}: so the
 * readings kept are the last number less those booked, and no opening ever counts rows.
 */
final class BlockTable {

  private final Lane lane;
  private final LastNumber lastNumber;
  private final PreparedStatement insert;
  private final PreparedStatement within;
  private final PreparedStatement delete;
  private final PreparedStatement book;
  private final PreparedStatement booked;

  BlockTable(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    String table = Schema.blocks(lane);
    lastNumber = new LastNumber(connection, lane);
    insert =
        connection.prepareStatement("INSERT INTO " + table + "(key, n, bytes) VALUES (?, ?, ?)");
    within =
        connection.prepareStatement(
            "SELECT key, n, bytes FROM " + table + " WHERE key BETWEEN ? AND ?");
    delete = connection.prepareStatement("DELETE FROM " + table + " WHERE key BETWEEN ? AND ?");
    book =
        connection.prepareStatement(
            "INSERT INTO removed(epoch, lane, kind, last_seq, readings) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET last_seq = max(last_seq, excluded.last_seq),"
                + " readings = readings + excluded.readings");
    booked =
        connection.prepareStatement(
            "SELECT coalesce(sum(readings), 0) FROM removed WHERE lane = ? AND kind = ?");
  }

  /** The last number given out in an epoch; 0 for none. */
  long lastSeq(int epoch) throws SQLException {
    return lastNumber.in(epoch);
  }

  /** Readings that were given up in one way, of all epochs. */
  long removed(RemovalKind kind) throws SQLException {
    booked.setInt(1, lane.ordinal());
    booked.setInt(2, kind.ordinal());
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

  /** Takes readings away; false where that was done before. */
  boolean remove(Removal removal) throws SQLException {
    stretch(within, removal);
    List<StoredBlock> there = Rows.all(within, row -> block(lane, row));
    if (there.isEmpty() || isDone(there, removal)) return false;
    stretch(delete, removal);
    delete.executeUpdate();
    for (StoredBlock rest : removal.rest()) insert(rest);
    book.setInt(1, removal.epoch());
    book.setInt(2, lane.ordinal());
    book.setInt(3, removal.kind().ordinal());
    book.setLong(4, removal.lastSeq());
    book.setLong(5, removal.readings());
    book.executeUpdate();
    return true;
  }

  private static boolean isDone(List<StoredBlock> there, Removal removal) {
    return there.size() == 1
        && removal.rest().size() == 1
        && Arrays.equals(there.getFirst().bytes(), removal.rest().getFirst().bytes());
  }

  private static void stretch(PreparedStatement statement, Removal removal) throws SQLException {
    statement.setLong(1, Schema.key(removal.epoch(), removal.firstSeq()));
    statement.setLong(2, Schema.key(removal.epoch(), removal.lastSeq()));
  }
}
