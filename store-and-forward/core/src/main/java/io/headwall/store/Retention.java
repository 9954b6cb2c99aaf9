package io.headwall.store;

import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.spi.time.WallTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is stored until age or quota takes it, a bounded step at a time.
 *
 * <p>Over quota the first to go is what every receiver has, oldest first. Then, of what is still
 * owed: waveforms; numerics are thinned to the lowest, median and highest value of a minute; then
 * numerics, events and alarms go, each oldest first. By age only what is known to be old goes: a
 * clock that was never set, or one set wrong, must not throw a record away. Owned by the store
 * thread.
 */
final class Retention {

  private static final int STEP_BLOCKS = 256;

  /**
   * Less than this is left alone as long as another lane can give more: each step costs records.
   */
  private static final int STEP_BLOCKS_MIN = 64;

  private static final int THIN_BLOCKS = 600;
  private static final long THIN_BYTES = 1 << 20;
  private static final long THIN_AGE_NS = TimeUnit.MINUTES.toNanos(10);

  /**
   * Often, so that the lanes give up the same stretch of time: pages that lay together in the file
   * come free together, and fewer of them are rewritten.
   */
  private static final long BY_AGE_EVERY_NS = TimeUnit.MINUTES.toNanos(1);

  /** Room is made in large pieces: each small one would rewrite pages of its own. */
  private static final int SLACK_PARTS = 50;

  /** How much of what was held back the outbox grows into; the rest is for its log. */
  private static final long RESERVE_USE_BYTES = 2 << 20;

  private static final String QUOTA = "store is full";
  private static final String AGE = "age";

  private final StorePolicy policy;
  private final List<String> uplinks;
  private final Forecast forecast;
  private Outbox.StoreSize size = new Outbox.StoreSize(Map.of(), Map.of(), 0, true);
  private long diskBytes = Long.MAX_VALUE;
  private Front thinned = Front.START;
  private boolean making;
  private long byAgeNs = Long.MIN_VALUE;

  /**
   * When the present round by age began: what gets too old meanwhile waits for the next. Else the
   * first lane, of which a block gets old each second, would never let another have its turn.
   */
  private @Nullable WallTime agedAt;

  /** How far numerics have been thinned. */
  private record Front(int epoch, long seq) {
    static final Front START = new Front(0, 0);

    static Front of(BlockKey key) {
      return new Front(key.epoch(), key.firstSeq());
    }
  }

  Retention(StorePolicy policy, List<String> uplinks, Forecast forecast) {
    this.policy = policy;
    this.uplinks = List.copyOf(uplinks);
    this.forecast = forecast;
  }

  /** A commit went in between two looks at the size. */
  void committed(Commit commit) {
    Map<Lane, Long> kept = new EnumMap<>(Lane.class);
    kept.putAll(size.readings());
    for (StoredBlock block : commit.blocks()) {
      kept.merge(block.key().lane(), (long) block.key().n(), Long::sum);
    }
    size = new Outbox.StoreSize(kept, size.removed(), size.bytes(), size.reserved());
  }

  /**
   * The disk has no more room than the outbox takes now. While what was held back for that day
   * lasts, nothing has to go: the disk may be free again before it is used up. After that, less has
   * to do.
   */
  void diskFull() {
    long room = size.reserved() ? RESERVE_USE_BYTES : -size.bytes() / SLACK_PARTS;
    diskBytes = Math.min(diskBytes, size.bytes() + room);
  }

  /** A step did not come to pass, or another file took the place of the one before. */
  void startOver() {
    thinned = Front.START;
    making = false;
  }

