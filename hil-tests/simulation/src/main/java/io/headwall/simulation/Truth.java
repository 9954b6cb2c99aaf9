package io.headwall.simulation;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Holds what was read against what the devices said, value by value; and at the end what they said
 * against what was read.
 */
final class Truth {

  private static final String EVENT = "x-event";

  private static final long NEAR_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLES_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long BEYOND_NS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final String THE_BOX = "headwall";
  private static final int NEIGHBOURS = 2;
  private static final int SLIPS_PER_SPOILT = 100;

  private final Map<String, Line> lines = new HashMap<>();
  private final Map<String, Line> byDevice = new HashMap<>();
  private final Map<String, List<Interval>> gaps = new HashMap<>();
  private final Map<String, Long> newestNs = new HashMap<>();
  private final Map<String, Interval> begun = new HashMap<>();
  private final OximeterTruth oximeters = new OximeterTruth();
  private final VentilatorTruth ventilators = new VentilatorTruth();
  private final Map<Stream, Long> lastNs = new HashMap<>();
  private final Set<Slip> slips = new HashSet<>();
  private long numerics;
  private long samples;
  private long settings;
  private long alarms;

  /** A parameter of a device. */
  private record Stream(String device, Code code) {}

  /** A packet with wrong values that its check sum let pass. */
  private record Slip(String device, long worldNs) {}

  /** A stretch of world time. */
  private record Interval(long fromNs, long toNs) {
    boolean holds(long ns) {
      return ns >= fromNs && ns <= toNs;
    }
  }

  void add(Line line) {
    lines.put(line.spec().port(), line);
    gaps.put(line.spec().port(), new ArrayList<>());
  }

  /** A reading of a device was committed. */
  void check(String device, Reading reading, long worldNs) {
    if (device.equals(THE_BOX)) return;
    Line line = lineOf(device);
    requireOrder(device, reading, worldNs);
    count(reading);
    switch (reading) {
      case Reading.Gap gap -> {
        long length = gap.measuredNs() - gap.fromNs();
        gapsOf(line).add(new Interval(worldNs - length, worldNs));
      }
      case Reading.Numeric n when n.quality() == Quality.NO_DATA ->
          gapsOf(line).add(new Interval(worldNs - SETTLES_NS, worldNs));
      case Reading.Setting s when s.quality() == Quality.NO_DATA -> {}
      case Reading.DeviceState _, Reading.DeviceClock _, Reading.Removed _, Reading.Tally _ -> {}
      // The box's own words about a device, as of a clock that jumped.
      case Reading.Text t when t.metric().code().refid().equals(EVENT) -> {}
      case Reading.Numeric _,
          Reading.Setting _,
          Reading.SampleBlock _,
          Reading.Alarm _,
          Reading.Text _ ->
          requireSaid(line, device, reading, worldNs);
    }
  }

  /** Within a device and a metric, numbers are given out in the order of measurement. */
  private void requireOrder(String device, Reading reading, long worldNs) {
    boolean stream = reading instanceof Reading.Numeric || reading instanceof Reading.SampleBlock;
    if (!stream) return;
    Line line = lineOf(device);
    endBlindness(line, worldNs);
    newestNs.merge(line.spec().port(), worldNs, Math::max);
    Long before = lastNs.put(new Stream(device, reading.metric().code()), worldNs);
    if (before != null && before > worldNs) {
      throw new Violation("order", device + " " + reading + " after a later one");
    }
  }

  private void requireSaid(Line line, String device, Reading reading, long worldNs) {
    String wrong =
        line.spec().ventilator()
            ? ventilators.wrong(near(line, worldNs), reading, worldNs)
            : oximeters.wrong(at(line, worldNs), reading);
    if (wrong.isEmpty()) return;
    boolean spoilt = near(line, worldNs).stream().anyMatch(Spoken::spoilt);
    // An 8-bit sum cannot tell every loss of a byte in a packet's last frames.
    if (spoilt && !line.spec().ventilator()) slips.add(new Slip(device, worldNs));
    else throw new Violation("said", device + " " + reading + ": " + wrong);
  }

  /** What was begun to be heard at exactly this time. */
  private static List<Spoken> at(Line line, long worldNs) {
    List<Spoken> all = line.spoken();
    int i = firstFrom(all, worldNs);
    int from = i;
    while (i < all.size() && all.get(i).firstNs() == worldNs) i++;
    return all.subList(from, i);
  }

  private static List<Spoken> near(Line line, long worldNs) {
    List<Spoken> all = line.spoken();
    int from = Math.max(0, firstFrom(all, worldNs - NEAR_NS) - NEIGHBOURS);
    int to = Math.min(all.size(), firstFrom(all, worldNs + NEAR_NS) + NEIGHBOURS);
    return all.subList(from, to);
  }

