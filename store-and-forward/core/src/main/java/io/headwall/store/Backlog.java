package io.headwall.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which readings an uplink still owes its receiver, and what became of the others. Live readings
 * are acknowledged ahead of older ones, so this is sets of intervals, not a cursor. Of epochs that
 * are wholly settled no more is kept than that they are, so a long life costs nothing. Owned by the
 * uplink's forward thread.
 */
final class Backlog {

  private final int running;
  private final Map<TrackKey, Track> tracks = new HashMap<>();

  /** Epochs that are wholly settled in a lane. */
  private final Map<Lane, IntervalSet> retired = new EnumMap<>(Lane.class);

  /** Epochs of a lane in which something is owed that nobody works on. */
  private final Map<Lane, NavigableSet<Integer>> open = new EnumMap<>(Lane.class);

  /** Dead letters. */
  private final Map<TrackKey, IntervalSet> dead = new HashMap<>();

  private final Map<Settled.How, Long> settled = new EnumMap<>(Settled.How.class);
  private long settledTotal;
  private long stored;

  private record TrackKey(int epoch, Lane lane) {}

  /** A stretch that is owed and that nobody works on. */
  record Owed(int epoch, Lane lane, long from, long to) {}

  /**
   * Nothing is known yet.
   *
   * @param running the epoch that still grows
   */
  Backlog(int running) {
    this.running = running;
    for (Lane lane : Lane.values()) {
      retired.put(lane, new IntervalSet());
      open.put(lane, new TreeSet<>());
    }
  }

  /** Everything up to {@code lastSeq} is committed. */
  void committed(int epoch, Lane lane, long lastSeq) {
    if (isRetired(epoch, lane)) return;
    Track track = track(epoch, lane);
    stored += track.committed(lastSeq);
    keepOpen(epoch, lane, track);
  }

  /**
   * The uplink is done with these.
   *
   * @return how many of them it was not done with before
   */
  long settle(Settled news) {
    if (isRetired(news.epoch(), news.lane())) return 0;
    committed(news.epoch(), news.lane(), news.to());
    Track track = track(news.epoch(), news.lane());
    if (news.how() == Settled.How.DEAD) {
      IntervalSet letters = deadLetters(news.epoch(), news.lane());
      for (IntervalSet.Interval i : missing(track.settled(), news.from(), news.to())) {
        letters.add(i.from(), i.to());
      }
    }
    long n = track.settle(news.from(), news.to());
    settled.merge(news.how(), n, Long::sum);
    settledTotal += n;
    keepOpen(news.epoch(), news.lane(), track);
    if (news.epoch() != running && track.isWhollySettled()) retire(news.epoch(), news.lane());
    return n;
  }

  /**
   * Takes back that the uplink was done with these: what was delivered, or refused for good, is
   * owed once more. Of those to be discarded, what was refused for good is given up instead.
   *
   * @param last the last number of the epoch and lane
   */
  void takeBack(Settled again, long last) {
    boolean discards = again.how() == Settled.How.DISCARDED;
    if (!discards && again.how() != Settled.How.DEAD) {
      owe(again, last);
      return;
    }
    IntervalSet letters = deadLetters(again.epoch(), again.lane());
    for (IntervalSet.Interval i : letters.within(again.from(), again.to())) {
      letters.remove(i.from(), i.to());
      if (discards) {
        settled.merge(Settled.How.DEAD, -i.size(), Long::sum);
        settled.merge(Settled.How.DISCARDED, i.size(), Long::sum);
      } else {
        owe(again.part(i.from(), i.to()), last);
      }
    }
  }

  private IntervalSet deadLetters(int epoch, Lane lane) {
    return dead.computeIfAbsent(new TrackKey(epoch, lane), key -> new IntervalSet());
  }

  private void owe(Settled again, long last) {
    int epoch = again.epoch();
    Lane lane = again.lane();
    if (isRetired(epoch, lane)) {
      of(retired, lane).remove(epoch, epoch);
      track(epoch, lane).committed(last);
      track(epoch, lane).settle(1, last);
    }
    Track track = track(epoch, lane);
    long n = track.owe(again.from(), again.to());
    settled.merge(again.how(), -n, Long::sum);
    settledTotal -= n;
    keepOpen(epoch, lane, track);
  }

