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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final RemovedTable removals;
  private final PreparedStatement hasEpoch;
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
    removals = new RemovedTable(connection);
    hasEpoch = connection.prepareStatement("SELECT count(*) FROM epoch WHERE epoch = ?");
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
    for (Settled owed : what.owed()) settled.takeBack(owed);
    for (Anchor a : what.anchors()) Anchors.insert(connection, a);
    for (Association a : what.associations()) Associations.insert(connection, a);
    List<Removal> gone = new ArrayList<>();
    for (Removal r : what.removals()) if (remove(r)) gone.add(r);
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

  /** Takes readings away and books them; false where that was done before. */
  private boolean remove(Removal r) throws SQLException {
    if (!table(r.lane()).remove(r)) return false;
    removals.add(new RemovedTable.Gone(r.epoch(), r.lane(), r.kind(), r.lastSeq(), r.readings()));
    return true;
  }

  /** What is done in a transaction. */
  interface Work {
    void run() throws SQLException, StoreException;
  }

  void inTransaction(Work work) throws SQLException, StoreException {
    begin.executeUpdate();
    work.run();
    commit.executeUpdate();
  }

  /**
   * Takes away a part of what a salvage that was cut short left; false where there is nothing.
   * Until an epoch has its row, none of its blocks count.
   */
  boolean clearUnseen() throws SQLException, StoreException {
    Set<Integer> known = new HashSet<>();
    for (EpochRow row : Epochs.all(connection)) known.add(row.epoch());
    for (BlockTable table : blocks.values()) {
      int unseen = table.firstUnknown(known);
      if (unseen == 0) continue;
      inTransaction(() -> table.deleteSome(unseen));
      return true;
    }
    return false;
  }

  boolean hasEpoch(int number) throws SQLException {
    hasEpoch.setInt(1, number);
    return Rows.number(hasEpoch) > 0;
  }

  void putRow(long id, byte[] row) throws SQLException, StoreException {
    dictionary.put(id, row);
  }

  byte @Nullable [] row(long id) throws SQLException {
    return dictionary.get(id);
  }

  /** Writes a block of an older epoch that has no row yet. */
  void bringBack(StoredBlock block) throws SQLException {
    table(block.key().lane()).insert(block);
  }

  /** Deletes blocks within a stretch of an older epoch that has no row yet. */
  void drop(BlockKey key) throws SQLException {
    table(key.lane()).delete(key.epoch(), key.firstSeq(), key.lastSeq());
  }

  /** Remembers the last numbers of an epoch whose file was set aside. */
  void promise(int asideEpoch, Map<Lane, Long> asideLast) throws SQLException, StoreException {
    inTransaction(() -> {
      for (Map.Entry<Lane, Long> lane : asideLast.entrySet()) {
        removals.add(
            new RemovedTable.Gone(
                asideEpoch, lane.getKey(), RemovalKind.DAMAGED, lane.getValue(), 0));
      }
    });
  }

  /** What is remembered of epochs that have no row. */
  List<RemovedTable.Gone> promised() throws SQLException {
    List<RemovedTable.Gone> promised = new ArrayList<>();
    for (RemovedTable.Gone row : removals.all()) if (!hasEpoch(row.epoch())) promised.add(row);
    return promised;
  }

  /** Makes epochs visible whose blocks are back. */
  void adopt(Adoption adoption) throws SQLException, StoreException {
    Set<Anchor> known = new HashSet<>(Anchors.all(connection));
    inTransaction(() -> {
      for (EpochRow row : adoption.epochs()) Epochs.insert(connection, row);
      for (Anchor a : adoption.anchors()) {
        if (known.add(a)) Anchors.insert(connection, a);
      }
      for (Association a : adoption.associations()) Associations.insert(connection, a);
      for (Settled s : adoption.settled()) settled.add(s);
      for (RemovedTable.Gone gone : adoption.gone()) removals.put(gone);
    });
    adoption.kept().forEach((lane, readings) -> kept.merge(lane, readings, Long::sum));
    for (RemovedTable.Gone gone : adoption.gone()) {
      removed(gone.kind()).merge(gone.lane(), gone.readings(), Long::sum);
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
      // Another file took the place of ours: it is left as it is, and its content comes back.
      throw new StoreException(
          StoreException.Fault.DAMAGED, "epoch " + epoch.epoch() + " is used already: " + stored);
    }
  }

  private void count() throws SQLException {
    List<EpochRow> epochs = Epochs.all(connection);
    for (Lane lane : Lane.values()) {
      long given = 0;
      for (EpochRow row : epochs) given += table(lane).lastSeq(row.epoch());
      kept.put(lane, given);
      last.put(lane, table(lane).lastSeq(epoch.epoch()));
      for (RemovalKind kind : RemovalKind.values()) removed(kind).put(lane, 0L);
    }
    for (RemovedTable.Gone gone : removals.all()) {
      kept.merge(gone.lane(), -gone.readings(), Long::sum);
      removed(gone.kind()).merge(gone.lane(), gone.readings(), Long::sum);
    }
  }
}
