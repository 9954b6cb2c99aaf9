package io.headwall.store.sqlite;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox.StoreSize;
import io.headwall.store.Removal;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The writing connection and its prepared statements, for one epoch. After any exception it is good
 * for nothing but being closed, which takes back what was not committed.
 */
final class Writer {

  private final Connection connection;
  private final CommitLog log;
  private final EpochRow epoch;
  private final Map<Lane, BlockTable> blocks = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> last = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> kept = new EnumMap<>(Lane.class);
  private final Map<RemovalKind, Map<Lane, Long>> removed = new EnumMap<>(RemovalKind.class);
  private final DictionaryTable dictionary;
  private final SettledTable settled;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement bytes;

  Writer(Connection connection, CommitLog log, EpochRow epoch) throws SQLException, StoreException {
    this.connection = connection;
    this.log = log;
    this.epoch = epoch;
    for (Lane lane : Lane.values()) blocks.put(lane, new BlockTable(connection, lane));
    dictionary = new DictionaryTable(connection);
    settled = new SettledTable(connection);
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    bytes =
        connection.prepareStatement(
            "SELECT (p.page_count - f.freelist_count) * s.page_size"
                + " FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s");
    beginEpoch();
    count();
  }

  /** The last numbers given out in this epoch; lanes without any are missing. */
  Map<Lane, Long> last() {
    Map<Lane, Long> given = new EnumMap<>(last);
    given.values().removeIf(seq -> seq == 0);
    return given;
  }

  void commit(Commit what) throws SQLException, StoreException {
    Map<Lane, Long> given = new EnumMap<>(last);
    for (StoredBlock block : what.blocks()) requireNext(given, block.key());
    if (what.isEmpty() && what.rows().isEmpty()) return;
    begin.executeUpdate();
    for (Map.Entry<Long, byte[]> row : what.rows().entrySet()) {
      dictionary.put(row.getKey(), row.getValue());
    }
    for (StoredBlock block : what.blocks()) table(block.key().lane()).insert(block);
    for (Settled done : what.settled()) settled.add(done);
    for (Anchor a : what.anchors()) Anchors.insert(connection, a);
    for (Association a : what.associations()) Associations.insert(connection, a);
    List<Removal> gone = new ArrayList<>();
    for (Removal r : what.removals()) if (table(r.lane()).remove(r)) gone.add(r);
    commit.executeUpdate();
    log.sync();
    last.putAll(given);
    for (Removal r : gone) {
      kept.merge(r.lane(), -r.readings(), Long::sum);
      removed(r.kind()).merge(r.lane(), r.readings(), Long::sum);
    }
    for (StoredBlock block : what.blocks()) {
      kept.merge(block.key().lane(), (long) block.key().n(), Long::sum);
    }
  }

  StoreSize size(boolean reserved) throws SQLException {
    Map<RemovalKind, Map<Lane, Long>> gone = new EnumMap<>(RemovalKind.class);
    removed.forEach((kind, byLane) -> gone.put(kind, Map.copyOf(byLane)));
    return new StoreSize(Map.copyOf(kept), gone, Rows.number(bytes), reserved);
  }

  void close() {
    StoreFile.close(connection);
    log.close();
  }

  private Map<Lane, Long> removed(RemovalKind kind) {
    return removed.computeIfAbsent(kind, k -> new EnumMap<>(Lane.class));
  }

  private BlockTable table(Lane lane) {
    BlockTable table = blocks.get(lane);
    if (table == null) throw new IllegalStateException("every lane has a table");
    return table;
  }

  /** A number used twice cannot be mended later, so nothing but the next one is taken. */
  private void requireNext(Map<Lane, Long> given, BlockKey key) {
    long next = given.getOrDefault(key.lane(), 0L) + 1;
    if (key.epoch() != epoch.epoch() || key.firstSeq() != next) {
      throw new IllegalArgumentException(
          key + " where epoch " + epoch.epoch() + " goes on with " + next);
    }
    given.put(key.lane(), key.lastSeq());
  }

  private void beginEpoch() throws SQLException, StoreException {
    EpochRow stored = null;
    for (EpochRow row : Epochs.all(connection)) if (row.epoch() == epoch.epoch()) stored = row;
    if (stored == null) Epochs.insert(connection, epoch);
    else if (!stored.equals(epoch)) {
      throw new StoreException("epoch " + epoch.epoch() + " is used already: " + stored);
    }
  }

  private void count() throws SQLException {
    List<EpochRow> epochs = Epochs.all(connection);
    for (Lane lane : Lane.values()) {
      BlockTable table = table(lane);
      long given = 0;
      for (EpochRow row : epochs) given += table.lastSeq(row.epoch());
      for (RemovalKind kind : RemovalKind.values()) {
        removed(kind).put(lane, table.removed(kind));
        given -= table.removed(kind);
      }
      kept.put(lane, given);
      last.put(lane, table.lastSeq(epoch.epoch()));
    }
  }
}
