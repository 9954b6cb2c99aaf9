package io.headwall.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between threads: many may offer, one takes.
 *
 * @param <T> what is handed over
 */
public final class Mailbox<T> {

  private static final int TAKE_MAX = 4096;

  private final BlockingQueue<T> queue;
  private final long waitMs;

  /**
   * An empty mailbox.
   *
   * @param capacity beyond this an offer is refused
   * @param waitMs how long a taker waits for a first item; 0 under a stepper, where nobody else
   *     runs
   */
  public Mailbox(int capacity, long waitMs) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.waitMs = waitMs;
  }

  /** Hands over, or says at once that the mailbox is full. */
  public boolean offer(T item) {
    return queue.offer(item);
  }

  /** Hands over unless that would fill more than a part of the mailbox. */
  public boolean offer(T item, double part) {
    int size = queue.size();
    return size < part * (size + queue.remainingCapacity()) && queue.offer(item);
  }

  /** Everything that is there; waits a little where nothing is. */
  public List<T> take() {
    List<T> items = takeNow();
    if (!items.isEmpty() || waitMs == 0) return items;
    @Nullable T first = poll();
    if (first == null) return items;
    items.add(first);
    queue.drainTo(items, TAKE_MAX - 1);
    return items;
  }

  /** Everything that is there, without waiting. */
  public List<T> takeNow() {
    List<T> items = new ArrayList<>();
    queue.drainTo(items, TAKE_MAX);
    return items;
  }

  public int size() {
    return queue.size();
  }

  private @Nullable T poll() {
    try {
      return queue.poll(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The owner's thread is being ended; what is due is still done.
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
