package io.headwall.store;

import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Duty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Commits what arrives: numerics, events and waves within the time at risk, an alarm at once
 * together with whatever waits, and tells the forwarders afterwards. The only writer of the outbox.
 * Owned by the store thread.
 *
 * <p>A failed commit is tried again for as long as it takes, after the outbox was opened anew. A
 * damaged file is set aside instead, and what waits is committed to a fresh one under a fresh
 * epoch.
 */
public final class StoreDuty implements Duty {

  private static final long ANCHOR_CHECK_NS = 1_000_000_000L;
  private static final long RETENTION_CHECK_NS = 1_000_000_000L;

  private static final long REOPEN_FIRST_NS = 250_000_000L;
  private static final long REOPEN_LONGEST_NS = 3_000_000_000L;

  private final StoreParts parts;
  private final StorePolicy policy;
  private final Place place;
  private final long placeSinceNs;
  private final AnchorKeeper anchors;
  private final Forecast forecast = new Forecast();
  private final Retention retention;
  private final SalvageWork salvage;
  private final TallyBook tallies = new TallyBook();
  private final Backoff reopen;
  private final List<NewsLine> newsLines;

  private final Pending pending = new Pending();
  private final Map<Lane, MetricList> metrics = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> nextSeq = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> stored = new EnumMap<>(Lane.class);

  /** What the box itself has to record; it joins the next commit. */
  private final List<Arrival> records = new ArrayList<>();

  private final SettledNews settled;
  private final List<Anchor> newAnchors = new ArrayList<>();
  private final List<Association> newAssociations = new ArrayList<>();
  private Removals.Step step = Removals.Step.NONE;
  private EpochRow epoch;
  private @Nullable EpochRow began;
  private long anchorCheckNs;
  private long retentionCheckNs;
  private long commits;
  private long made;
  private long storedBytes;
  private @Nullable Commit unfinished;
  private boolean damaged;
  private boolean setAside;
  private long reopenAtNs;
  private long faultSinceNs;
  private String fault = "";
  private volatile StoreStats stats;

  /** Takes over an outbox that was opened. */
  public StoreDuty(StoreParts parts, StorePolicy policy, OpenedStore opened, Place place) {
    this.parts = parts;
    this.policy = policy;
    this.place = place;
    this.placeSinceNs = opened.epoch().startedNs();
    this.anchors = new AnchorKeeper(parts.clocks());
    this.settled = new SettledNews(parts.settlements());
    this.retention = new Retention(policy, parts.uplinks(), forecast);
    this.salvage = new SalvageWork(parts.outbox(), parts.uplinks());
    this.reopen = new Backoff(REOPEN_FIRST_NS, REOPEN_LONGEST_NS, parts.random());
    this.newsLines = parts.forwarders().stream().map(NewsLine::new).toList();
    this.epoch = opened.epoch();
    for (Lane lane : Lane.values()) stored.put(lane, 0L);
    enter(opened);
    this.stats = snapshot(parts.clocks().bootNs());
  }

