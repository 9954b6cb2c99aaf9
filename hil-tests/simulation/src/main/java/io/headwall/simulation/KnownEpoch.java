package io.headwall.simulation;

import io.headwall.store.Arrival;
import io.headwall.store.Lane;
import io.headwall.store.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One epoch as the world knows it. */
final class KnownEpoch {
  final int number;
  final String bootId;
  final Place place;
  final Map<Lane, Track> tracks = new EnumMap<>(Lane.class);

  KnownEpoch(int number, String bootId, Place place) {
    this.number = number;
    this.bootId = bootId;
    this.place = place;
    for (Lane lane : Lane.values()) tracks.put(lane, new Track());
  }

  Track track(Lane lane) {
    Track track = tracks.get(lane);
    if (track == null) throw new IllegalStateException("lane " + lane);
    return track;
  }

  /** One lane of one epoch; a reading's bit is its number. */
  static final class Track {
    final List<Arrival> readings = new ArrayList<>();
    final BitSet sent = new BitSet();
    final BitSet delivered = new BitSet();
    final BitSet acknowledged = new BitSet();
    final BitSet settled = new BitSet();
    final BitSet excused = new BitSet();
    final BitSet removed = new BitSet();
    final BitSet atStake = new BitSet();

    /** The reading of a number; null where none was committed under it. */
    @Nullable Arrival at(long seq) {
      return seq >= 1 && seq <= readings.size() ? readings.get((int) seq - 1) : null;
    }

    long firstMissing() {
      BitSet done = (BitSet) delivered.clone();
      done.or(excused);
      return done.nextClearBit(1);
    }
  }
}
