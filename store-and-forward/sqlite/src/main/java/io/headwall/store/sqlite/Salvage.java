package io.headwall.store.sqlite;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.Association;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.MetricRow;
import io.headwall.store.Origin;
import io.headwall.store.Salvaged;
import io.headwall.store.Salvaged.Stage;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what is whole in one file that was set aside, under its old identity, a bounded step
 * at a time: first the small tables and the dictionary, then the blocks, newest pages first. Its
 * epochs get their rows in the last step, and until then no reader sees anything of them. Cut short
 * at any point, another one begins anew. Owned by the store thread.
 */
final class Salvage implements AutoCloseable {

  /** Pages that a step looks at, in bytes. */
  private static final int STEP_BYTES = 128 << 10;

  /** A boot of which nothing is known: no anchor has it, so no time comes of it. */
  private static final String BOOT_LOST = "lost";

  private final Path file;
  private final Carver carver;
  private final EpochRow running;
  private final boolean last;
  private final FoundFacts facts = new FoundFacts();
  private final Map<Integer, Map<Lane, FoundLane>> lanes = new TreeMap<>();
  private final Set<Integer> left = new TreeSet<>();
  private final Set<Integer> before = new TreeSet<>();
  private Phase phase = Phase.CLEAR;
  private int page;
  private int unreadable;
  private boolean full;

  private enum Phase {
    CLEAR,
    FACTS,
    BLOCKS,
    ACCOUNT,
    SHOW
  }

  /**
   * Opens a file.
   *
   * @param running the epoch that runs; all of the file's are older
   * @param last whether no other file was set aside after this one
   */
  Salvage(Path file, EpochRow running, boolean last) throws IOException {
    this.file = file;
    this.carver = new Carver(file);
    this.running = running;
    this.last = last;
  }

