package io.headwall.store;

import java.util.ArrayList;
import java.util.List;

/**
 * What uplinks are done with, or owe once more, until it is committed. Owned by the store thread.
 */
final class SettledNews {

  /**
   * What is settled is saved this often: each time rewrites a page of its own, and all that is at
   * stake is what is sent once more after a crash.
   */
  private static final long SETTLED_NS_MAX = 10_000_000_000L;

  private final Mailbox<Settled> mailbox;
  private final List<Settled> settled = new ArrayList<>();
  private final List<Settled> owed = new ArrayList<>();
  private long sinceNs;

  SettledNews(Mailbox<Settled> mailbox) {
    this.mailbox = mailbox;
  }

  /** Takes over what forwarders have said. */
  void take(long nowNs) {
    List<Settled> news = mailbox.takeNow();
    if (!news.isEmpty() && settled.isEmpty()) sinceNs = nowNs;
    settled.addAll(news);
  }

  /** These were delivered and are to be delivered once more. */
  void owe(List<Settled> again) {
    owed.addAll(again);
  }

  /** What is to be settled with the next commit, before what is owed once more is taken out. */
  List<Settled> due(long nowNs) {
    boolean due = nowNs - sinceNs >= SETTLED_NS_MAX || !owed.isEmpty();
    return due ? List.copyOf(settled) : List.of();
  }

  List<Settled> owed() {
    return List.copyOf(owed);
  }

  boolean isDue(long nowNs) {
    return !due(nowNs).isEmpty() || !owed.isEmpty();
  }

  /** All of it is due with the next commit. */
  void hurry(long nowNs) {
    sinceNs = nowNs - SETTLED_NS_MAX;
  }

  /** A commit is durable; what came in while it was not finished waits for the next one. */
  void committed(Commit commit) {
    settled.subList(0, commit.settled().size()).clear();
    owed.subList(0, commit.owed().size()).clear();
  }
}
