package io.headwall.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes packs of what an uplink owes. What cannot be had, because it is gone or damaged, is settled
 * here; each settlement is counted and told to the store. Owned by the uplink's forward thread.
 */
final class Supply {

  /** A step reads no more than this, so that what is live does not wait for it. */
  private static final int HISTORY_BLOCKS_MAX = 32;

  private final ForwarderParts parts;
  private final BlockDecoder decoder;
  private final PackBuilder builder;
  private final ForwarderPolicy policy;
  private final Set<Integer> epochs = new HashSet<>();
  private final List<Settled> again = new ArrayList<>();
  private int running;
  private Backlog backlog;
  private boolean loaded;
  private boolean fresh;
  private String damage = "";

  Supply(ForwarderParts parts, ForwarderPolicy policy) {
    this.parts = parts;
    this.decoder = new BlockDecoder(parts.reader());
    this.policy = policy;
    this.builder = new PackBuilder(parts.reader(), parts.running());
    this.running = parts.running().epoch();
    this.backlog = new Backlog(running);
  }

  Backlog backlog() {
    return backlog;
  }

  /** The last damaged block that was met; empty for none. */
  String damage() {
    return damage;
  }

  /** Learns what the news do not tell. */
  void load() throws StoreException {
    if (!loaded) learn();
    for (; !again.isEmpty(); again.removeFirst()) {
      Settled first = again.getFirst();
      if (!epochs.contains(first.epoch())) continue;
      backlog.takeBack(first, parts.reader().lastSeq(first.epoch(), first.lane()));
    }
  }

  /**
   * Learns what was committed and settled in epochs that are not known yet; of a fresh file, once
   * it can be read.
   */
  private void learn() throws StoreException {
    if (fresh) parts.reader().reopen();
    fresh = false;
    builder.reload();
    Set<Integer> unknown = new HashSet<>();
    for (EpochRow epoch : parts.reader().epochs()) {
      if (!epochs.add(epoch.epoch())) continue;
      unknown.add(epoch.epoch());
      // Of the running epoch only the news tell what is durable; the file shows more for a moment.
      if (epoch.epoch() == running) continue;
      for (Lane lane : Lane.values()) {
        long last = parts.reader().lastSeq(epoch.epoch(), lane);
        if (last > 0) backlog.committed(epoch.epoch(), lane, last);
      }
    }
    for (Settled s : parts.reader().settled(parts.name())) {
      if (unknown.contains(s.epoch())) backlog.settle(s);
    }
    loaded = true;
    for (int epoch : unknown) {
      for (Lane lane : Lane.values()) filter(epoch, lane);
    }
  }

  /** Epochs of a damaged file are back. */
  void salvaged() {
    loaded = false;
  }

  /** The file of all epochs so far was set aside, and nothing is owed of them. */
  void startOver(EpochRow began) {
    builder.began(began);
    running = began.epoch();
    backlog = new Backlog(running);
    epochs.clear();
    again.clear();
    damage = "";
    loaded = false;
    fresh = true;
  }

  void committed(Committed news) {
    builder.committed(news);
    for (BlockKey key : news.blocks()) {
      backlog.committed(key.epoch(), key.lane(), key.lastSeq());
      if (loaded) filter(key.epoch(), key.lane());
    }
  }

  /** The uplink is not done with these any more, from the next {@link #load} on. */
  void takeBack(Settled stretch) {
    if (stretch.uplink().equals(parts.name())) again.add(stretch);
  }

  boolean gets(Lane lane) {
    return policy.lanes().contains(lane);
  }

  /** The uplink does not get this lane: it is done with what is in it. */
  private void filter(int epoch, Lane lane) {
    if (!gets(lane)) settleOwed(epoch, lane, 1, backlog.last(epoch, lane), Settled.How.FILTERED);
  }

  /** Packs of a block that was committed just now, claimed. */
  List<Pack> live(BlockKey key, long nowNs) throws StoreException {
    PackBuilder.Run run = builder.run(nowNs, false, Long.MAX_VALUE);
    add(run, key.epoch(), key.lane(), key.firstSeq());
    return claimed(run.packs());
  }

  /**
   * Packs of what is owed longest, claimed; of several blocks of a lane, as long as they fit into
   * one.
   *
   * @return empty where what was owed could not be had; null where nothing is owed
   */
  @Nullable List<Pack> history(long nowNs) throws StoreException {
    Backlog.Owed owed = backlog.next();
    if (owed == null) return null;
    PackBuilder.Run run = builder.run(nowNs, true, policy.historyPerS());
    long at = owed.from();
    for (int n = 0; n < HISTORY_BLOCKS_MAX && at <= owed.to() && run.hasRoom(); n++) {
      at = add(run, owed.epoch(), owed.lane(), at) + 1;
    }
    return claimed(run.packs());
  }