  /** Goes on in an epoch: with its numbers, and with an anchor and a place of its own. */
  private void enter(OpenedStore opened) {
    epoch = opened.epoch();
    for (Lane lane : Lane.values()) nextSeq.put(lane, opened.last().getOrDefault(lane, 0L) + 1);
    anchors.startOver();
    salvage.startOver();
    // What waits was read here too, before an epoch that began in the midst of a run.
    newAssociations.add(new Association(epoch.epoch(), placeSinceNs, place, "configuration"));
    if (opened.damage().isEmpty()) return;
    records.add(
        Box.event(
            parts.clocks().bootNs(),
            "store damaged and set aside, epoch " + epoch.epoch() + ": " + opened.damage()));
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public int doWork(long nowNs) {
    settled.take(nowNs);
    int taken = takeArrivals();
    if (!isWell()) {
      if (nowNs >= reopenAtNs) recover(nowNs);
      stats = snapshot(nowNs);
      return taken;
    }
    if (nowNs - anchorCheckNs >= ANCHOR_CHECK_NS) {
      anchorCheckNs = nowNs;
      Anchor anchor = anchors.due();
      if (anchor != null) newAnchors.add(anchor);
    }
    if (tallies.due(nowNs)) records.addAll(tallies.close(nowNs));
    if (commitDue(nowNs)) commit(nowNs);
    if (isWell() && nowNs - retentionCheckNs >= RETENTION_CHECK_NS) retain(nowNs);
    // After a fresh file was told of, and once nothing of the box's own waits to be committed.
    boolean calm = isWell() && began == null && records.isEmpty();
    if (calm && salvage.isDue(nowNs)) salvage(nowNs);
    stats = snapshot(nowNs);
    return taken;
  }

  /** Commits what is left; what cannot be committed now is lost, and was said to be at risk. */
  @Override
  public void close() {
    long nowNs = parts.clocks().bootNs();
    settled.take(nowNs);
    if (!isWell()) recover(nowNs);
    while (isWell() && takeArrivals() > 0) commit(nowNs);
    if (isWell()) commitAll(nowNs);
    if (isWell()) {
      records.addAll(tallies.close(nowNs));
      commit(nowNs);
    }
    stats = snapshot(nowNs);
    parts.outbox().close();
  }

  /** The account as of the last step; any thread may ask. */
  public StoreStats stats() {
    return stats;
  }

  /**
   * Has readings delivered once more, under their own numbers: they are owed again from the next
   * commit on. Only the store's thread may ask.
   *
   * @param again as in {@link Commit#owed}
   */
  public void owe(List<Settled> again) {
    settled.owe(again);
    records.add(Box.resend(parts.clocks().bootNs(), again));
  }

  /** Whether what was asked for by {@link #owe} is not durable yet. */
  public boolean isOwing() {
    return !settled.owed().isEmpty();
  }

  private boolean isWell() {
    return unfinished == null && !damaged && !setAside;
  }

  private int takeArrivals() {
    // What a commit that failed has to be built of again stays as it is.
    if (!isWell() || pending.isFull()) return 0;
    List<Arrival> news = parts.arrivals().take();
    if (news.isEmpty()) return 0;
    // The wait for the mailbox is part of the time at risk, so the clock is read after it.
    pending.add(news, parts.clocks().bootNs());
    return news.size();
  }

  private boolean commitDue(long nowNs) {
    // A tenth of the time at risk is left for the commit itself.
    long waitNs = policy.atRiskNs() - policy.atRiskNs() / 10;
    if (pending.isDue(nowNs, waitNs) || settled.isDue(nowNs)) return true;
    return !newAnchors.isEmpty() || !newAssociations.isEmpty();
  }

  private void commitAll(long nowNs) {
    settled.hurry(nowNs);
    commit(nowNs);
  }

  private void commit(long nowNs) {
    Commit commit = build(nowNs);
    if (commit.isEmpty()) return;
    unfinished = commit;
    try {
      parts.outbox().commit(commit);
      committed(nowNs, commit);
    } catch (StoreException e) {
      failed(nowNs, e);
    }
  }

  private Commit build(long nowNs) {
    List<StoredBlock> blocks = new ArrayList<>();
    // In order of their ids, so that equal readings make equal files.
    SortedMap<Long, byte[]> rows = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      List<Arrival> arrivals = arrivalsOf(lane);
      if (arrivals.isEmpty()) continue;
      BlockKey key = new BlockKey(epoch.epoch(), lane, seqOf(lane), arrivals.size());
      BlockCodec.Encoded encoded = BlockCodec.encode(metrics(lane), key, arrivals);
      blocks.add(encoded.block());
      rows.putAll(encoded.rows());
    }
    return new Commit(
        List.copyOf(blocks),
        Collections.unmodifiableSortedMap(rows),
        settled.due(nowNs),
        List.copyOf(newAnchors),
        List.copyOf(newAssociations),
        step.removals(),
        settled.owed());
  }

  /** What a lane's next block is made of; the box's own records are events. */
  private List<Arrival> arrivalsOf(Lane lane) {
    List<Arrival> arrivals = new ArrayList<>(pending.of(lane));
    if (lane == Lane.EVENT) {
      arrivals.addAll(records);
      arrivals.addAll(step.records());
    }
    return arrivals;
  }

  /** The commit is durable: forget what was pending and let the forwarders have it. */
  private void committed(long nowNs, Commit commit) {
    unfinished = null;
    reopen.reset();
    commits++;
    List<BlockKey> keys = new ArrayList<>();
    for (StoredBlock block : commit.blocks()) {
      BlockKey key = block.key();
      keys.add(key);
      nextSeq.put(key.lane(), key.lastSeq() + 1);
      stored.merge(key.lane(), (long) key.n(), Long::sum);
      storedBytes += block.bytes().length;
      tallies.committed(key.epoch(), key.lane(), key.firstSeq(), arrivalsOf(key.lane()));
      pending.committed(key.lane());
    }
    made += records.size() + step.records().size();
    records.clear();
    step = Removals.Step.NONE;
    settled.committed(commit);
    newAnchors.clear();
    newAssociations.clear();
    retention.committed(commit);
    forecast.committed(commit.blocks(), nowNs);
    tell(new Committed(keys, commit.anchors(), commit.associations(), began, false, commit.owed()));
    began = null;
    if (fault.isEmpty()) return;
    long seconds = (nowNs - faultSinceNs) / 1_000_000_000L;
    records.add(Box.event(nowNs, "store could not write for " + seconds + " s: " + fault));
    fault = "";
  }

