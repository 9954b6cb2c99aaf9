package io.headwall.simulation;

import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockDecoder;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Removal;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every reading that was ever committed, under its identity, and what has become of it since. Kept
 * outside the box, over all its lives.
 */
final class Ledger {

  private final SimClock clock;
  private final Trace trace;
  private final Truth truth;
  private final Map<Long, byte[]> dictionary = new HashMap<>();
  private final BlockDecoder decoder = new BlockDecoder(dictionary::get);
  private final TreeMap<Integer, KnownEpoch> epochs = new TreeMap<>();
  private long committed;
  private long commits;
  private long lostWithFile;
  private long removed;
  private long salvaged;
  private boolean salvaging;
  private boolean damageStruck;

  Ledger(SimClock clock, Trace trace, Truth truth) {
    this.clock = clock;
    this.trace = trace;
    this.truth = truth;
  }

  /** A process begins an epoch at a place. */
  void begun(int number, Place place) {
    KnownEpoch before = epochs.get(number);
    if (before != null && before.tracks.values().stream().anyMatch(t -> !t.readings.isEmpty())) {
      throw new Violation("epoch-twice", "epoch " + number + " was given out before");
    }
    epochs.put(number, new KnownEpoch(number, clock.bootId(), place));
  }

  /** A file was opened for an epoch; what it holds of it is what was committed. */
  void opened(EpochRow row, Map<Lane, Long> last) {
    for (Lane lane : Lane.values()) {
      long inFile = last.getOrDefault(lane, 0L);
      int known = epoch(row.epoch()).track(lane).readings.size();
      if (inFile != known) {
        throw new Violation(
            "committed-stays",
            lane
                + " of epoch "
                + row.epoch()
                + ": "
                + known
                + " committed, the file has "
                + inFile);
      }
    }
  }

  /** A commit is in the file. */
  void committed(Commit commit) {
    commits++;
    commit.rows().forEach(dictionary::putIfAbsent);
    for (StoredBlock block : commit.blocks()) add(block);
    for (Removal removal : commit.removals()) remove(removal, commit.blocks());
    for (Settled settled : commit.settled()) settle(settled);
    trace.event(
        committed,
        () ->
            "commit: "
                + commit.blocks().stream().map(StoredBlock::key).toList()
                + settledOf(commit));
  }

  private static String settledOf(Commit commit) {
    return commit.settled().isEmpty() ? "" : ", settled " + commit.settled().size();
  }

  private void add(StoredBlock block) {
    KnownEpoch epoch = epoch(block.key().epoch());
    KnownEpoch.Track track = epoch.track(block.key().lane());
    if (block.key().firstSeq() != track.readings.size() + 1) {
      throw new Violation(
          "dense", block.key() + " follows number " + track.readings.size() + " of its lane");
    }
    for (BlockCodec.Decoded decoded : decoded(block)) {
      long measuredNs = clock.worldNs(epoch.bootId, decoded.reading().measuredNs());
      if (decoded.reading() instanceof Reading.Tally tally) prove(decoded.device(), tally);
      truth.check(decoded.device(), decoded.reading(), measuredNs);
      track.readings.add(new Arrival(decoded.device(), decoded.reading()));
      committed++;
    }
    trace.mix(block.bytes(), block.bytes().length);
  }

  /** Readings are given up: of those that a receiver may still want, a record must tell. */
  private void remove(Removal removal, List<StoredBlock> blocks) {
    KnownEpoch.Track track = epoch(removal.epoch()).track(removal.lane());
    BitSet gone = new BitSet();
    gone.set((int) removal.firstSeq(), (int) removal.lastSeq() + 1);
    for (StoredBlock rest : removal.rest()) {
      for (BlockCodec.Decoded left : decoded(rest)) {
        requireSame(track, rest, left);
        gone.clear((int) left.seq());
      }
    }
    Map<String, Long> owed = new HashMap<>();
    for (int seq = gone.nextSetBit(0); seq >= 0; seq = gone.nextSetBit(seq + 1)) {
      Arrival arrival = track.at(seq);
      if (arrival == null || track.removed.get(seq) || track.settled.get(seq)) continue;
      owed.merge(arrival.device(), 1L, Long::sum);
    }
    if (!owed.isEmpty()) requireTold(removal, blocks, owed);
    track.removed.or(gone);
    removed += removal.readings();
    gone.andNot(track.delivered);
    track.excused.or(gone);
  }

