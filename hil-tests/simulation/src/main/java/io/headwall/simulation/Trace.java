package io.headwall.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What has happened in a run: a hash over all of it, and the last events in words. Two runs of one
 * seed have the same hash.
 */
final class Trace {

  private static final int KEPT_MAX = 400;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final SimClock clock;
  private final Deque<Event> last = new ArrayDeque<>();
  private long hash = 0xCBF29CE484222325L;
  private long events;

  private record Event(long atNs, Supplier<String> words) {}

  Trace(SimClock clock) {
    this.clock = clock;
  }

  /** Mixes in a number. */
  void mix(long value) {
    long mixed = (hash ^ value) * PRIME;
    hash = mixed ^ (mixed >>> 29);
  }

  void mix(byte[] bytes, int length) {
    long h = length;
    for (int i = 0; i < length; i++) h = h * 31 + bytes[i];
    mix(h);
  }

  /** An event, in words that are only made where they are read. */
  void event(long mixed, Supplier<String> words) {
    mix(clock.nowNs());
    mix(mixed);
    events++;
    if (last.size() == KEPT_MAX) last.removeFirst();
    last.addLast(new Event(clock.nowNs(), words));
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  /** The last events, oldest first, with their virtual times. */
  List<String> lastEvents(int most) {
    List<String> lines = new ArrayList<>();
    int skip = Math.max(0, last.size() - most);
    for (Event event : last) {
      if (skip-- > 0) continue;
      lines.add(String.format(Locale.ROOT, "%10.3f s  %s", event.atNs / 1e9, event.words.get()));
    }
    return lines;
  }
}