  private void tell(Committed news) {
    for (NewsLine line : newsLines) line.send(news);
  }

  private void failed(long nowNs, StoreException e) {
    if (fault.isEmpty()) faultSinceNs = nowNs;
    fault = e.getMessage() == null ? "store failed" : e.getMessage();
    reopenAtNs = nowNs + reopen.next();
    switch (e.fault()) {
      case DAMAGED -> damaged = true;
      case FULL -> retention.diskFull();
      case OTHER -> {}
    }
    parts.outbox().close();
  }

  /** Opens again and brings the commit that failed to its end. */
  private void recover(long nowNs) {
    try {
      if (damaged || setAside) {
        startOver();
      } else if (becameDurable()) {
        committed(nowNs, unfinishedCommit());
        return;
      } else {
        giveUpStep();
      }
      unfinished = null;
      commit(nowNs);
    } catch (StoreException e) {
      failed(nowNs, e);
    }
  }

  /** Opens the same file; whether the commit that failed is in it after all. */
  private boolean becameDurable() throws StoreException {
    Map<Lane, Long> last = parts.outbox().open(epoch);
    List<StoredBlock> blocks = unfinishedCommit().blocks();
    return !blocks.isEmpty()
        && blocks.stream()
            .allMatch(b -> last.getOrDefault(b.key().lane(), 0L) >= b.key().lastSeq());
  }

  private Commit unfinishedCommit() {
    if (unfinished == null) throw new IllegalStateException("nothing is unfinished");
    return unfinished;
  }

  /** What was to go may stay for now: it is worked out anew when it is due again. */
  private void giveUpStep() {
    step = Removals.Step.NONE;
    retention.startOver();
  }

  /** Leaves a damaged file for a fresh one. What waits gets its numbers in the fresh epoch. */
  private void startOver() throws StoreException {
    giveUpStep();
    // In steps of their own, so that a failure between them does not set a fresh file aside too.
    if (damaged) parts.outbox().setAside();
    damaged = false;
    setAside = true;
    EpochRow next = parts.epochs().next();
    OpenedStore opened = new OpenedStore(next, parts.outbox().open(next), fault);
    setAside = false;
    began = next;
    newAnchors.clear();
    newAssociations.clear();
    enter(opened);
    Anchor anchor = anchors.due();
    if (anchor != null) newAnchors.add(anchor);
  }

  private void retain(long nowNs) {
    retentionCheckNs = nowNs;
    try {
      step = retention.due(parts.outbox(), parts.clocks().wall(), epoch.epoch(), nowNs);
      if (!step.isEmpty()) commit(nowNs);
    } catch (StoreException e) {
      unfinished = build(nowNs);
      failed(nowNs, e);
    }
  }

  /** Brings back a part of what lies in files set aside. */
  private void salvage(long nowNs) {
    try {
      if (salvage.step(nowNs, retention.salvageBytesMax(), records)) {
        tell(new Committed(List.of(), List.of(), List.of(), null, true, List.of()));
      }
      // With all that is settled: what is shown next is sent unless it is known to be delivered.
      if (!records.isEmpty()) commitAll(nowNs);
    } catch (StoreException e) {
      unfinished = build(nowNs);
      failed(nowNs, salvage.failed(e));
    }
  }

  private StoreStats snapshot(long nowNs) {
    return new StoreStats(
        epoch.epoch(),
        Map.copyOf(stored),
        storedBytes,
        pending.count() + (long) parts.arrivals().size(),
        made,
        commits,
        retention.kept(),
        retention.removed(Reading.RemovalKind.THINNED),
        retention.removed(Reading.RemovalKind.EVICTED),
        retention.removed(Reading.RemovalKind.DAMAGED),
        retention.fileBytes(),
        retention.hoursLeft(nowNs),
        salvage.isRunning(),
        salvage.said(),
        fault);
  }

  private MetricList metrics(Lane lane) {
    return metrics.computeIfAbsent(lane, l -> new MetricList());
  }

  private long seqOf(Lane lane) {
    Long seq = nextSeq.get(lane);
    if (seq == null) throw new IllegalStateException("lane " + lane);
    return seq;
  }
}
