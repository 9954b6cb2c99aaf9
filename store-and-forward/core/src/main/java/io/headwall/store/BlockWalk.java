package io.headwall.store;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All blocks of a store, one at a time: epoch by epoch, and within an epoch in order of time as far
 * as blocks of several lanes have one. Owned by one thread.
 */
final class BlockWalk {

  private final OutboxReader reader;
  private final Map<Lane, StoredBlock> heads = new EnumMap<>(Lane.class);
  private final Map<Lane, StoreException> broken = new EnumMap<>(Lane.class);

  BlockWalk(OutboxReader reader) {
    this.reader = reader;
    for (Lane lane : Lane.values()) advance(lane, 0, 0);
  }

  /** The next block; null behind the last one. */
  @Nullable StoredBlock next() {
    @Nullable StoredBlock first = null;
    for (StoredBlock head : heads.values()) {
      if (first == null || isBefore(head, first)) first = head;
    }
    if (first != null) {
      BlockKey key = first.key();
      advance(key.lane(), key.epoch(), key.firstSeq());
    }
    return first;
  }

  /** Lanes that could not be walked to their ends, and why. */
  Map<Lane, StoreException> broken() {
    return broken;
  }

  private void advance(Lane lane, int epoch, long seq) {
    heads.remove(lane);
    try {
      StoredBlock block = reader.after(lane, epoch, seq);
      if (block != null) heads.put(lane, block);
    } catch (StoreException e) {
      broken.put(lane, e);
    }
  }

  private static boolean isBefore(StoredBlock a, StoredBlock b) {
    if (a.key().epoch() != b.key().epoch()) return a.key().epoch() < b.key().epoch();
    return firstNs(a) < firstNs(b);
  }

  private static long firstNs(StoredBlock block) {
    try {
      return BlockCodec.firstMeasuredNs(block);
    } catch (BlockCodec.CorruptBlockException e) {
      return Long.MIN_VALUE;
    }
  }
}
