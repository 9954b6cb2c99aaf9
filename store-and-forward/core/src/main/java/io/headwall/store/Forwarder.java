package io.headwall.store;

import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Duty;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings committed readings to one receiver: live alarms, live, history alarms, history; each until
 * the receiver takes custody. Knows no network and no clock. Owned by the uplink's forward thread.
 */
public final class Forwarder implements Duty, Uplink.Events {

  private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long STORE_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

  private final ForwarderParts parts;
  private final Supply supply;
  private final LiveQueue live;
  private final Deque<Pack> history = new ArrayDeque<>();
  private final Map<Long, Sent> inFlight = new HashMap<>();
  private final Refusals refusals = new Refusals();
  private final Backoff reconnect;
  private final TokenBucket historyBudget;
  private Pace pace = new Pace();

  private State state = State.DOWN;
  private String reason = "not connected yet";
  private long nowNs;
  private long nextTryNs;
  private long nextStatusNs;
  private long storeRetryNs;
  private int window;
  private int historyInFlight;
  private int work;
  private long connects;
  private long lastAcceptedNs;
  private volatile ForwarderStats stats;

  private enum State {
    DOWN,
    CONNECTING,
    UP
  }

  private record Sent(Pack pack, long sentNs) {
    boolean isHistory() {
      return pack.kind() == Pack.Kind.HISTORY;
    }
  }

  public Forwarder(ForwarderParts parts, ForwarderPolicy policy) {
    this.parts = parts;
    this.supply = new Supply(parts, policy);
    this.live = new LiveQueue(supply);
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
    work = 0;
    try {
      if (nowNs >= storeRetryNs) {
        takeNews();
        supply.load();
        parts.uplink().poll(nowNs, this);
        connectWhenDue();
        if (state == State.UP) sendStatusWhenDue();
        if (state == State.UP && refusals.isParked()) probe();
        else if (state == State.UP) sendWhatFits();
      } else {
        parts.uplink().poll(nowNs, this);
      }
    } catch (StoreException e) {
      storeRetryNs = nowNs + STORE_RETRY_NS;
      reason = "store: " + e.getMessage();
    }
    stats = snapshot();
    return work;
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
    pace = new Pace();
    reconnect.reset();
  }

  @Override
  public void down(String why) {
    state = State.DOWN;
    reason = why;
    nextTryNs = nowNs + reconnect.next();
    inFlight.clear();
    historyInFlight = 0;
    live.clear();
    history.clear();
    supply.backlog().releaseAll();
    for (Pack pack : refusals.linkLost(nowNs)) supply.claim(pack);
  }

  @Override
  public void accepted(long packId) {
    Sent sent = answered(packId);
    if (sent == null) return;
    lastAcceptedNs = nowNs;
    supply.settle(sent.pack(), Settled.How.DELIVERED);
    if (!refusals.accepted(sent.pack())) return;
    reason = "";
    happened("takes readings again");
  }

  @Override
  public void rejected(long packId, String why) {
    Sent sent = answered(packId);
    if (sent == null) return;
    reason = "refused: " + why;
    Pack pack = sent.pack();
    switch (refusals.refused(nowNs, pack)) {
      case WAIT -> {}
      case HALVE -> supply.halves(pack).forEach(half -> refusals.add(nowNs, half));
      case BACK -> supply.release(pack);
      case DEAD -> giveUp(pack, why);
    }
    if (refusals.parks(nowNs)) happened("is parked, since it refuses everything: " + why);
  }

  private void giveUp(Pack pack, String why) {
    supply.settle(pack, Settled.How.DEAD);
    String which = pack.epoch() + " " + pack.lane().wireName() + " " + pack.firstSeq();
    happened("is refused epoch " + which + " for good: " + why);
  }

  private void happened(String what) {
    parts.happened().accept("uplink " + parts.name() + " " + what);
  }

  private @Nullable Sent answered(long packId) {
    Sent sent = inFlight.remove(packId);
    if (sent == null) return null;
    work++;
    if (sent.isHistory()) {
      historyInFlight--;
      pace.answered(sent.sentNs(), nowNs);
    }
    return sent;
  }