  private void requireTold(Removal removal, List<StoredBlock> blocks, Map<String, Long> owed) {
    Map<String, Long> told = new HashMap<>();
    for (StoredBlock block : blocks) {
      if (block.key().lane() != Lane.EVENT) continue;
      for (BlockCodec.Decoded decoded : decoded(block)) {
        if (decoded.reading() instanceof Reading.Removed r
            && r.numbers().epoch() == removal.epoch()
            && r.numbers().lane().equals(removal.lane().wireName())
            && r.numbers().from() == removal.firstSeq()
            && r.numbers().to() == removal.lastSeq()) {
          told.merge(decoded.device(), r.readings(), Long::sum);
        }
      }
    }
    if (!told.equals(owed) && !damageStruck) {
      throw new Violation("gap-marked", removal + " took of " + owed + ", told is " + told);
    }
  }

  private List<BlockCodec.Decoded> decoded(StoredBlock block) {
    try {
      return decoder.decode(block);
    } catch (BlockCodec.CorruptBlockException | StoreException e) {
      throw new Violation("readable", block.key() + " cannot be decoded: " + e.getMessage());
    }
  }

  /** What the box says it has stored of a device is what it has stored. */
  private void prove(String device, Reading.Tally tally) {
    KnownEpoch.Track track = epoch(tally.numbers().epoch()).track(lane(tally.numbers().lane()));
    long readings = 0;
    for (long seq = tally.numbers().from(); seq <= tally.numbers().to(); seq++) {
      Arrival arrival = track.at(seq);
      if (arrival != null && arrival.device().equals(device)) readings++;
    }
    if (readings != tally.readings()) {
      throw new Violation("tally", device + " " + tally + ", but there are " + readings);
    }
  }

  private static Lane lane(String wireName) {
    for (Lane lane : Lane.values()) if (lane.wireName().equals(wireName)) return lane;
    throw new Violation("tally", "no lane " + wireName);
  }

  private void settle(Settled settled) {
    KnownEpoch.Track track = epoch(settled.epoch()).track(settled.lane());
    int from = (int) settled.from();
    int to = (int) settled.to();
    switch (settled.how()) {
      case DELIVERED -> {
        int hole = track.delivered.nextClearBit(from);
        if (hole <= to) {
          throw new Violation(
              "settled-is-delivered",
              settled + " settled as delivered, but number " + hole + " did not arrive");
        }
      }
      case DEAD -> track.excused.set(from, to + 1);
      case LOST -> {
        BitSet open = new BitSet();
        open.set(from, to + 1);
        open.andNot(track.excused);
        open.andNot(track.removed);
        if (!damageStruck && !open.isEmpty()) {
          throw new Violation("nothing-lost", settled + ", though nothing was given up");
        }
        lostWithFile += open.cardinality();
        track.excused.or(open);
      }
      case FILTERED, TOO_OLD -> throw new Violation("nothing-lost", settled + " without a filter");
      case DISCARDED -> throw new Violation("nothing-lost", settled + " unasked");
    }
    track.settled.set(from, to + 1);
  }

  /**
   * The file is out of use with all that it held: what had not been delivered may not be any more,
   * and what was settled may be forgotten.
   *
   * @param damaged whether the card had done something to it
   */
  void fileSetAside(boolean damaged) {
    if (!damaged) throw new Violation("kept", "a file that is not damaged was set aside");
    trace.event(committed, () -> "the damaged file is set aside");
    salvaging = true;
    for (KnownEpoch epoch : epochs.values()) {
      for (KnownEpoch.Track track : epoch.tracks.values()) {
        BitSet open = new BitSet();
        open.set(1, track.readings.size() + 1);
        open.andNot(track.delivered);
        open.andNot(track.excused);
        track.atStake.or(open);
        track.settled.clear();
        track.removed.clear();
        track.acknowledged.clear();
      }
    }
  }

