package io.headwall.store;

import io.headwall.spi.time.WallTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is delivered until age or quota takes it. Over quota the oldest of the lowest lane
 * goes first, alarms last. By age only what is known to be old goes: a clock that was never set, or
 * one set wrong, must not throw a record away. Owned by the store thread.
 */
final class Retention {

  private static final int STEP_BLOCKS = 64;
  private static final int STEPS_MAX = 32;
  private static final int OLD_BLOCKS_MAX = 512;
  private static final List<Lane> LOWEST_FIRST =
      List.of(Lane.WAVE, Lane.NUMERIC, Lane.EVENT, Lane.ALARM);

  private final StorePolicy policy;
  private final Map<Lane, Long> kept = new EnumMap<>(Lane.class);
  private Map<Lane, Long> evicted = Map.of();
  private long fileBytes;

  Retention(StorePolicy policy) {
    this.policy = policy;
  }

  /** A commit went in between two looks at the size. */
  void committed(Commit commit) {
    for (StoredBlock block : commit.blocks()) {
      kept.merge(block.key().lane(), (long) block.key().n(), Long::sum);
    }
  }

  /** Evicts what is due, a bounded number of blocks a call. */
  void apply(Outbox outbox, WallTime wall) throws StoreException {
    int steps = 0;
    for (Lane lane : LOWEST_FIRST) {
      while (outbox.size().bytes() > policy.quotaBytes() && steps++ < STEPS_MAX) {
        if (outbox.evict(lane, STEP_BLOCKS) == 0) break;
      }
    }
    if (wall.quality().trusted()) byAge(outbox, wall);
    Outbox.StoreSize size = outbox.size();
    kept.clear();
    kept.putAll(size.readings());
    evicted = size.evicted();
    fileBytes = size.bytes();
  }

  private void byAge(Outbox outbox, WallTime wall) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      Timeline timeline = new Timeline(reader.anchors());
      List<EpochRow> epochs = reader.epochs();
      for (Lane lane : LOWEST_FIRST) {
        int old = 0;
        for (EpochRow epoch : epochs) {
          long seq = 1;
          @Nullable StoredBlock block = reader.block(epoch.epoch(), lane, seq);
          while (block != null && old < OLD_BLOCKS_MAX && isOld(block, epoch, timeline, wall)) {
            old++;
            seq = block.key().lastSeq() + 1;
            block = reader.block(epoch.epoch(), lane, seq);
          }
          // Only the oldest can go: behind one that must stay, none is looked at.
          if (block != null) break;
        }
        if (old > 0) outbox.evict(lane, old);
      }
    }
  }

  private boolean isOld(StoredBlock block, EpochRow epoch, Timeline timeline, WallTime wall) {
    try {
      Moment measured = timeline.moment(epoch.bootId(), BlockCodec.firstMeasuredNs(block));
      return measured.quality().trusted() && wall.epochNs() - measured.epochNs() > policy.keepNs();
    } catch (BlockCodec.CorruptBlockException e) {
      // A damaged block is no proof of age; quota will take it.
      return false;
    }
  }

  Map<Lane, Long> kept() {
    return Map.copyOf(kept);
  }

  Map<Lane, Long> evicted() {
    return evicted;
  }

  long fileBytes() {
    return fileBytes;
  }
}
