package io.headwall.edge;

import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.WallTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the clock of a device goes before the box's, and when it was set. Held against monotonic
 * time, so that a step of the box's own clock is none of the device's. Owned by the port's thread.
 */
final class ShownClock {

  /** A change of the offset beyond this is a jump: hospitals set their clocks to the second. */
  static final long JUMP_NS = TimeUnit.SECONDS.toNanos(1);

  /** A clock shown to the minute is up to one behind; five seconds for its way to the line. */
  private static final long MINUTE_SHOWN_NS = TimeUnit.SECONDS.toNanos(65);

  private static final long SECOND_SHOWN_NS = TimeUnit.SECONDS.toNanos(1);

  private @Nullable Shown last;

  /**
   * One look at the clock.
   *
   * @param offsetNs what it showed, as if in UTC, less monotonic time
   * @param roughNs how much more it may have been without showing it
   */
  private record Shown(long offsetNs, long roughNs) {
    static Shown of(Reading.DeviceClock reading) {
      long second = TimeUnit.SECONDS.toNanos(reading.clock().toEpochSecond(ZoneOffset.UTC));
      int ns = reading.clock().getNano();
      boolean minute = ns == 0 && reading.clock().getSecond() == 0;
      long rough = minute ? MINUTE_SHOWN_NS : ns == 0 ? SECOND_SHOWN_NS : 0;
      return new Shown(second + ns - reading.measuredNs(), rough);
    }

    /** By how much two looks differ at least. */
    long jumpTo(Shown next) {
      long forward = next.offsetNs - (offsetNs + roughNs);
      long back = offsetNs - (next.offsetNs + next.roughNs);
      return Math.max(forward, back);
    }
  }

  /**
   * The clock shows a time.
   *
   * @param wall the box's own, to tell the offset by
   * @return that it jumped, with the old and the new offset, in words; empty where it did not
   */
  String shows(Reading.DeviceClock reading, WallTime wall) {
    Shown now = Shown.of(reading);
    Shown before = last;
    if (before != null && before.jumpTo(now) <= JUMP_NS) return "";
    last = now;
    if (before == null) return "";
    String by = seconds(now.offsetNs - before.offsetNs);
    if (!wall.quality().trusted()) return "device clock jumped by " + by + " s";
    long wallOffsetNs = wall.epochNs() - wall.bootNs();
    return String.format(
        Locale.ROOT,
        "device clock jumped by %s s: offset to UTC was %s s, is %s s",
        by,
        seconds(before.offsetNs - wallOffsetNs),
        seconds(now.offsetNs - wallOffsetNs));
  }

  private static String seconds(long ns) {
    return String.format(Locale.ROOT, "%+.3f", ns / 1e9);
  }
}