  /**
   * The next step that is due now; empty where nothing has to go.
   *
   * @param running the running epoch, to whose monotonic time {@code nowNs} belongs
   */
  Removals.Step due(Outbox outbox, WallTime wall, int running, long nowNs) throws StoreException {
    size = outbox.size();
    if (size.reserved()) diskBytes = Long.MAX_VALUE;
    @Nullable Lane crowded = crowded();
    boolean due = byAgeNs == Long.MIN_VALUE || nowNs - byAgeNs >= BY_AGE_EVERY_NS;
    if (due && wall.quality().trusted() && agedAt == null) agedAt = wall;
    @Nullable WallTime aged = wall.quality().trusted() ? agedAt : null;
    if (!making && crowded == null && aged == null) return Removals.Step.NONE;
    try (OutboxReader reader = outbox.newReader()) {
      Removals removals = new Removals(reader, Delivered.of(reader, uplinks), nowNs);
      if (making) return makeRoom(removals, List.of(Lane.values()), running, nowNs);
      if (crowded != null) return makeRoom(removals, List.of(crowded), running, nowNs);
      Removals.Step step = aged == null ? Removals.Step.NONE : byAge(removals, aged);
      if (!step.isEmpty()) return step;
      // Once nothing is too old any more, nobody has to look for a while.
      byAgeNs = nowNs;
      agedAt = null;
      return step;
    }
  }

  /** How large the outbox may grow by what comes back: nothing newer has to go for it. */
  long salvageBytesMax() {
    long quota = Math.min(policy.quotaBytes(), diskBytes);
    return quota - 2 * (quota / SLACK_PARTS);
  }

  /** A lane over its own quota, and whether all together are over theirs. */
  private @Nullable Lane crowded() {
    long quota = Math.min(policy.quotaBytes(), diskBytes);
    if (size.bytes() > quota) making = true;
    if (size.bytes() <= quota - quota / SLACK_PARTS) making = false;
    for (Lane lane : Lane.values()) {
      long bytes = forecast.bytes(lane, size.readings().getOrDefault(lane, 0L));
      if (bytes > policy.limit(lane).quotaBytes()) return lane;
    }
    return null;
  }

  private Removals.Step makeRoom(Removals removals, List<Lane> lanes, int running, long nowNs)
      throws StoreException {
    Removals.Step step = evictDelivered(removals, lanes);
    for (int blocksMin : new int[] {STEP_BLOCKS_MIN, 1}) {
      for (Lane lane : Forecast.LOWEST_FIRST) {
        if (!step.isEmpty() || !lanes.contains(lane)) continue;
        if (lane == Lane.NUMERIC) step = thin(removals, running, nowNs);
        if (step.isEmpty()) step = evictOldest(removals, lane, blocksMin);
      }
    }
    return step;
  }

  /** Of what every receiver has, the oldest of all lanes. */
  private static Removals.Step evictDelivered(Removals removals, List<Lane> lanes)
      throws StoreException {
    List<StoredBlock> oldest = List.of();
    long oldestNs = 0;
    for (Lane lane : lanes) {
      List<StoredBlock> run = oldestDelivered(removals, lane);
      if (run.isEmpty()) continue;
      long ns = orderNs(run.getFirst());
      int epoch = run.getFirst().key().epoch();
      int before = oldest.isEmpty() ? Integer.MAX_VALUE : oldest.getFirst().key().epoch();
      if (epoch < before || (epoch == before && ns < oldestNs)) {
        oldest = run;
        oldestNs = ns;
      }
    }
    return oldest.isEmpty() ? Removals.Step.NONE : removals.evict(oldest, QUOTA);
  }

  private static List<StoredBlock> oldestDelivered(Removals removals, Lane lane)
      throws StoreException {
    Delivered delivered = removals.delivered();
    @Nullable StoredBlock block = removals.reader().after(lane, 0, 0);
    while (block != null && !delivered.contains(block.key())) {
      BlockKey key = block.key();
      long next = delivered.next(key.epoch(), lane, key.lastSeq() + 1);
      block =
          next == Long.MAX_VALUE
              ? removals.reader().after(lane, key.epoch(), BlockKey.SEQ_MAX)
              : removals.reader().after(lane, key.epoch(), next - 1);
    }
    List<StoredBlock> run = new ArrayList<>();
    while (block != null && run.size() < STEP_BLOCKS && follows(run, block)) {
      if (!delivered.contains(block.key())) break;
      run.add(block);
      block = removals.reader().after(lane, block.key().epoch(), block.key().firstSeq());
    }
    return run;
  }

