package io.headwall.store;

import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all that a store holds: what there is of each lane, and whether everything proves
 * itself. Each number of an epoch and lane must have its reading or be accounted for as given up.
 * Owned by one thread.
 */
public final class StoreSurvey {

  /** After so many findings of one kind the rest is only counted. */
  private static final int FINDINGS_MAX = 100;

  private final StoreView view;
  private final OutboxReader reader;
  private final BlockDecoder decoder;
  private final BlockWalk walk;
  private final Map<Integer, EpochRow> epochs = new HashMap<>();
  private final Timeline timeline;
  private final Map<Lane, LaneSum> lanes = new EnumMap<>(Lane.class);
  private final Map<Track, Run> runs = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private long unlisted;

  /** Where a block belongs. */
  private record Track(int epoch, Lane lane) implements Comparable<Track> {
    @Override
    public int compareTo(Track other) {
      int byEpoch = Integer.compare(epoch, other.epoch);
      return byEpoch != 0 ? byEpoch : lane.compareTo(other.lane);
    }
  }

  /** What was found of one lane in one epoch, with the last hole in its numbers. */
  private static final class Run {
    long last;
    long readings;
    long holeFrom;
    long holeTo;
    boolean damaged;
  }

  private static final class LaneSum {
    long blocks;
    long readings;
    long samples;
    long bytes;
    @Nullable Moment oldest;
    @Nullable Moment newest;
  }

  /**
   * What a lane holds.
   *
   * @param samples of waveforms
   * @param bytes of its blocks, without what the file adds
   * @param oldest null where no time is known
   */
  public record LaneFigures(
      Lane lane,
      long blocks,
      long readings,
      long samples,
      long bytes,
      @Nullable Moment oldest,
      @Nullable Moment newest) {}

  /** What an uplink is done with, and what it still owes. */
  public record UplinkFigures(String uplink, Map<Settled.How, Long> done, long pending) {}

  public StoreSurvey(StoreView view) throws StoreException {
    this.view = view;
    this.reader = view.reader();
    this.decoder = new BlockDecoder(reader);
    for (EpochRow row : reader.epochs()) epochs.put(row.epoch(), row);
    timeline = new Timeline(reader.anchors());
    for (Lane lane : Lane.values()) lanes.put(lane, new LaneSum());
    walk = new BlockWalk(reader);
  }

  /**
   * Looks at the next block.
   *
   * @return its key; null behind the last one
   */
  public @Nullable BlockKey next() throws StoreException {
    StoredBlock block = walk.next();
    if (block == null) return null;
    look(block);
    return block.key();
  }

  /** The numbers of a store that has been walked to its end, against what it says it gave up. */
  public void account() {
    walk.broken().forEach((lane, e) -> find(lane.wireName() + " lane: " + e.getMessage()));
    Map<Track, Long> removed = new HashMap<>();
    Map<Track, Long> removedTo = new HashMap<>();
    List<StoreView.Removed> booked;
    try {
      booked = view.removed();
    } catch (StoreException e) {
      find("records of what was given up: " + e.getMessage());
      return;
    }
    for (StoreView.Removed r : booked) {
      Track track = new Track(r.epoch(), r.lane());
      removed.merge(track, r.readings(), Long::sum);
      removedTo.merge(track, r.lastSeq(), Math::max);
      runs.computeIfAbsent(track, k -> new Run());
    }
    for (Map.Entry<Track, Run> e : runs.entrySet()) {
      account(
          e.getKey(),
          e.getValue(),
          removed.getOrDefault(e.getKey(), 0L),
          removedTo.getOrDefault(e.getKey(), 0L));
    }
  }

  private void account(Track track, Run run, long removed, long removedTo) {
    // What lies behind the place where a lane broke off was not seen.
    if (walk.broken().containsKey(track.lane)) return;
    String where = "epoch " + track.epoch + ", " + track.lane.wireName() + ": ";
    if (run.holeTo > removedTo) {
      find(where + "no readings " + run.holeFrom + " to " + run.holeTo + ", and no record of why");
    }
    // Of a damaged block nobody knows how many readings were in it.
    if (run.damaged) return;
    long missing = Math.max(run.last, removedTo) - run.readings;
    if (missing == removed) return;
    find(
        where
            + (missing > removed
                ? missing - removed + " readings are missing without a record"
                : removed - missing + " readings are there that were recorded as given up"));
  }

