package io.headwall.store;

import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An outbox without a disk, which can be told to fail. */
final class MemoryOutbox implements Outbox {

  private record LaneKey(int epoch, Lane lane) {}

  private final Map<LaneKey, NavigableMap<Long, StoredBlock>> blocks = new HashMap<>();
  private final Map<Long, byte[]> rows = new HashMap<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final List<Anchor> anchors = new ArrayList<>();
  private final List<Association> associations = new ArrayList<>();
  private final List<Settled> settled = new ArrayList<>();
  private final Map<RemovalKind, Map<Lane, Long>> removed = new EnumMap<>(RemovalKind.class);
  private final Map<LaneKey, Long> last = new HashMap<>();

  /** What was set aside, as readers see it; null once it is back. */
  private @Nullable MemoryOutbox aside;

  /** What the next step of salvage comes to. */
  private Salvaged.Stage salvage = Salvaged.Stage.WORKING;

  /** What salvage says is lost. */
  final List<Salvaged.Lost> lost = new ArrayList<>();

  /** What it does on the next opening. */
  @Nullable StoreException failOpen;

  /** How many times readers cannot open the fresh file yet. */
  int failReopen;

  boolean reserved = true;

  int setAside;

  /** The next commit fails: before or after it became durable. */
  @Nullable Boolean failDurable;

  /** How it fails then. */
  StoreException.Fault failFault = StoreException.Fault.OTHER;

  int commits;