  private static boolean follows(List<StoredBlock> run, StoredBlock block) {
    return run.isEmpty() || run.getLast().key().epoch() == block.key().epoch();
  }

  private static long orderNs(StoredBlock block) {
    try {
      return BlockCodec.firstMeasuredNs(block);
    } catch (BlockCodec.CorruptBlockException e) {
      return Long.MIN_VALUE;
    }
  }

  private static Removals.Step evictOldest(Removals removals, Lane lane, int blocksMin)
      throws StoreException {
    List<StoredBlock> run = new ArrayList<>();
    @Nullable StoredBlock block = removals.reader().after(lane, 0, 0);
    while (block != null && run.size() < STEP_BLOCKS && follows(run, block)) {
      run.add(block);
      block = removals.reader().after(lane, block.key().epoch(), block.key().firstSeq());
    }
    return run.size() < blocksMin ? Removals.Step.NONE : removals.evict(run, QUOTA);
  }

  /** The oldest numerics that are not thinned yet, and not of the last minutes. */
  private Removals.Step thin(Removals removals, int running, long nowNs) throws StoreException {
    OutboxReader reader = removals.reader();
    @Nullable StoredBlock block = reader.after(Lane.NUMERIC, thinned.epoch(), thinned.seq());
    while (block != null) {
      boolean sparse = BlockCodec.isSparse(block);
      List<StoredBlock> run = sparse ? List.of(block) : oldNumerics(reader, block, running, nowNs);
      if (run.isEmpty()) break;
      thinned = Front.of(run.getLast().key());
      Removals.Step step = sparse ? Removals.Step.NONE : removals.thin(run, QUOTA);
      if (!step.isEmpty()) return step;
      block = reader.after(Lane.NUMERIC, thinned.epoch(), thinned.seq());
    }
    return Removals.Step.NONE;
  }

  /** Blocks from one on that can be thinned together. */
  private static List<StoredBlock> oldNumerics(
      OutboxReader reader, StoredBlock first, int running, long nowNs) throws StoreException {
    List<StoredBlock> run = new ArrayList<>();
    long bytes = 0;
    @Nullable StoredBlock block = first;
    while (block != null && run.size() < THIN_BLOCKS && bytes < THIN_BYTES) {
      BlockKey key = block.key();
      boolean young = key.epoch() == running && nowNs - orderNs(block) < THIN_AGE_NS;
      if (young || BlockCodec.isSparse(block) || !follows(run, block)) break;
      run.add(block);
      bytes += block.bytes().length;
      block = reader.after(Lane.NUMERIC, key.epoch(), key.firstSeq());
    }
    return run;
  }

  private Removals.Step byAge(Removals removals, WallTime wall) throws StoreException {
    for (Lane lane : Forecast.LOWEST_FIRST) {
      long keepNs = policy.limit(lane).keepNs();
      @Nullable StoredBlock block = removals.reader().after(lane, 0, 0);
      while (block != null) {
        List<StoredBlock> run = new ArrayList<>();
        while (block != null && run.size() < STEP_BLOCKS && follows(run, block)) {
          if (!isOld(removals.measured(block), wall, keepNs)) break;
          run.add(block);
          block = removals.reader().after(lane, block.key().epoch(), block.key().firstSeq());
        }
        if (!run.isEmpty()) return removals.evict(run, AGE);
        // Within an epoch the rest is younger; the next one may have a time where this has none.
        if (block != null) {
          block = removals.reader().after(lane, block.key().epoch(), BlockKey.SEQ_MAX);
        }
      }
    }
    return Removals.Step.NONE;
  }

  private static boolean isOld(Moment measured, WallTime wall, long keepNs) {
    return measured.quality().trusted() && wall.epochNs() - measured.epochNs() > keepNs;
  }

  Map<Lane, Long> kept() {
    return size.readings();
  }

  Map<Lane, Long> removed(RemovalKind kind) {
    return size.removed(kind);
  }

  Map<Lane, Double> hoursLeft(long nowNs) {
    return forecast.hoursLeft(size.readings(), policy, nowNs);
  }

  long fileBytes() {
    return size.bytes();
  }
}