  /** Rows of the dictionary, all of which must prove their ids. */
  public void checkDictionary() throws StoreException {
    for (long id : view.metricIds()) {
      try {
        byte[] row = reader.row(id);
        if (row == null || MetricList.isList(row)) continue;
        MetricRow.fromBytes(row);
      } catch (StoreException e) {
        find("dictionary: " + e.getMessage());
      } catch (IllegalArgumentException e) {
        find("dictionary: row " + Long.toHexString(id) + " cannot be read: " + e.getMessage());
      }
    }
  }

  /**
   * What each uplink is done with; numbers that were never given out are a finding.
   *
   * @param configured uplinks that are to be listed even if they were never done with anything
   */
  public List<UplinkFigures> uplinks(List<String> configured) throws StoreException {
    List<UplinkFigures> all = new ArrayList<>();
    Set<String> names = new TreeSet<>(view.uplinks());
    names.addAll(configured);
    for (String uplink : names) {
      try {
        all.add(uplink(uplink));
      } catch (StoreException e) {
        find(uplink + ": " + e.getMessage());
      }
    }
    return all;
  }

  private UplinkFigures uplink(String uplink) throws StoreException {
    Map<Settled.How, Long> done = new EnumMap<>(Settled.How.class);
    Map<Track, IntervalSet> settled = new HashMap<>();
    for (Settled s : reader.settled(uplink)) {
      done.merge(s.how(), s.to() - s.from() + 1, Long::sum);
      settled
          .computeIfAbsent(new Track(s.epoch(), s.lane()), k -> new IntervalSet())
          .add(s.from(), s.to());
    }
    long pending = 0;
    for (EpochRow epoch : epochs.values()) {
      for (Lane lane : Lane.values()) {
        long last = reader.lastSeq(epoch.epoch(), lane);
        IntervalSet set = settled.getOrDefault(new Track(epoch.epoch(), lane), new IntervalSet());
        pending += last - set.sizeWithin(1, last);
        if (set.size() > set.sizeWithin(1, last)) {
          find(uplink + ": done with numbers never given out, epoch " + epoch.epoch());
        }
      }
    }
    return new UplinkFigures(uplink, done, pending);
  }

  /** Lanes from the highest to the one that gives way first. */
  public List<LaneFigures> lanes() {
    List<LaneFigures> all = new ArrayList<>();
    lanes.forEach((lane, s) ->
        all.add(
            new LaneFigures(lane, s.blocks, s.readings, s.samples, s.bytes, s.oldest, s.newest)));
    return all;
  }

  public int epochs() {
    return epochs.size();
  }

  /** What is wrong, and where; empty for nothing. */
  public List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    if (unlisted > 0) all.add("and " + unlisted + " more");
    return all;
  }

  /** How a block is called in findings. */
  static String name(BlockKey key) {
    return key.epoch() + ":" + key.lane().wireName() + ":" + key.firstSeq() + "+" + key.n();
  }

  private void look(StoredBlock block) throws StoreException {
    BlockKey key = block.key();
    Run run = runs.computeIfAbsent(new Track(key.epoch(), key.lane()), k -> new Run());
    LaneSum sum = lanes.get(key.lane());
    if (sum == null) throw new IllegalStateException("every lane has a sum");
    EpochRow epoch = epochs.get(key.epoch());
    if (key.firstSeq() <= run.last) {
      find("block " + name(key) + ": its numbers stand in another block too");
    } else if (key.firstSeq() > run.last + 1) {
      run.holeFrom = run.last + 1;
      run.holeTo = key.firstSeq() - 1;
    }
    run.last = Math.max(run.last, key.lastSeq());
    sum.blocks++;
    sum.bytes += block.bytes().length;
    try {
      count(run, sum, epoch, decoder.decode(block));
    } catch (BlockCodec.CorruptBlockException | StoreException e) {
      run.damaged = true;
      find("block " + name(key) + ": " + e.getMessage());
    }
  }

  private void count(
      Run run, LaneSum sum, @Nullable EpochRow epoch, List<BlockCodec.Decoded> readings) {
    run.readings += readings.size();
    sum.readings += readings.size();
    for (BlockCodec.Decoded d : readings) {
      if (d.reading() instanceof Reading.SampleBlock b) sum.samples += b.samples().length;
      if (epoch == null) continue;
      Moment moment = timeline.moment(epoch.bootId(), d.reading().measuredNs());
      if (!moment.quality().trusted()) continue;
      if (sum.oldest == null || moment.epochNs() < sum.oldest.epochNs()) sum.oldest = moment;
      if (sum.newest == null || moment.epochNs() > sum.newest.epochNs()) sum.newest = moment;
    }
  }

  private void find(String what) {
    if (findings.size() < FINDINGS_MAX) findings.add(what);
    else unlisted++;
  }
}