  /**
   * All that could be found of files set aside is back: nothing of it may be altered. What is not
   * there and had not arrived is lost with the damage.
   */
  void salvageEnded(Outbox file) throws StoreException {
    if (!salvaging) return;
    try (OutboxReader reader = file.newReader()) {
      Set<Integer> shown = new HashSet<>();
      for (EpochRow row : reader.epochs()) shown.add(row.epoch());
      for (KnownEpoch epoch : epochs.values()) {
        for (Lane lane : Lane.values()) {
          BitSet back = new BitSet();
          if (shown.contains(epoch.number)) back = back(reader, epoch, lane);
          settleStake(epoch.track(lane), back);
        }
      }
    }
    salvaging = false;
    trace.event(lostWithFile, () -> "what was whole is back, lost so far: " + lostWithFile);
  }

  private BitSet back(OutboxReader reader, KnownEpoch epoch, Lane lane) throws StoreException {
    BitSet back = new BitSet();
    KnownEpoch.Track track = epoch.track(lane);
    if (track.atStake.isEmpty()) return back;
    StoredBlock block = reader.block(epoch.number, lane, 1);
    while (block != null) {
      for (BlockCodec.Decoded one : decoded(block)) {
        requireSame(track, block, one);
        back.set((int) one.seq());
      }
      block = reader.block(epoch.number, lane, block.key().lastSeq() + 1);
    }
    return back;
  }

  private static void requireSame(
      KnownEpoch.Track track, StoredBlock block, BlockCodec.Decoded found) {
    Arrival before = track.at(found.seq());
    if (before != null && before.equals(new Arrival(found.device(), found.reading()))) return;
    throw new Violation("one-content", block.key() + " " + found + ", committed was " + before);
  }

  private void settleStake(KnownEpoch.Track track, BitSet back) {
    BitSet lost = (BitSet) track.atStake.clone();
    lost.andNot(back);
    lost.andNot(track.delivered);
    lostWithFile += lost.cardinality();
    salvaged += back.cardinality();
    track.excused.or(lost);
    track.atStake.clear();
  }

  /** The card has damaged the file: blocks of it may be lost. */
  void damageStruck() {
    damageStruck = true;
  }

  boolean isDamageStruck() {
    return damageStruck;
  }

  KnownEpoch epoch(int number) {
    KnownEpoch epoch = epochs.get(number);
    if (epoch == null) throw new Violation("epoch-known", "nobody gave out epoch " + number);
    return epoch;
  }

  Iterable<KnownEpoch> epochs() {
    return epochs.values();
  }

  KnownEpoch latest() {
    return epochs.lastEntry().getValue();
  }

  /** Committed readings that have neither arrived nor been excused. */
  long owed() {
    long owed = 0;
    for (KnownEpoch epoch : epochs.values()) {
      for (KnownEpoch.Track track : epoch.tracks.values()) {
        BitSet done = (BitSet) track.delivered.clone();
        done.or(track.excused);
        owed += track.readings.size() - done.cardinality();
      }
    }
    return owed;
  }

  /** Nothing that was committed may be missing at the end. */
  void requireAllDelivered() {
    for (KnownEpoch epoch : epochs.values()) {
      epoch.tracks.forEach((lane, track) -> {
        long seq = track.firstMissing();
        if (seq > track.readings.size()) return;
        Arrival lost = track.readings.get((int) seq - 1);
        throw new Violation(
            "nothing-lost",
            "committed and never delivered: epoch "
                + epoch.number
                + " "
                + lane
                + " "
                + seq
                + " ("
                + lost.device()
                + " "
                + lost.reading()
                + "), "
                + owed()
                + " in all");
      });
    }
  }

  long committedCount() {
    return committed;
  }

  long committedCount(int epoch) {
    return epoch(epoch).tracks.values().stream().mapToLong(t -> t.readings.size()).sum();
  }

  long commits() {
    return commits;
  }

  /** Readings that came back out of damaged files. */
  long salvaged() {
    return salvaged;
  }

  /** Readings that the box gave up over quota. */
  long removed() {
    return removed;
  }

  long lostWithFile() {
    return lostWithFile;
  }
}