  Path file() {
    return file;
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  /**
   * The next step.
   *
   * @param uplinks what they are all done with is not told as lost
   * @param room whether there is room for more blocks
   */
  Salvaged step(Writer writer, List<String> uplinks, boolean room)
      throws SQLException, StoreException {
    switch (phase) {
      case CLEAR -> {
        if (writer.clearUnseen()) break;
        if (!room) return new Salvaged(Stage.NOTHING, List.of(), name() + ": no room for anything");
        begin(Phase.FACTS);
      }
      case FACTS -> {
        writer.inTransaction(() -> carve(row -> fact(writer, row)));
        if (page == 0) begin(Phase.BLOCKS);
      }
      case BLOCKS -> {
        full = !room;
        if (room) writer.inTransaction(() -> carve(row -> block(writer, row)));
        if (page == 0 || full) phase = Phase.ACCOUNT;
      }
      case ACCOUNT -> {
        phase = Phase.SHOW;
        return account(writer, uplinks);
      }
      case SHOW -> {
        writer.adopt(adoption());
        return new Salvaged(Stage.VISIBLE, List.of(), "");
      }
    }
    return new Salvaged(Stage.WORKING, List.of(), "");
  }

  private void begin(Phase next) {
    phase = next;
    page = carver.pages();
    unreadable = 0;
  }

  private void carve(Carver.Finds finds) throws SQLException, StoreException {
    int n = Math.max(1, STEP_BYTES / carver.pageBytes());
    for (; n > 0 && page > 0; n--, page--) {
      try {
        carver.carve(page, finds);
      } catch (IOException e) {
        unreadable++;
      }
    }
  }

  private void fact(Writer writer, Columns row) throws SQLException, StoreException {
    if (row.values().size() == 2
        && row.values().get(0) instanceof Long id
        && row.values().get(1) instanceof byte[] bytes) {
      if (MetricRow.idOf(bytes) == id) writer.putRow(id, bytes);
    } else {
      facts.add(row);
    }
  }

  private void block(Writer writer, Columns row) throws SQLException, StoreException {
    if (row.values().size() == 3
        && row.values().get(0) instanceof Long key
        && row.values().get(1) instanceof Long n
        && row.values().get(2) instanceof byte[] bytes) {
      int epoch = Schema.epochOf(key);
      long seq = Schema.seqOf(key);
      boolean possible = key > 0 && epoch > 0 && seq > 0 && n > 0 && n < Integer.MAX_VALUE;
      if (!possible || seq > BlockKey.SEQ_MAX - n) return;
      for (Lane lane : Lane.values()) {
        BlockKey under = new BlockKey(epoch, lane, seq, n.intValue());
        take(writer, new StoredBlock(under, bytes));
      }
    }
  }

  private void take(Writer writer, StoredBlock block) throws SQLException, StoreException {
    BlockKey key = block.key();
    if (!BlockCodec.isWhole(block) || !isOurs(writer, key.epoch())) return;
    boolean sparse = BlockCodec.isSparse(block);
    FoundLane lane = lane(key.epoch(), key.lane());
    if (!lane.wants(key, sparse)) return;
    try {
      int readings = BlockCodec.decode(block, id -> row(writer, id)).size();
      if (lane.replaces(key)) writer.drop(key);
      writer.bringBack(block);
      lane.took(key, sparse, readings);
    } catch (BlockCodec.CorruptBlockException e) {
      // Its dictionary is damaged: without names its values are nothing.
      lane.knowLast(key.lastSeq());
    }
  }

  private static byte @Nullable [] row(Writer writer, long id) throws StoreException {
    try {
      return writer.row(id);
    } catch (SQLException e) {
      throw SqliteFault.of("cannot read the dictionary", e);
    }
  }

  /** Whether an epoch is to come back: one that has a row did so before. */
  private boolean isOurs(Writer writer, int epoch) throws SQLException {
    if (lanes.containsKey(epoch)) return true;
    if (left.contains(epoch) || before.contains(epoch)) return false;
    if (writer.hasEpoch(epoch)) return !before.add(epoch);
    boolean known = facts.epochs().containsKey(epoch) || isOriginSure();
    if (epoch >= running.epoch() || !known) left.add(epoch);
    return epoch < running.epoch() && known;
  }

  /** Where a card came from another box, an epoch without a row may be of either. */
  private boolean isOriginSure() {
    Origin origin = running.origin();
    return facts.epochs().values().stream().allMatch(row -> row.origin().equals(origin));
  }

  private FoundLane lane(int epoch, Lane lane) {
    return lanes
        .computeIfAbsent(epoch, e -> new EnumMap<>(Lane.class))
        .computeIfAbsent(lane, l -> new FoundLane(epoch, l));
  }

  /** Learns which numbers were given out, and says what is lost of them. */
  private Salvaged account(Writer writer, List<String> uplinks) throws SQLException {
    for (RemovedTable.Gone promised : writer.promised()) {
      // Of an epoch that nothing was found of, this may be another file's.
      boolean here = last || lanes.containsKey(promised.epoch());
      if (here && isOurs(writer, promised.epoch())) {
        lane(promised.epoch(), promised.lane()).knowLast(promised.lastSeq());
      }
    }
    for (int epoch : facts.epochsSeen()) {
      if (!isOurs(writer, epoch)) continue;
      for (Lane lane : Lane.values()) {
        for (RemovalKind kind : RemovalKind.values()) {
          lane(epoch, lane).knowLast(facts.gone(epoch, lane, kind).lastSeq());
        }
      }
      for (Settled s : facts.settled(epoch)) lane(epoch, s.lane()).knowLast(s.to());
    }
    List<Salvaged.Lost> lost = new ArrayList<>();
    long damaged = 0;
    for (int epoch : lanes.keySet()) {
      List<Settled> settled = facts.settled(epoch);
      for (FoundLane lane : found(epoch)) {
        long gone = gone(lane).getLast().readings();
        damaged += gone;
        lane.lost(settled, uplinks, gone).ifPresent(lost::add);
      }
    }
    return new Salvaged(Stage.FOUND, lost, said(damaged));
  }

  private String said(long damaged) {
    if (lanes.isEmpty() && left.isEmpty() && !before.isEmpty()) return "";
    long back = 0;
    for (int epoch : lanes.keySet()) {
      for (FoundLane lane : found(epoch)) back += lane.readings();
    }
    StringBuilder said = new StringBuilder(name());
    said.append(": ").append(back).append(" readings of ").append(lanes.size());
    said.append(" epochs are back, ").append(damaged).append(" are lost");
    if (unreadable > 0) said.append("; pages not readable: ").append(unreadable);
    if (full) said.append("; no room for more");
    if (!left.isEmpty()) said.append("; left in the file: epochs ").append(left);
    return said.toString();
  }

  private List<FoundLane> found(int epoch) {
    return List.copyOf(lanes.getOrDefault(epoch, Map.of()).values());
  }

  private List<RemovedTable.Gone> gone(FoundLane lane) {
    return lane.gone(
        facts.gone(lane.epoch(), lane.lane(), RemovalKind.THINNED).readings(),
        facts.gone(lane.epoch(), lane.lane(), RemovalKind.EVICTED).readings());
  }

  private Adoption adoption() {
    List<EpochRow> epochs = new ArrayList<>();
    List<Association> associations = new ArrayList<>();
    List<Settled> settled = new ArrayList<>();
    List<RemovedTable.Gone> gone = new ArrayList<>();
    Map<Lane, Long> kept = new EnumMap<>(Lane.class);
    for (int epoch : lanes.keySet()) {
      EpochRow lost = new EpochRow(epoch, running.origin(), BOOT_LOST, 0);
      epochs.add(facts.epochs().getOrDefault(epoch, lost));
      // With its row an epoch lost the clock that its places are told by.
      if (facts.epochs().containsKey(epoch)) associations.addAll(facts.associations(epoch));
      settled.addAll(facts.settled(epoch));
      for (FoundLane lane : found(epoch)) {
        gone.addAll(gone(lane));
        kept.merge(lane.lane(), lane.readings(), Long::sum);
      }
    }
    return new Adoption(epochs, facts.anchors(), associations, settled, gone, kept);
  }

  @Override
  public void close() {
    try {
      carver.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
