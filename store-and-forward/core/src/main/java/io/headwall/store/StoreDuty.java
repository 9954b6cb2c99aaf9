package io.headwall.store;

import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commits what arrives: numerics, events and waves within the time at risk, an alarm at once
 * together with whatever waits, and tells the forwarders afterwards. The only writer of the outbox.
 * Owned by the store thread.
 */
public final class StoreDuty implements Duty {

  private static final int PENDING_MAX = 4096;
  private static final long ANCHOR_CHECK_NS = 1_000_000_000L;
  private static final long RETENTION_CHECK_NS = 10_000_000_000L;
  private static final long REOPEN_FIRST_NS = 250_000_000L;
  private static final long REOPEN_LONGEST_NS = 10_000_000_000L;

  private final Parts parts;
  private final StorePolicy policy;
  private final AnchorKeeper anchors;
  private final Retention retention;
  private final Backoff reopen;
  private final List<NewsLine> newsLines;

  private final Map<Lane, List<Arrival>> pending = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> nextSeq = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> stored = new EnumMap<>(Lane.class);
  private final List<Settled> settled = new ArrayList<>();
  private final List<Anchor> newAnchors = new ArrayList<>();
  private final List<Association> newAssociations = new ArrayList<>();
  private int pendingCount;
  private long pendingSinceNs;
  private long settledSinceNs;
  private long anchorCheckNs;
  private long retentionCheckNs;
  private long commits;
  private long storedBytes;
  private @Nullable Commit unfinished;
  private long reopenAtNs;
  private String fault = "";
  private volatile StoreStats stats;

  /**
   * What the store duty works with.
   *
   * @param outbox opened for {@code epoch}
   * @param epoch the running epoch
   * @param arrivals from the intake
   * @param settlements from the forwarders
   * @param forwarders told of each commit
   */
  public record Parts(
      Outbox outbox,
      EpochRow epoch,
      Mailbox<Arrival> arrivals,
      Mailbox<Settled> settlements,
      List<Mailbox<Committed>> forwarders,
      Clocks clocks,
      RandomGenerator random) {
    public Parts {
      forwarders = List.copyOf(forwarders);
    }
  }

