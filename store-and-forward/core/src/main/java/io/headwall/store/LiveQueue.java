package io.headwall.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to go at once: blocks as they are committed, and packs made of them. Owned by the
 * uplink's forward thread.
 */
final class LiveQueue {

  private static final int BLOCKS_MAX = 8;

  /** Blocks by rank: alarms, events and numerics, waves. */
  private final List<Deque<BlockKey>> blocks =
      List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());

  private final Deque<Pack> packs = new ArrayDeque<>();
  private final Supply supply;

  LiveQueue(Supply supply) {
    this.supply = supply;
  }

  /** What finds the queue full becomes backlog: on a slow link the freshest go first. */
  void add(BlockKey key) {
    Deque<BlockKey> queue = blocks.get(rank(key.lane()));
    if (queue.size() == BLOCKS_MAX) supply.release(queue.removeFirst());
    queue.addLast(key);
    supply.claim(key);
  }

  private static int rank(Lane lane) {
    return switch (lane) {
      case ALARM -> 0;
      case EVENT, NUMERIC -> 1;
      case WAVE -> 2;
    };
  }

  /** The next pack, of highest rank; null where nothing waits. */
  @Nullable Pack next(long nowNs) throws StoreException {
    for (int rank = 0; rank < blocks.size(); rank++) {
      // An alarm overtakes the packs of lower lanes that are ready already.
      if (rank > 0 && !packs.isEmpty()) return packs.removeFirst();
      while (!blocks.get(rank).isEmpty()) {
        BlockKey key = blocks.get(rank).removeFirst();
        supply.release(key);
        List<Pack> made = new ArrayList<>(supply.live(key, nowNs));
        if (made.isEmpty()) continue;
        for (Pack pack : made.reversed()) packs.addFirst(pack);
        return packs.removeFirst();
      }
    }
    return packs.pollFirst();
  }

  void clear() {
    packs.clear();
    for (Deque<BlockKey> queue : blocks) queue.clear();
  }
}
