package io.headwall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** Where in {@link #settled} the last of a kind is, if that may still grow. */
  private final Map<Kind, Integer> growing = new HashMap<>();

  private long sinceNs;

  private record Kind(String uplink, int epoch, Lane lane, Settled.How how) {
    static Kind of(Settled s) {
      return new Kind(s.uplink(), s.epoch(), s.lane(), s.how());
    }
  }

  SettledNews(Mailbox<Settled> mailbox) {
    this.mailbox = mailbox;
  }

  /** Takes over what forwarders have said. */
  void take(long nowNs) {
    List<Settled> news = mailbox.takeNow();
    if (!news.isEmpty() && settled.isEmpty()) sinceNs = nowNs;
    for (Settled one : news) add(one);
  }

  /** A backlog is settled in its order: that is one stretch, and one row of the commit. */
  private void add(Settled news) {
    Integer at = growing.get(Kind.of(news));
    if (at != null && settled.get(at).to() + 1 == news.from()) {
      settled.set(at, news.part(settled.get(at).from(), news.to()));
    } else {
      growing.put(Kind.of(news), settled.size());
      settled.add(news);
    }
  }

  /** These were delivered and are to be delivered once more. */
  void owe(List<Settled> again) {
    owed.addAll(again);
  }

  /**
   * What is to be settled with the next commit, before what is owed once more is taken out. It does
   * not grow any more.
   */
  List<Settled> due(long nowNs) {
    if (!isDue(nowNs)) return List.of();
    growing.clear();
    return List.copyOf(settled);
  }

  List<Settled> owed() {
    return List.copyOf(owed);
  }

  boolean isDue(long nowNs) {
    return !owed.isEmpty() || (!settled.isEmpty() && nowNs - sinceNs >= SETTLED_NS_MAX);
  }

  /** All of it is due with the next commit. */
  void hurry(long nowNs) {
    sinceNs = nowNs - SETTLED_NS_MAX;
  }

  /** A commit is durable; what came in while it was not finished waits for the next one. */
  void committed(Commit commit) {
    // A commit in which nothing was due leaves all in its place.
    if (!commit.settled().isEmpty()) growing.clear();
    settled.subList(0, commit.settled().size()).clear();
    owed.subList(0, commit.owed().size()).clear();
  }
}
