package io.headwall.store.sqlite;

import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.BlockKey;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.MetricRow;
import io.headwall.store.OutboxReader;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outbox over a connection of its own that cannot write. Each call sees what was
 * committed before it.
 */
final class SqliteReader implements OutboxReader {

  private final StoreFile file;
  private final Supplier<Sightings> ofFile;
  private final RowCache rows = new RowCache();
  private Sightings sightings;
  private Queries queries;

  /** A connection and what is prepared on it. */
  private record Queries(
      Connection connection,
      Map<Lane, LaneQueries> lanes,
      PreparedStatement row,
      PreparedStatement settled,
      PreparedStatement epochFrom) {}

  /** The queries of one lane. */
  private record LaneQueries(PreparedStatement block, PreparedStatement after, LastNumber last) {}

  /**
   * Opens a connection.
   *
   * @param sightings of the present file; asked from this reader's thread
   */
  SqliteReader(StoreFile file, Supplier<Sightings> sightings) throws StoreException {
    this.file = file;
    this.ofFile = sightings;
    // Before the connection: damage of an older file must not be told of a newer one.
    this.sightings = sightings.get();
    this.queries = prepare(file, this.sightings);
  }

  /** For what else is to be read in the same transaction. */
  Connection connection() {
    return queries.connection();
  }

  private static Queries prepare(StoreFile file, Sightings sightings) throws StoreException {
    try {
      return prepare(file);
    } catch (StoreException e) {
      throw told(sightings, e);
    }
  }

  private static Queries prepare(StoreFile file) throws StoreException {
    Connection connection = file.openReader();
    boolean ready = false;
    try {
      Map<Lane, LaneQueries> lanes = new EnumMap<>(Lane.class);
      for (Lane lane : Lane.values()) {
        lanes.put(
            lane,
            new LaneQueries(
                connection.prepareStatement(blockAndNext(lane)),
                connection.prepareStatement(
                    "SELECT key, n, bytes FROM "
                        + Schema.blocks(lane)
                        + " WHERE key > ? ORDER BY key LIMIT 1"),
                new LastNumber(connection, lane)));
      }
      Queries queries =
          new Queries(
              connection,
              lanes,
              connection.prepareStatement("SELECT row FROM dictionary WHERE id = ?"),
              connection.prepareStatement(SettledTable.OF_UPLINK),
              connection.prepareStatement("SELECT min(epoch) FROM epoch WHERE epoch >= ?"));
      ready = true;
      return queries;
    } catch (SQLException e) {
      throw file.openFault(e);
    } finally {
      if (!ready) StoreFile.close(connection);
    }
  }

  /** The last block that begins at or before a key, and the one after it. */
  private static String blockAndNext(Lane lane) {
    String from = " FROM " + Schema.blocks(lane) + " WHERE key ";
    return "SELECT key, n, bytes"
        + from
        + ">= (SELECT coalesce(max(key), ?1)"
        + from
        + "BETWEEN ?2 AND ?1) AND key <= ?3 ORDER BY key LIMIT 2";
  }

  @Override
  public List<EpochRow> epochs() throws StoreException {
    return read(() -> Epochs.all(queries.connection()));
  }

  @Override
  public @Nullable StoredBlock block(int epoch, Lane lane, long seq) throws StoreException {
    return read(() -> find(epoch, lane, seq)).orElse(null);
  }

  private Optional<StoredBlock> find(int epoch, Lane lane, long seq) throws SQLException {
    PreparedStatement query = queries(lane).block();
    query.setLong(1, Schema.key(epoch, seq));
    query.setLong(2, Schema.key(epoch, 0));
    query.setLong(3, Schema.key(epoch, BlockKey.SEQ_MAX));
    List<StoredBlock> found = Rows.all(query, r -> BlockTable.block(lane, r));
    return found.stream().filter(block -> block.key().lastSeq() >= seq).findFirst();
  }

  @Override
  public @Nullable StoredBlock after(Lane lane, int epoch, long seq) throws StoreException {
    return read(() -> visible(lane, Schema.key(epoch, seq))).orElse(null);
  }

  /** The first block behind a key of an epoch that has a row: others are on their way back. */
  private Optional<StoredBlock> visible(Lane lane, long key) throws SQLException {
    PreparedStatement after = queries(lane).after();
    long behind = key;
    while (true) {
      after.setLong(1, behind);
      Optional<StoredBlock> found = Rows.first(after, r -> BlockTable.block(lane, r));
      if (found.isEmpty()) return found;
      int epoch = found.get().key().epoch();
      queries.epochFrom().setInt(1, epoch);
      int known = (int) Rows.number(queries.epochFrom());
      if (known == epoch) return found;
      if (known == 0) return Optional.empty();
      behind = Schema.key(known, 0);
    }
  }

  @Override
  public void reopen() throws StoreException {
    close();
    rows.clear();
    sightings = ofFile.get();
    queries = prepare(file, sightings);
  }

  @Override
  public long lastSeq(int epoch, Lane lane) throws StoreException {
    return read(() -> queries(lane).last().in(epoch));
  }

  @Override
  public byte @Nullable [] row(long metricId) throws StoreException {
    byte[] cached = rows.get(metricId);
    if (cached != null) return cached;
    Optional<byte[]> bytes = read(() -> findRow(metricId));
    if (bytes.isPresent() && MetricRow.idOf(bytes.get()) != metricId) {
      throw told(
          sightings,
          new StoreException(
              StoreException.Fault.DAMAGED,
              "dictionary row altered in the file; " + SqliteFault.SET_ASIDE));
    }
    bytes.ifPresent(b -> rows.put(metricId, b));
    return bytes.orElse(null);
  }

  private Optional<byte[]> findRow(long metricId) throws SQLException {
    queries.row().setLong(1, metricId);
    return Rows.first(queries.row(), r -> Rows.bytes(r, 1));
  }

  @Override
  public List<Anchor> anchors() throws StoreException {
    return read(() -> Anchors.all(queries.connection()));
  }

  @Override
  public List<Association> associations() throws StoreException {
    return read(() -> Associations.all(queries.connection()));
  }

  @Override
  public List<Settled> settled(String uplink) throws StoreException {
    return read(() -> {
      queries.settled().setString(1, uplink);
      return Rows.all(queries.settled(), row -> SettledTable.settled(Columns.of(row)));
    });
  }

  @Override
  public void close() {
    StoreFile.close(queries.connection());
  }

  private LaneQueries queries(Lane lane) {
    LaneQueries ofLane = queries.lanes().get(lane);
    if (ofLane == null) throw new IllegalStateException("every lane has its queries");
    return ofLane;
  }

  private interface Read<T> {
    T now() throws SQLException;
  }

  private <T> T read(Read<T> read) throws StoreException {
    try {
      return read.now();
    } catch (SQLException e) {
      throw told(sightings, file.fault("cannot read", e));
    }
  }

  /** Lets the writer know of damage, which alone can do something about it. */
  private static StoreException told(Sightings sightings, StoreException e) {
    if (e.fault() == StoreException.Fault.DAMAGED) sightings.report(String.valueOf(e.getMessage()));
    return e;
  }
}
