package io.headwall.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one forwarder of commits. What its mailbox has no room for is told with the next one: a
 * forwarder that missed a bed move would send readings under the wrong bed. Owned by the store
 * thread.
 */
final class NewsLine {

  private final Mailbox<Committed> mailbox;
  private @Nullable Committed owed;

  NewsLine(Mailbox<Committed> mailbox) {
    this.mailbox = mailbox;
  }

  void send(Committed news) {
    Committed all = owed == null ? news : merged(owed, news);
    owed = mailbox.offer(all) ? null : all;
  }

  /** Numbers are dense, so of each lane only the newest block matters. */
  private static Committed merged(Committed older, Committed newer) {
    Map<Lane, BlockKey> newest = new EnumMap<>(Lane.class);
    for (BlockKey key : concat(older.blocks(), newer.blocks())) newest.put(key.lane(), key);
    return new Committed(
        List.copyOf(newest.values()),
        concat(older.anchors(), newer.anchors()),
        concat(older.associations(), newer.associations()),
        newer.began() == null ? older.began() : newer.began(),
        older.salvaged() || newer.salvaged(),
        concat(older.owed(), newer.owed()));
  }

  private static <T> List<T> concat(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
