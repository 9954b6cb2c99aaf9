package io.headwall.simulation;

import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;

/**
 * A reader of the real outbox on a card that may fail; notices whoever reads for ever without time
 * passing.
 */
final class WatchedReader extends ChangedReader {

  /** More than the blocks of a run have numbers of. */
  private static final int QUESTIONS_MAX = 200_000;

  private final Disk disk;
  private final SimClock clock;
  private long sinceNs = -1;
  private int questions;

  WatchedReader(OutboxReader real, Disk disk, SimClock clock) {
    super(real);
    this.disk = disk;
    this.clock = clock;
  }

  @Override
  <T> T asked(Question<T> question) throws StoreException {
    disk.requireReadable();
    if (sinceNs != clock.nowNs()) questions = 0;
    sinceNs = clock.nowNs();
    if (++questions > QUESTIONS_MAX) throw new Violation("goes-on", "the outbox is read for ever");
    return disk.told(question);
  }
}