  private static int firstFrom(List<Spoken> all, long worldNs) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      long ns = all.get(mid).firstNs();
      if (ns >= 0 && ns < worldNs) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  /**
   * A process runs again. What was read since a device's newest that is committed went down with
   * the last one, a gap that had not ended among it; the new epoch is what tells of that, until the
   * device's first reading in it.
   */
  void blind(long startNs) {
    for (Line line : lines.values()) {
      String port = line.spec().port();
      Interval blind = new Interval(newestNs.getOrDefault(port, 0L), startNs + SETTLES_NS);
      gapsOf(line).add(blind);
      begun.put(port, blind);
    }
  }

  /** Where all stood still meanwhile, a device takes longer to be understood. */
  private void endBlindness(Line line, long worldNs) {
    Interval blind = begun.remove(line.spec().port());
    if (blind == null || worldNs > blind.toNs() + BEYOND_NS_MAX) return;
    gapsOf(line).add(new Interval(blind.fromNs(), worldNs));
  }

  /** What was heard whole and left no trace must lie in a gap that was recorded. */
  void requireGapsMarked(long untilNs) {
    for (Line line : lines.values()) {
      List<Spoken> all = line.spoken();
      for (int i = 0; i < all.size(); i++) {
        Spoken said = all.get(i);
        if (!said.whole() || said.claimedFully() || said.lastNs() > untilNs) continue;
        if (disturbed(all, i) || marked(line, said)) continue;
        throw new Violation(
            "gap-marked",
            line.spec().port()
                + ": message "
                + i
                + ", heard whole at "
                + said.lastNs() / 1e9
                + " s, was neither read nor said to be missing",
            said.lastNs());
      }
    }
    long spoilt = 0;
    for (Line line : lines.values()) {
      spoilt += line.spoken().stream().filter(Spoken::spoilt).count();
    }
    if (slips.size() > 2 + spoilt / SLIPS_PER_SPOILT) {
      throw new Violation("said", slips.size() + " of " + spoilt + " packets passed a check sum");
    }
  }

  /**
   * Whether a spoilt message is near enough to have cost this one. Which of those that were heard
   * at once a reading was made of, nobody can tell: what cost one of them is near to all.
   */
  private static boolean disturbed(List<Spoken> all, int i) {
    long ns = all.get(i).firstNs();
    int first = i;
    int last = i;
    while (first > 0 && all.get(first - 1).firstNs() == ns) first--;
    while (last + 1 < all.size() && all.get(last + 1).firstNs() == ns) last++;
    int from = Math.max(0, first - NEIGHBOURS);
    int to = Math.min(all.size(), last + NEIGHBOURS + 1);
    return from == 0 || all.subList(from, to).stream().anyMatch(s -> !s.whole());
  }

  private boolean marked(Line line, Spoken said) {
    for (Interval one : gapsOf(line)) {
      if (one.holds(said.firstNs()) || one.holds(said.lastNs())) return true;
    }
    return false;
  }

  Line lineOf(String device) {
    return byDevice.computeIfAbsent(device, this::findLine);
  }

  private Line findLine(String device) {
    for (Map.Entry<String, Line> e : lines.entrySet()) {
      if (device.endsWith('-' + e.getKey())) return e.getValue();
      if (e.getValue().spec().ventilator() && device.startsWith("puritan-bennett")) {
        return e.getValue();
      }
    }
    throw new Violation("said", "no such device: " + device);
  }

  private List<Interval> gapsOf(Line line) {
    List<Interval> all = gaps.get(line.spec().port());
    if (all == null) throw new IllegalStateException("no line " + line.spec().port());
    return all;
  }

  private void count(Reading reading) {
    switch (reading) {
      case Reading.Numeric _ -> numerics++;
      case Reading.SampleBlock b -> samples += b.samples().length;
      case Reading.Setting _ -> settings++;
      case Reading.Alarm _ -> alarms++;
      case Reading.Text _,
          Reading.DeviceState _,
          Reading.Gap _,
          Reading.DeviceClock _,
          Reading.Removed _,
          Reading.Tally _ -> {}
    }
  }

  /**
   * The load that was really offered.
   *
   * @param samples of waves
   */
  record Load(long numerics, long samples, long settings, long alarms) {}

  Load load() {
    return new Load(numerics, samples, settings, alarms);
  }

  /** Packets with wrong values that the device's own check sum let pass. */
  long slips() {
    return slips.size();
  }
}
