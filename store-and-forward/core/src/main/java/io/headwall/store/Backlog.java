package io.headwall.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which readings an uplink still owes its receiver. Live readings are acknowledged ahead of older
 * ones, so this is sets of intervals, not a cursor. Owned by the uplink's forward thread.
 */
final class Backlog {

  private final Map<TrackKey, Track> tracks = new HashMap<>();

  private record TrackKey(int epoch, Lane lane) {}

  /** A stretch that is owed and that nobody works on. */
  record Owed(int epoch, Lane lane, long from, long to) {}

  /** What is known of one lane of one epoch. */
  private static final class Track {
    final TrackKey key;
    final IntervalSet settled = new IntervalSet();
    IntervalSet claimed = new IntervalSet();
    long last;
    long reachedNs = Long.MIN_VALUE;

    Track(TrackKey key) {
      this.key = key;
    }
  }

  /** Everything up to {@code lastSeq} is committed. */
  void committed(int epoch, Lane lane, long lastSeq) {
    Track track = track(epoch, lane);
    track.last = Math.max(track.last, lastSeq);
  }

  /**
   * The receiver is done with these.
   *
   * @return how many of them it was not done with before
   */
  long settle(int epoch, Lane lane, long from, long to) {
    Track track = track(epoch, lane);
    long before = track.settled.size();
    track.settled.add(from, to);
    track.claimed.add(from, to);
    track.last = Math.max(track.last, to);
    return track.settled.size() - before;
  }

  /** The stretches of these numbers that the receiver is not done with. */
  List<IntervalSet.Interval> unsettled(int epoch, Lane lane, long from, long to) {
    IntervalSet settled = track(epoch, lane).settled;
    List<IntervalSet.Interval> open = new ArrayList<>();
    for (long at = settled.firstMissing(from); at <= to; at = settled.firstMissing(at)) {
      long end = settled.lastMissing(at, to);
      open.add(new IntervalSet.Interval(at, end));
      at = end + 1;
    }
    return open;
  }

  /** These are being worked on: {@link #next} passes them over. */
  void claim(int epoch, Lane lane, long from, long to) {
    track(epoch, lane).claimed.add(from, to);
  }

  /** Work on these came to nothing: they are owed again. */
  void release(int epoch, Lane lane, long from, long to) {
    Track track = track(epoch, lane);
    track.claimed.remove(from, to);
    // What is settled in between stays so, or it would be sent again.
    for (IntervalSet.Interval settled : track.settled.within(from, to)) {
      track.claimed.add(settled.from(), settled.to());
    }
    track.reachedNs = Long.MIN_VALUE;
  }

  /** All work came to nothing: the link is down. */
  void releaseAll() {
    for (Track track : tracks.values()) {
      track.claimed = new IntervalSet(track.settled);
      track.reachedNs = Long.MIN_VALUE;
    }
  }

  /** Whether a reading is owed and nobody works on it. */
  boolean isFree(int epoch, Lane lane, long seq) {
    return !track(epoch, lane).claimed.contains(seq);
  }

  /** History has come this far in a lane; the lane that lags most is next. */
  void reached(int epoch, Lane lane, long measuredNs) {
    track(epoch, lane).reachedNs = measuredNs;
  }

  /** What to work on next: alarms of any epoch, then the oldest; null where nothing is owed. */
  @Nullable Owed next() {
    List<Owed> owed = new ArrayList<>();
    for (Track track : tracks.values()) {
      long from = track.claimed.firstMissing(1);
      if (from <= track.last) {
        long to = track.claimed.lastMissing(from, track.last);
        owed.add(new Owed(track.key.epoch(), track.key.lane(), from, to));
      }
    }
    Comparator<Owed> alarmsFirst = Comparator.comparing(o -> o.lane() != Lane.ALARM);
    return owed.stream()
        .min(
            alarmsFirst
                .thenComparingInt(Owed::epoch)
                .thenComparingLong(o -> track(o.epoch(), o.lane()).reachedNs)
                .thenComparing(Owed::lane))
        .orElse(null);
  }

  /** Readings owed, those being worked on included. */
  long pending() {
    long n = 0;
    for (Track track : tracks.values()) n += track.last - track.settled.size();
    return n;
  }

  /** Readings committed, all epochs and lanes. */
  long stored() {
    return tracks.values().stream().mapToLong(t -> t.last).sum();
  }

  private Track track(int epoch, Lane lane) {
    return tracks.computeIfAbsent(new TrackKey(epoch, lane), Track::new);
  }
}