  /**
   * Takes over an outbox that is open.
   *
   * @param lastSeqs what {@link Outbox#open} returned
   */
  public StoreDuty(Parts parts, StorePolicy policy, Map<Lane, Long> lastSeqs, Place place) {
    this.parts = parts;
    this.policy = policy;
    this.anchors = new AnchorKeeper(parts.clocks());
    this.retention = new Retention(policy);
    this.reopen = new Backoff(REOPEN_FIRST_NS, REOPEN_LONGEST_NS, parts.random());
    this.newsLines = parts.forwarders().stream().map(NewsLine::new).toList();
    for (Lane lane : Lane.values()) {
      pending.put(lane, new ArrayList<>());
      nextSeq.put(lane, lastSeqs.getOrDefault(lane, 0L) + 1);
      stored.put(lane, 0L);
    }
    newAssociations.add(
        new Association(parts.epoch().epoch(), parts.epoch().startedNs(), place, "configuration"));
    this.stats = snapshot();
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public int doWork(long nowNs) {
    takeSettlements(nowNs);
    if (unfinished != null) return nowNs >= reopenAtNs ? retry(nowNs) : 0;
    int taken = takeArrivals();
    if (nowNs - anchorCheckNs >= ANCHOR_CHECK_NS) {
      anchorCheckNs = nowNs;
      Anchor anchor = anchors.due();
      if (anchor != null) newAnchors.add(anchor);
    }
    if (commitDue(nowNs)) commit(nowNs);
    if (unfinished == null && nowNs - retentionCheckNs >= RETENTION_CHECK_NS) retain(nowNs);
    stats = snapshot();
    return taken;
  }

  /** Commits what is left; what cannot be committed now is lost, and was said to be at risk. */
  @Override
  public void close() {
    long nowNs = parts.clocks().bootNs();
    takeSettlements(nowNs);
    if (unfinished != null) retry(nowNs);
    while (unfinished == null && takeArrivals() > 0) commit(nowNs);
    if (unfinished == null) commit(nowNs);
    stats = snapshot();
    parts.outbox().close();
  }

  /** The account as of the last step; any thread may ask. */
  public StoreStats stats() {
    return stats;
  }

  private void takeSettlements(long nowNs) {
    List<Settled> news = parts.settlements().takeNow();
    if (!news.isEmpty() && settled.isEmpty()) settledSinceNs = nowNs;
    settled.addAll(news);
  }

  private int takeArrivals() {
    if (pendingCount >= PENDING_MAX) return 0;
    List<Arrival> news = parts.arrivals().take();
    if (news.isEmpty()) return 0;
    // The wait for the mailbox is part of the time at risk, so the clock is read after it.
    if (pendingCount == 0) pendingSinceNs = parts.clocks().bootNs();
    for (Arrival arrival : news) pendingOf(Lane.of(arrival.reading())).add(arrival);
    pendingCount += news.size();
    return news.size();
  }

  private boolean commitDue(long nowNs) {
    if (!pendingOf(Lane.ALARM).isEmpty() || pendingCount >= PENDING_MAX) return true;
    // A tenth of the time at risk is left for the commit itself.
    long waitNs = policy.atRiskNs() - policy.atRiskNs() / 10;
    if (pendingCount > 0 && nowNs - pendingSinceNs >= waitNs) return true;
    if (!settled.isEmpty() && nowNs - settledSinceNs >= waitNs) return true;
    return !newAnchors.isEmpty() || !newAssociations.isEmpty();
  }

  private void commit(long nowNs) {
    Commit commit = build();
    if (commit.isEmpty()) return;
    unfinished = commit;
    finish(nowNs, commit);
  }

  private Commit build() {
    List<StoredBlock> blocks = new ArrayList<>();
    Map<Long, byte[]> rows = new HashMap<>();
    for (Lane lane : Lane.values()) {
      List<Arrival> arrivals = pendingOf(lane);
      if (arrivals.isEmpty()) continue;
      BlockCodec.Encoded encoded =
          BlockCodec.encode(parts.epoch().epoch(), lane, seqOf(lane), arrivals);
      blocks.add(encoded.block());
      rows.putAll(encoded.rows());
    }
    return new Commit(
        List.copyOf(blocks),
        Map.copyOf(rows),
        List.copyOf(settled),
        List.copyOf(newAnchors),
        List.copyOf(newAssociations));
  }

  private void finish(long nowNs, Commit commit) {
    try {
      parts.outbox().commit(commit);
      committed(commit);
    } catch (StoreException e) {
      failed(nowNs, e);
    }
  }

  /** The commit is durable: forget what was pending and let the forwarders have it. */
  private void committed(Commit commit) {
    unfinished = null;
    fault = "";
    reopen.reset();
    commits++;
    List<BlockKey> keys = new ArrayList<>();
    for (StoredBlock block : commit.blocks()) {
      BlockKey key = block.key();
      keys.add(key);
      nextSeq.put(key.lane(), key.lastSeq() + 1);
      stored.merge(key.lane(), (long) key.n(), Long::sum);
      storedBytes += block.bytes().length;
      pendingOf(key.lane()).clear();
      pendingCount -= key.n();
    }
    settled.subList(0, commit.settled().size()).clear();
    newAnchors.clear();
    newAssociations.clear();
    retention.committed(commit);
    Committed news = new Committed(keys, commit.anchors(), commit.associations());
    for (NewsLine line : newsLines) line.send(news);
  }

  private void failed(long nowNs, StoreException e) {
    fault = e.getMessage() == null ? "store failed" : e.getMessage();
    reopenAtNs = nowNs + reopen.next();
    parts.outbox().close();
    stats = snapshot();
  }

  /** Opens again and finds out whether the commit that failed had become durable after all. */
  private int retry(long nowNs) {
    Commit commit = unfinished;
    if (commit == null) return 0;
    try {
      Map<Lane, Long> last = parts.outbox().open(parts.epoch());
      boolean durable =
          !commit.blocks().isEmpty()
              && commit.blocks().stream()
                  .allMatch(b -> last.getOrDefault(b.key().lane(), 0L) >= b.key().lastSeq());
      if (durable) committed(commit);
      else finish(nowNs, commit);
    } catch (StoreException e) {
      failed(nowNs, e);
    }
    stats = snapshot();
    return 1;
  }

  private void retain(long nowNs) {
    retentionCheckNs = nowNs;
    try {
      retention.apply(parts.outbox(), parts.clocks().wall());
    } catch (StoreException e) {
      unfinished = build();
      failed(nowNs, e);
    }
  }

  private StoreStats snapshot() {
    return new StoreStats(
        parts.epoch().epoch(),
        Map.copyOf(stored),
        storedBytes,
        pendingCount + (long) parts.arrivals().size(),
        commits,
        retention.kept(),
        retention.evicted(),
        retention.fileBytes(),
        fault);
  }

  private List<Arrival> pendingOf(Lane lane) {
    List<Arrival> list = pending.get(lane);
    if (list == null) throw new IllegalStateException("lane " + lane);
    return list;
  }

  private long seqOf(Lane lane) {
    Long seq = nextSeq.get(lane);
    if (seq == null) throw new IllegalStateException("lane " + lane);
    return seq;
  }
}