  private void retire(int epoch, Lane lane) {
    tracks.remove(new TrackKey(epoch, lane));
    of(retired, lane).add(epoch, epoch);
  }

  private boolean isRetired(int epoch, Lane lane) {
    return of(retired, lane).contains(epoch);
  }

  /** The stretches of these numbers that are owed and that nobody works on. */
  List<IntervalSet.Interval> free(int epoch, Lane lane, long from, long to) {
    if (isRetired(epoch, lane)) return List.of();
    return missing(track(epoch, lane).claimed(), from, to);
  }

  private static List<IntervalSet.Interval> missing(IntervalSet numbers, long from, long to) {
    List<IntervalSet.Interval> missing = new ArrayList<>();
    for (long at = numbers.firstMissing(from); at <= to; at = numbers.firstMissing(at)) {
      long end = numbers.lastMissing(at, to);
      missing.add(new IntervalSet.Interval(at, end));
      at = end + 1;
    }
    return missing;
  }

  /** These are being worked on: {@link #next} passes them over. */
  void claim(int epoch, Lane lane, long from, long to) {
    if (isRetired(epoch, lane)) return;
    Track track = track(epoch, lane);
    track.claim(from, to);
    keepOpen(epoch, lane, track);
  }

  /** Work on these came to nothing: they are owed again. */
  void release(int epoch, Lane lane, long from, long to) {
    if (isRetired(epoch, lane)) return;
    Track track = track(epoch, lane);
    track.release(from, to);
    keepOpen(epoch, lane, track);
  }

  /** All work came to nothing: the link is down. */
  void releaseAll() {
    tracks.forEach((key, track) -> {
      track.releaseAll();
      keepOpen(key.epoch(), key.lane(), track);
    });
  }

  /** Whether a reading is owed and nobody works on it. */
  boolean isFree(int epoch, Lane lane, long seq) {
    return !isRetired(epoch, lane) && !track(epoch, lane).claimed().contains(seq);
  }

  /** History has come this far in a lane; the lane that lags most is next. */
  void reached(int epoch, Lane lane, long measuredNs) {
    if (!isRetired(epoch, lane)) track(epoch, lane).reachedNs = measuredNs;
  }

  /** What to work on next: alarms of any epoch, then the oldest; null where nothing is owed. */
  @Nullable Owed next() {
    NavigableSet<Integer> alarms = of(open, Lane.ALARM);
    if (!alarms.isEmpty()) return owed(alarms.first(), Lane.ALARM);
    int epoch = Integer.MAX_VALUE;
    @Nullable Lane lagging = null;
    for (Lane lane : Lane.values()) {
      if (of(open, lane).isEmpty()) continue;
      int first = of(open, lane).first();
      if (lagging == null || first < epoch || (first == epoch && lags(epoch, lane, lagging))) {
        epoch = first;
        lagging = lane;
      }
    }
    return lagging == null ? null : owed(epoch, lagging);
  }

  private boolean lags(int epoch, Lane lane, Lane other) {
    return track(epoch, lane).reachedNs < track(epoch, other).reachedNs;
  }

  private Owed owed(int epoch, Lane lane) {
    Track track = track(epoch, lane);
    long from = track.claimed().firstMissing(1);
    return new Owed(epoch, lane, from, track.claimed().lastMissing(from, track.last()));
  }

  /** Readings owed, those being worked on included. */
  long pending() {
    return stored - settledTotal;
  }

  /** Readings committed, all epochs and lanes. */
  long stored() {
    return stored;
  }

  /** Last committed number; 0 where the uplink is done with all of them. */
  long last(int epoch, Lane lane) {
    Track track = tracks.get(new TrackKey(epoch, lane));
    return track == null ? 0 : track.last();
  }

  /** Readings that the uplink was done with in one way. */
  long settled(Settled.How how) {
    return settled.getOrDefault(how, 0L);
  }

  private void keepOpen(int epoch, Lane lane, Track track) {
    if (track.isOpen()) of(open, lane).add(epoch);
    else of(open, lane).remove(epoch);
  }

  private Track track(int epoch, Lane lane) {
    return tracks.computeIfAbsent(new TrackKey(epoch, lane), key -> new Track());
  }

  private static <T> T of(Map<Lane, T> byLane, Lane lane) {
    T value = byLane.get(lane);
    if (value == null) throw new IllegalStateException("every lane has its own");
    return value;
  }
}
