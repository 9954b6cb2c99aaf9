package io.headwall.store;

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
  private final Map<Lane, Long> evicted = new EnumMap<>(Lane.class);

  /** The next commit fails: before or after it became durable. */
  @Nullable Boolean failDurable;

  int commits;

  @Override
  public Map<Lane, Long> open(EpochRow epoch) {
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
    if (durable != null) throw new StoreException("told to fail");
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
  }

  @Override
  public long evict(Lane lane, int blocksMax) {
    long readings = 0;
    for (int i = 0; i < blocksMax; i++) {
      StoredBlock oldest = oldest(lane);
      if (oldest == null) break;
      lane(oldest.key().epoch(), lane).remove(oldest.key().firstSeq());
      readings += oldest.key().n();
    }
    evicted.merge(lane, readings, Long::sum);
    return readings;
  }

  private @Nullable StoredBlock oldest(Lane lane) {
    for (EpochRow epoch : epochs) {
      NavigableMap<Long, StoredBlock> all = lane(epoch.epoch(), lane);
      if (!all.isEmpty()) return all.firstEntry().getValue();
    }
    return null;
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
        readings.merge(b.key().lane(), (long) b.key().n(), Long::sum);
        bytes += b.bytes().length;
      }
    }
    return new StoreSize(readings, Map.copyOf(evicted), bytes);
  }

  @Override
  public OutboxReader newReader() {
    return new Reader();
  }

  @Override
  public void close() {}

  private long lastSeq(int epoch, Lane lane) {
    NavigableMap<Long, StoredBlock> all = lane(epoch, lane);
    return all.isEmpty() ? 0 : all.lastEntry().getValue().key().lastSeq();
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