  private List<Pack> claimed(List<Pack> packs) {
    for (Pack pack : packs) claim(pack);
    return packs;
  }

  /**
   * Adds what is owed of the block at a number, and settles what is gone or damaged there.
   *
   * @return the last number that was dealt with
   */
  private long add(PackBuilder.Run run, int epoch, Lane lane, long seq) throws StoreException {
    @Nullable StoredBlock block = parts.reader().block(epoch, lane, seq);
    if (block == null) {
      long last = Math.max(seq, parts.reader().lastSeq(epoch, lane));
      lose(epoch, lane, seq, last);
      return last;
    }
    BlockKey key = block.key();
    if (key.firstSeq() > seq) lose(epoch, lane, seq, key.firstSeq() - 1);
    try {
      List<BlockCodec.Decoded> readings = decoder.decode(block);
      if (readings.size() < key.n()) loseThinned(key, readings);
      run.add(key, wanted(key, readings, run), backlog);
    } catch (BlockCodec.CorruptBlockException e) {
      damage = "damaged block " + key + ": " + e.getMessage();
      lose(epoch, lane, key.firstSeq(), key.lastSeq());
    }
    return key.lastSeq();
  }

  /** Without what is too old to be sent as history; that is settled. */
  private List<BlockCodec.Decoded> wanted(
      BlockKey key, List<BlockCodec.Decoded> readings, PackBuilder.Run run)
      throws BlockCodec.CorruptBlockException {
    if (policy.backfillNsMax() == ForwarderPolicy.UNLIMITED) return readings;
    List<BlockCodec.Decoded> wanted = new ArrayList<>();
    for (BlockCodec.Decoded d : readings) {
      long ageNs = run.historyAgeNs(key, d.reading().measuredNs());
      if (ageNs <= policy.backfillNsMax()) {
        wanted.add(d);
      } else if (backlog.isFree(key.epoch(), key.lane(), d.seq())) {
        settleOwed(key.epoch(), key.lane(), d.seq(), d.seq(), Settled.How.TOO_OLD);
      }
    }
    return wanted;
  }

  /** Numbers of a thinned stretch whose readings did not stay. */
  private void loseThinned(BlockKey key, List<BlockCodec.Decoded> left) {
    long next = key.firstSeq();
    for (BlockCodec.Decoded d : left) {
      if (d.seq() > next) lose(key.epoch(), key.lane(), next, d.seq() - 1);
      next = d.seq() + 1;
    }
    if (next <= key.lastSeq()) lose(key.epoch(), key.lane(), next, key.lastSeq());
  }

  private void lose(int epoch, Lane lane, long from, long to) {
    settleOwed(epoch, lane, from, to, Settled.How.LOST);
  }

  /**
   * Settles what is owed of these numbers; what the receiver has stays delivered, and what is on
   * its way, or waits to be sent again, is settled by its answer.
   */
  private void settleOwed(int epoch, Lane lane, long from, long to, Settled.How how) {
    for (IntervalSet.Interval owed : backlog.free(epoch, lane, from, to)) {
      settle(new Settled(parts.name(), epoch, lane, owed.from(), owed.to(), how));
    }
  }

  void settle(Pack pack, Settled.How how) {
    settle(
        new Settled(parts.name(), pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq(), how));
  }

  private void settle(Settled news) {
    // Of a file that was set aside nothing is owed any more; the store keeps what it is told.
    if (epochs.contains(news.epoch())) backlog.settle(news);
    // A full mailbox only means that these are sent once more after a crash.
    parts.settlements().offer(news);
  }

  void claim(Pack pack) {
    backlog.claim(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq());
  }

  void release(Pack pack) {
    backlog.release(pack.epoch(), pack.lane(), pack.firstSeq(), pack.lastSeq());
  }

  /** The halves of a pack, as packs of their own. */
  List<Pack> halves(Pack pack) {
    return builder.halves(pack);
  }

  /** History has come as far as this pack. */
  void reached(Pack pack) {
    backlog.reached(pack.epoch(), pack.lane(), pack.entries().getLast().reading().measuredNs());
  }

  void claim(BlockKey key) {
    backlog.claim(key.epoch(), key.lane(), key.firstSeq(), key.lastSeq());
  }

  void release(BlockKey key) {
    backlog.release(key.epoch(), key.lane(), key.firstSeq(), key.lastSeq());
  }
}