  @Override
  public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
    StoreException fails = failOpen;
    failOpen = null;
    if (fails != null) throw fails;
    if (!epochs.contains(epoch)) epochs.add(epoch);
    Map<Lane, Long> last = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      long seq = lastSeq(epoch.epoch(), lane);
      if (seq > 0) last.put(lane, seq);
    }
    return last;
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    Boolean durable = failDurable;
    failDurable = null;
    if (durable == null || durable) store(commit);
    StoreException.Fault fault = failFault;
    failFault = StoreException.Fault.OTHER;
    if (fault == StoreException.Fault.FULL) reserved = false;
    if (durable != null) throw new StoreException(fault, "told to fail");
  }

  private void store(Commit commit) {
    commits++;
    for (StoredBlock b : commit.blocks()) {
      NavigableMap<Long, StoredBlock> lane = lane(b.key().epoch(), b.key().lane());
      if (lane.put(b.key().firstSeq(), b) != null) throw new IllegalStateException("number twice");
    }
    rows.putAll(commit.rows());
    anchors.addAll(commit.anchors());
    associations.addAll(commit.associations());
    settled.addAll(commit.settled());
    for (Settled owed : commit.owed()) {
      boolean discards = owed.how() == Settled.How.DISCARDED;
      takeBack(discards ? owed.as(Settled.How.DEAD) : owed);
      if (discards) settled.add(owed);
    }
    for (Removal removal : commit.removals()) remove(removal);
  }

  private void takeBack(Settled owed) {
    for (Settled s : List.copyOf(settled)) {
      boolean same = s.uplink().equals(owed.uplink()) && s.how() == owed.how();
      if (!same || s.epoch() != owed.epoch() || s.lane() != owed.lane()) continue;
      IntervalSet left = new IntervalSet();
      left.add(s.from(), s.to());
      left.remove(owed.from(), owed.to());
      settled.remove(s);
      for (IntervalSet.Interval i : left.intervals()) {
        settled.add(new Settled(s.uplink(), s.epoch(), s.lane(), i.from(), i.to(), s.how()));
      }
    }
  }

  /** Takes away the oldest blocks of a lane, of one epoch; returns how many readings went. */
  long evict(Lane lane, int blocksMax) {
    List<StoredBlock> run = new ArrayList<>();
    @Nullable StoredBlock block = new Reader().after(lane, 0, 0);
    while (block != null && run.size() < blocksMax) {
      run.add(block);
      block = new Reader().after(lane, block.key().epoch(), block.key().firstSeq());
    }
    BlockKey first = run.getFirst().key();
    long last = run.getLast().key().lastSeq();
    long n = last - first.firstSeq() + 1;
    remove(
        new Removal(
            first.epoch(), lane, first.firstSeq(), last, n, RemovalKind.EVICTED, List.of()));
    return n;
  }

  private void remove(Removal removal) {
    NavigableMap<Long, StoredBlock> lane =
        lane(removal.epoch(), removal.lane())
            .subMap(removal.firstSeq(), true, removal.lastSeq(), true);
    if (List.copyOf(lane.values()).equals(removal.rest())) return;
    lane.clear();
    for (StoredBlock rest : removal.rest()) lane.put(rest.key().firstSeq(), rest);
    removed
        .computeIfAbsent(removal.kind(), k -> new EnumMap<>(Lane.class))
        .merge(removal.lane(), removal.readings(), Long::sum);
    last.merge(new LaneKey(removal.epoch(), removal.lane()), removal.lastSeq(), Math::max);
  }

  List<Settled> settled() {
    return List.copyOf(settled);
  }

  @Override
  public StoreSize size() {
    Map<Lane, Long> readings = new EnumMap<>(Lane.class);
    long bytes = 0;
    for (NavigableMap<Long, StoredBlock> lane : blocks.values()) {
      for (StoredBlock b : lane.values()) {
        readings.merge(b.key().lane(), readings(b), Long::sum);
        bytes += b.bytes().length;
      }
    }
    return new StoreSize(readings, Map.copyOf(removed), bytes, reserved);
  }

  private long readings(StoredBlock block) {
    if (!BlockCodec.isSparse(block)) return block.key().n();
    try {
      return BlockCodec.decode(block, newReader()).size();
    } catch (BlockCodec.CorruptBlockException | StoreException e) {
      return block.key().n();
    }
  }

  /** Forgets everything, as a file does that is moved away; only salvage knows of it. */
  @Override
  public void setAside() {
    setAside++;
    aside = copy();
    salvage = Salvaged.Stage.WORKING;
    blocks.clear();
    rows.clear();
    epochs.clear();
    anchors.clear();
    associations.clear();
    settled.clear();
    removed.clear();
    last.clear();
  }

  private MemoryOutbox copy() {
    MemoryOutbox copy = new MemoryOutbox();
    copy.add(this);
    return copy;
  }

  private void add(MemoryOutbox other) {
    other.blocks.forEach((key, all) -> lane(key.epoch(), key.lane()).putAll(all));
    rows.putAll(other.rows);
    epochs.addAll(0, other.epochs);
    anchors.addAll(other.anchors);
    associations.addAll(other.associations);
    settled.addAll(other.settled);
    last.putAll(other.last);
  }

  @Override
  public Salvaged salvage(List<String> uplinks, long bytesMax) {
    MemoryOutbox back = aside;
    if (back == null) return Salvaged.NOTHING;
    Salvaged.Stage now = salvage;
    boolean found = now == Salvaged.Stage.FOUND;
    salvage = found ? Salvaged.Stage.VISIBLE : Salvaged.Stage.FOUND;
    if (now == Salvaged.Stage.VISIBLE) {
      add(back);
      aside = null;
    }
    return new Salvaged(now, found ? lost : List.of(), found ? "some are back" : "");
  }

  @Override
  public OutboxReader newReader() {
    return new Reader();
  }

  @Override
  public void close() {}

  private long lastSeq(int epoch, Lane lane) {
    NavigableMap<Long, StoredBlock> all = lane(epoch, lane);
    long removedTo = last.getOrDefault(new LaneKey(epoch, lane), 0L);
    return all.isEmpty()
        ? removedTo
        : Math.max(removedTo, all.lastEntry().getValue().key().lastSeq());
  }

  private NavigableMap<Long, StoredBlock> lane(int epoch, Lane lane) {
    return blocks.computeIfAbsent(new LaneKey(epoch, lane), k -> new TreeMap<>());
  }

  private final class Reader implements OutboxReader {
    @Override
    public List<EpochRow> epochs() {
      return List.copyOf(epochs);
    }

    @Override
    public @Nullable StoredBlock block(int epoch, Lane lane, long seq) {
      NavigableMap<Long, StoredBlock> all = lane(epoch, lane);
      Map.Entry<Long, StoredBlock> at = all.floorEntry(seq);
      if (at != null && at.getValue().key().lastSeq() >= seq) return at.getValue();
      Map.Entry<Long, StoredBlock> next = all.higherEntry(seq);
      return next == null ? null : next.getValue();
    }

    @Override
    public @Nullable StoredBlock after(Lane lane, int epoch, long seq) {
      for (EpochRow row : epochs) {
        if (row.epoch() < epoch) continue;
        Map.Entry<Long, StoredBlock> next =
            lane(row.epoch(), lane).higherEntry(row.epoch() == epoch ? seq : 0);
        if (next != null) return next.getValue();
      }
      return null;
    }

    @Override
    public void reopen() throws StoreException {
      if (failReopen-- > 0) throw new StoreException("told to fail");
    }

    @Override
    public long lastSeq(int epoch, Lane lane) {
      return MemoryOutbox.this.lastSeq(epoch, lane);
    }

    @Override
    public byte @Nullable [] row(long metricId) {
      return rows.get(metricId);
    }

    @Override
    public List<Anchor> anchors() {
      return List.copyOf(anchors);
    }

    @Override
    public List<Association> associations() {
      return List.copyOf(associations);
    }

    @Override
    public List<Settled> settled(String uplink) {
      return settled.stream().filter(s -> s.uplink().equals(uplink)).toList();
    }

    @Override
    public void close() {}
  }
}
