package io.headwall.store;

import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Duty;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings committed readings to one receiver: live alarms, live, history alarms, history; each until
 * the receiver takes custody. Knows no network and no clock. Owned by the uplink's forward thread.
 */
public final class Forwarder implements Duty, Uplink.Events {

  private static final int LIVE_BLOCKS_MAX = 8;
  private static final long PARKED_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long STORE_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

  private final ForwarderParts parts;
  private final Set<Integer> epochs = new HashSet<>();
  private Backlog backlog = new Backlog();
  private final PackBuilder builder;
  private Refusals refusals = new Refusals();
  private final Backoff reconnect;
  private final TokenBucket historyBudget;

  /** Live blocks by rank: alarms, events and numerics, waves. */
  private final List<Deque<BlockKey>> live =
      List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());

  private final Deque<Pack> readyLive = new ArrayDeque<>();
  private final Deque<Pack> readyHistory = new ArrayDeque<>();
  private final Map<Long, Pack> inFlight = new HashMap<>();

  private State state = State.DOWN;
  private String reason = "not connected yet";
  private long nowNs;
  private long nextTryNs;
  private long nextStatusNs;
  private long parkedUntilNs;
  private long storeRetryNs;
  private EpochRow running;
  private boolean loaded;
  private boolean fresh;
  private int window;
  private long delivered;
  private long dead;
  private long lost;
  private long connects;
  private long lastAcceptedNs;
  private volatile ForwarderStats stats;

  private enum State {
    DOWN,
    CONNECTING,
    UP
  }

  public Forwarder(ForwarderParts parts, ForwarderPolicy policy) {
    this.parts = parts;
    this.running = parts.running();
    this.builder = new PackBuilder(parts.reader(), parts.running());
    this.reconnect =
        new Backoff(policy.reconnectFirstNs(), policy.reconnectLongestNs(), parts.random());
    this.historyBudget = new TokenBucket(policy.historyPerS());
    this.stats = snapshot();
  }

  @Override
  public String name() {
    return "forward-" + parts.name();
  }

  @Override
  public int doWork(long now) {
    nowNs = now;
    int before = inFlight.size();
    try {
      if (nowNs >= storeRetryNs) {
        takeNews();
        load();
        parts.uplink().poll(nowNs, this);
        connectWhenDue();
        for (Pack pack : refusals.due(nowNs)) release(pack);
        if (state == State.UP) sendStatusWhenDue();
        if (state == State.UP && !parked()) sendWhatFits();
      } else {
        parts.uplink().poll(nowNs, this);
      }
    } catch (StoreException e) {
      storeRetryNs = nowNs + STORE_RETRY_NS;
      reason = "store: " + e.getMessage();
    }
    stats = snapshot();
    return Math.abs(inFlight.size() - before);
  }

  @Override
  public void close() {
    parts.uplink().disconnect(nowNs);
    parts.uplink().poll(nowNs, this);
    parts.uplink().close();
    parts.reader().close();
    stats = snapshot();
  }

  /** The account as of the last step; any thread may ask. */
  public ForwarderStats stats() {
    return stats;
  }

  @Override
  public void up(int window) {
    this.window = window;
    state = State.UP;
    reason = "";
    connects++;
    nextStatusNs = nowNs;
    reconnect.reset();
  }

  @Override
  public void down(String why) {
    state = State.DOWN;
    reason = why;
    nextTryNs = nowNs + reconnect.next();
    inFlight.clear();
    clearQueues();
    backlog.releaseAll();
    for (Pack pack : refusals.waiting()) claim(pack);
  }

  private void clearQueues() {
    readyLive.clear();
    readyHistory.clear();
    for (Deque<BlockKey> queue : live) queue.clear();
  }

  @Override
  public void accepted(long packId) {
    Pack pack = inFlight.remove(packId);
    if (pack == null) return;
    lastAcceptedNs = nowNs;
    refusals.accepted(pack);
    settle(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq(), Settled.How.DELIVERED);
  }

  @Override
  public void rejected(long packId, String why) {
    Pack pack = inFlight.remove(packId);
    if (pack == null) return;
    reason = "refused: " + why;
    switch (refusals.refused(nowNs, pack)) {
      case WAIT -> {}
      case DEAD ->
          settle(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq(), Settled.How.DEAD);
    }
    if (refusals.everything() && !parked()) {
      parkedUntilNs = nowNs + PARKED_NS;
      refusals.forgiveAll();
    }
  }

  /** Learns what was committed and settled before; of a fresh file, once it can be read. */
  private void load() throws StoreException {
    if (loaded) return;
    if (fresh) parts.reader().reopen();
    fresh = false;
    builder.reload();
    for (EpochRow epoch : parts.reader().epochs()) {
      epochs.add(epoch.epoch());
      // Of the running epoch only the news tell what is durable; the file shows more for a moment.
      if (epoch.epoch() == running.epoch()) continue;
      for (Lane lane : Lane.values()) {
        long last = parts.reader().lastSeq(epoch.epoch(), lane);
        if (last > 0) backlog.committed(epoch.epoch(), lane, last);
      }
    }
    for (Settled s : parts.reader().settled(parts.name())) {
      count(s.how(), backlog.settle(s.epoch(), s.lane(), s.from(), s.to()));
    }
    loaded = true;
  }

  /**
   * The file of all epochs so far was set aside, and nothing is owed of them. What is in flight
   * stays so; what its answers settle is told to the store.
   */
  private void startOver(EpochRow began) {
    running = began;
    builder.began(began);
    backlog = new Backlog();
    refusals = new Refusals();
    clearQueues();
    epochs.clear();
    delivered = dead = lost = 0;
    loaded = false;
    fresh = true;
  }

  private void takeNews() {
    for (Committed news : parts.committed().takeNow()) {
      if (news.began() != null) startOver(news.began());
      builder.committed(news);
      for (BlockKey key : news.blocks()) {
        backlog.committed(key.epoch(), key.lane(), key.lastSeq());
        if (state == State.UP) queueLive(key);
      }
    }
  }

  /** What finds the queue full becomes backlog: on a slow link the freshest go first. */
  private void queueLive(BlockKey key) {
    Deque<BlockKey> queue = live.get(rank(key.lane()));
    if (queue.size() == LIVE_BLOCKS_MAX) {
      BlockKey skipped = queue.removeFirst();
      backlog.release(skipped.epoch(), skipped.lane(), skipped.firstSeq(), skipped.lastSeq());
    }
    queue.addLast(key);
    backlog.claim(key.epoch(), key.lane(), key.firstSeq(), key.lastSeq());
  }

  private static int rank(Lane lane) {
    return switch (lane) {
      case ALARM -> 0;
      case EVENT, NUMERIC -> 1;
      case WAVE -> 2;
    };
  }

  private void connectWhenDue() {
    if (state != State.DOWN || nowNs < nextTryNs) return;
    state = State.CONNECTING;
    parts.uplink().connect(nowNs);
  }

  /**
   * After a row of refusals nothing is sent for a while: nothing is lost at a receiver that is ill.
   */
  private boolean parked() {
    return nowNs < parkedUntilNs;
  }

  private void sendStatusWhenDue() {
    if (nowNs < nextStatusNs) return;
    nextStatusNs = nowNs + STATUS_NS;
    parts.uplink().status(nowNs, parts.status().get());
  }

  private void sendWhatFits() throws StoreException {
    // A quarter of the window is kept free of history, so that live never waits behind it.
    int historyWindow = Math.max(1, window - Math.max(1, window / 4));
    while (inFlight.size() < window) {
      @Nullable Pack pack = nextLive();
      if (pack == null && inFlight.size() < historyWindow) pack = nextHistory();
      if (pack == null) return;
      if (grewOld(pack)) {
        release(pack);
        continue;
      }
      inFlight.put(pack.id(), pack);
      parts.uplink().send(nowNs, pack);
    }
  }

  private boolean grewOld(Pack pack) {
    return pack.kind() != Pack.Kind.HISTORY
        && nowNs - pack.entries().getFirst().reading().measuredNs() >= PackBuilder.LIVE_NS_MAX;
  }

  private @Nullable Pack nextLive() throws StoreException {
    for (int rank = 0; rank < live.size(); rank++) {
      // An alarm overtakes the packs of lower lanes that are ready already.
      if (rank > 0 && !readyLive.isEmpty()) return readyLive.removeFirst();
      while (!live.get(rank).isEmpty()) {
        BlockKey key = live.get(rank).removeFirst();
        backlog.release(key.epoch(), key.lane(), key.firstSeq(), key.lastSeq());
        List<Pack> packs = packsAt(key.epoch(), key.lane(), key.firstSeq(), false);
        for (Pack pack : packs) claim(pack);
        if (packs.isEmpty()) continue;
        for (Pack pack : packs.reversed()) readyLive.addFirst(pack);
        return readyLive.removeFirst();
      }
    }
    return readyLive.pollFirst();
  }

  private @Nullable Pack nextHistory() throws StoreException {
    while (readyHistory.isEmpty()) {
      Backlog.Owed owed = backlog.next();
      if (owed == null) return null;
      List<Pack> packs = packsAt(owed.epoch(), owed.lane(), owed.from(), true);
      for (Pack pack : packs) {
        claim(pack);
        readyHistory.addLast(pack);
      }
    }
    if (!historyBudget.take(nowNs, readyHistory.getFirst().entries().size())) return null;
    Pack pack = readyHistory.removeFirst();
    backlog.reached(pack.epoch(), pack.lane(), pack.entries().getLast().reading().measuredNs());
    return pack;
  }

  /** Packs of the block at a number; what is gone or damaged there is settled as lost. */
  private List<Pack> packsAt(int epoch, Lane lane, long seq, boolean late) throws StoreException {
    @Nullable StoredBlock block = parts.reader().block(epoch, lane, seq);
    if (block == null) {
      long last = parts.reader().lastSeq(epoch, lane);
      lose(epoch, lane, seq, Math.max(seq, last));
      return List.of();
    }
    BlockKey key = block.key();
    if (key.firstSeq() > seq) lose(epoch, lane, seq, key.firstSeq() - 1);
    try {
      if (BlockCodec.isSparse(block)) loseThinned(block);
      return builder.packs(block, backlog, nowNs, late);
    } catch (BlockCodec.CorruptBlockException e) {
      reason = "damaged block " + key + ": " + e.getMessage();
      lose(epoch, lane, key.firstSeq(), key.lastSeq());
      return List.of();
    }
  }

  /** Numbers of a thinned stretch whose readings did not stay. */
  private void loseThinned(StoredBlock block)
      throws StoreException, BlockCodec.CorruptBlockException {
    BlockKey key = block.key();
    long next = key.firstSeq();
    for (BlockCodec.Decoded d : BlockCodec.decode(block, parts.reader())) {
      if (d.seq() > next) lose(key.epoch(), key.lane(), next, d.seq() - 1);
      next = d.seq() + 1;
    }
    if (next <= key.lastSeq()) lose(key.epoch(), key.lane(), next, key.lastSeq());
  }

  /** Numbers whose readings are gone; those that the receiver has are not among the lost. */
  private void lose(int epoch, Lane lane, long from, long to) {
    for (IntervalSet.Interval open : backlog.unsettled(epoch, lane, from, to)) {
      settle(epoch, lane, open.from(), open.to(), Settled.How.LOST);
    }
  }

  private void settle(int epoch, Lane lane, long from, long to, Settled.How how) {
    if (epochs.contains(epoch)) count(how, backlog.settle(epoch, lane, from, to));
    // A full mailbox only means that these are sent once more after a crash.
    parts.settlements().offer(new Settled(parts.name(), epoch, lane, from, to, how));
  }

  private void count(Settled.How how, long readings) {
    switch (how) {
      case DELIVERED -> delivered += readings;
      case DEAD -> dead += readings;
      case LOST -> lost += readings;
      case FILTERED -> {}
    }
  }

  private void claim(Pack pack) {
    backlog.claim(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq());
  }

  private void release(Pack pack) {
    backlog.release(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq());
  }

  private ForwarderStats snapshot() {
    long pending = backlog.pending();
    return new ForwarderStats(
        parts.name(),
        shownState(pending),
        reason,
        backlog.stored(),
        delivered,
        dead,
        lost,
        pending,
        inFlight.size(),
        refusals.total(),
        connects,
        lastAcceptedNs);
  }

  private String shownState(long pending) {
    if (state == State.UP && parked()) return "parked";
    if (state == State.UP && pending > 0 && !readyHistory.isEmpty()) return "draining";
    return state.name().toLowerCase(Locale.ROOT);
  }
}