  private void takeNews() {
    for (Committed news : parts.committed().takeNow()) {
      if (news.began() != null) startOver(news.began());
      if (news.salvaged()) supply.salvaged();
      supply.committed(news);
      for (Settled again : news.owed()) supply.takeBack(again);
      if (state != State.UP) continue;
      for (BlockKey key : news.blocks()) if (supply.gets(key.lane())) live.add(key);
    }
  }

  /**
   * What is in flight of the file before stays so; what its answers settle is told to the store.
   */
  private void startOver(EpochRow began) {
    supply.startOver(began);
    refusals.forgetAll();
    live.clear();
    history.clear();
  }

  private void connectWhenDue() {
    if (state != State.DOWN || nowNs < nextTryNs) return;
    state = State.CONNECTING;
    parts.uplink().connect(nowNs);
  }

  private void sendStatusWhenDue() {
    if (nowNs < nextStatusNs) return;
    nextStatusNs = nowNs + STATUS_NS;
    parts.uplink().status(nowNs, parts.status().get());
  }

  /** A parked receiver gets one pack a time, so that it is known when it takes them again. */
  private void probe() throws StoreException {
    if (!inFlight.isEmpty() || !refusals.probeDue(nowNs)) return;
    if (sendLive() || sendAgain()) return;
    sendHistory();
  }

  /**
   * All that is live, and one pack of history: what is committed meanwhile goes before the next.
   */
  private void sendWhatFits() throws StoreException {
    while (inFlight.size() < window && (sendLive() || sendAgain())) work++;
    if (refusals.crowded()) return;
    // A quarter of the window is kept free of history, so that live never waits behind it.
    int most = Math.max(1, window - Math.max(1, window / 4));
    if (inFlight.size() < most && historyInFlight < pace.packs(most)) sendHistory();
  }

  private boolean sendLive() throws StoreException {
    @Nullable Pack pack = live.next(nowNs);
    if (pack != null) sendUnlessOld(pack);
    return pack != null;
  }

  /** What was refused before, alone or in halves. */
  private boolean sendAgain() {
    Pack pack = refusals.due(nowNs);
    if (pack != null) sendUnlessOld(pack);
    return pack != null;
  }

  /** What has grown old meanwhile is owed as history. */
  private void sendUnlessOld(Pack pack) {
    if (pack.isOld(nowNs)) {
      refusals.forget(pack);
      supply.release(pack);
    } else {
      send(pack);
    }
  }

  private void send(Pack pack) {
    Sent sent = new Sent(pack, nowNs);
    if (sent.isHistory()) historyInFlight++;
    inFlight.put(pack.id(), sent);
    parts.uplink().send(nowNs, pack);
    work++;
  }

  private void sendHistory() throws StoreException {
    if (history.isEmpty()) {
      List<Pack> packs = supply.history(nowNs);
      if (packs == null) return;
      history.addAll(packs);
      work++;
    }
    Pack pack = history.peekFirst();
    if (pack == null || !historyBudget.take(nowNs, pack.entries().size())) return;
    history.removeFirst();
    supply.reached(pack);
    sendUnlessOld(pack);
  }

  private ForwarderStats snapshot() {
    Backlog backlog = supply.backlog();
    String why = reason.isEmpty() ? supply.damage() : reason;
    return new ForwarderStats(
        parts.name(),
        shownState(),
        why,
        backlog.stored(),
        backlog.settled(Settled.How.DELIVERED),
        backlog.settled(Settled.How.FILTERED),
        backlog.settled(Settled.How.TOO_OLD),
        backlog.settled(Settled.How.DEAD),
        backlog.settled(Settled.How.DISCARDED),
        backlog.settled(Settled.How.LOST),
        backlog.pending(),
        inFlight.size(),
        refusals.total(),
        connects,
        lastAcceptedNs);
  }

  private String shownState() {
    if (state == State.UP && refusals.isParked()) return inFlight.isEmpty() ? "parked" : "probing";
    if (state == State.UP && historyInFlight > 0) return "draining";
    return state.name().toLowerCase(Locale.ROOT);
  }
}
