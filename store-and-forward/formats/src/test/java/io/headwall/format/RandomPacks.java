package io.headwall.format;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Moment;
import io.headwall.store.Origin;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Makes packs of every kind of reading from a seed, and remembers their metrics. */
final class RandomPacks {

  private static final List<String> TEXTS =
      List.of("", "SIMV+PS", "Überdruck", "\"quoted\\\"", "气道压力高", "\u0000\t", "🫁", "İı");
  private static final Unit[] UNITS = MdcUnit.ALL.toArray(Unit[]::new);
  private static final Code[] CODES = Mdc.ALL.toArray(Code[]::new);
  private static final int ENTRIES_MAX = 60;

  private final RandomGenerator random;
  private final Map<String, Metric> metrics = new HashMap<>();

  RandomPacks(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Knows every metric of the packs made here, as a catalogue does. */
  MetricLookup catalogue() {
    return (device, name, bare) -> {
      Metric known = metrics.get(device + ':' + name + ':' + bare.unit().ucum());
      if (known == null) throw new AssertionError("unknown metric " + device + ' ' + name);
      return known;
    };
  }

  Pack pack() {
    Lane lane = pick(Lane.values());
    Pack.Kind kind = pick(Pack.Kind.values());
    List<Entry> entries = new ArrayList<>();
    long seq = random.nextLong(1L << random.nextInt(1, 62));
    long monoNs = random.nextLong(1L << 55);
    long wallNs = 1_795_493_999_000_000_000L + random.nextLong(1L << 50);
    TimeQuality quality = pick(TimeQuality.values());
    int count = random.nextInt(1, ENTRIES_MAX);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(20) == 0) quality = pick(TimeQuality.values());
      if (random.nextInt(4) == 0) monoNs += random.nextLong(3_000_000_000L);
      if (random.nextInt(10) == 0) wallNs += random.nextInt(-50_000_000, 50_000_000);
      seq += random.nextInt(5) == 0 ? random.nextLong(1, 1000) : 1;
      String device = pick("monitor", "vent.2", "pump-rack-a");
      Moment moment =
          quality.trusted() ? new Moment(wallNs + monoNs, quality) : new Moment(0, quality);
      entries.add(new Entry(seq, device, remember(device, reading(lane, monoNs)), moment));
    }
    return new Pack(
        1,
        kind,
        kind == Pack.Kind.HISTORY ? pick("", "backlog", "resend") : "",
        new Origin(random.nextLong()),
        random.nextInt(Integer.MAX_VALUE),
        lane,
        Place.UNASSIGNED,
        entries);
  }

  private Reading remember(String device, Reading reading) {
    Metric metric = reading.metric();
    String key = device + ':' + Senml.name(reading) + ':' + metric.unit().ucum();
    Metric known = metrics.putIfAbsent(key, metric);
    return known == null || known.equals(metric) ? reading : withMetric(reading, known);
  }

  private Reading reading(Lane lane, long ns) {
    return switch (lane) {
      case NUMERIC -> numeric(ns);
      case WAVE ->
          new Reading.SampleBlock(
              metric(), ns, random.nextLong(1, 2_000_000_000L), decimal(), decimal(), samples());
      case ALARM ->
          new Reading.Alarm(
              unitless(),
              ns,
              pick(Reading.AlarmState.values()),
              pick(Reading.AlarmPriority.values()),
              text());
      case EVENT ->
          switch (random.nextInt(7)) {
            case 0 -> setting(ns);
            case 1 -> new Reading.Text(unitless(), ns, text());
            case 2 ->
                new Reading.DeviceState(unitless(), ns, pick(DeviceCondition.values()), text());
            case 3 -> new Reading.Gap(unitless(), ns, ns - random.nextLong(1L << 50), text());
            case 4 ->
                new Reading.Removed(
                    unitless(),
                    ns,
                    numbers(),
                    random.nextLong(1, 1000),
                    pick(Reading.RemovalKind.values()),
                    random.nextBoolean()
                        ? Reading.Span.UNKNOWN
                        : new Reading.Span(ns, ns + random.nextLong(1L << 50)),
                    text());
            case 5 ->
                new Reading.Tally(
                    unitless(), ns, numbers(), random.nextLong(1, 1000), random.nextLong());
            default ->
                new Reading.DeviceClock(
                    unitless(),
                    ns,
                    LocalDateTime.of(2026, 10, 25, 2, 30)
                        .plusSeconds(random.nextInt(100))
                        .plusNanos(random.nextInt(2) * 250_000_000L));
          };
    };
  }

  private Numbers numbers() {
    long from = random.nextLong(1, 1L << 40);
    return new Numbers(
        random.nextInt(1, 1 << 20),
        pick(Lane.values()).wireName(),
        from,
        from + random.nextLong(1L << 20));
  }

  private Reading numeric(long ns) {
    Quality quality = pick(Quality.values());
    return new Reading.Numeric(metric(), ns, quality.carriesValue() ? decimal() : null, quality);
  }

  private Reading setting(long ns) {
    Quality quality = pick(Quality.values());
    boolean word = random.nextBoolean();
    return new Reading.Setting(
        metric(),
        ns,
        pick(Reading.SettingKind.values()),
        quality.carriesValue() && !word ? decimal() : null,
        quality.carriesValue() && word ? text() : null,
        quality);
  }

  private static Reading withMetric(Reading reading, Metric metric) {
    long ns = reading.measuredNs();
    return switch (reading) {
      case Reading.Numeric n -> new Reading.Numeric(metric, ns, n.value(), n.quality());
      case Reading.SampleBlock b ->
          new Reading.SampleBlock(metric, ns, b.periodNs(), b.step(), b.offset(), b.samples());
      case Reading.Alarm a -> new Reading.Alarm(metric, ns, a.state(), a.priority(), a.text());
      case Reading.Setting s ->
          new Reading.Setting(metric, ns, s.kind(), s.value(), s.word(), s.quality());
      case Reading.Text t -> new Reading.Text(metric, ns, t.text());
      case Reading.DeviceState s -> new Reading.DeviceState(metric, ns, s.condition(), s.detail());
      case Reading.Gap g -> new Reading.Gap(metric, ns, g.fromNs(), g.reason());
      case Reading.DeviceClock c -> new Reading.DeviceClock(metric, ns, c.clock());
      case Reading.Removed r ->
          new Reading.Removed(
              metric, ns, r.numbers(), r.readings(), r.kind(), r.span(), r.reason());
      case Reading.Tally t -> new Reading.Tally(metric, ns, t.numbers(), t.readings(), t.digest());
    };
  }

  private int[] samples() {
    int[] samples = new int[random.nextInt(1, 300)];
    int last = random.nextInt();
    for (int i = 0; i < samples.length; i++) {
      last = random.nextInt(10) == 0 ? random.nextInt() : last + random.nextInt(-100, 100);
      samples[i] = random.nextInt(20) == 0 ? Reading.SampleBlock.MISSING : last;
    }
    return samples;
  }

  private Metric metric() {
    Unit unit = random.nextInt(5) == 0 ? Unit.NONE : pick(UNITS);
    return new Metric(code(), unit.ucum().isEmpty() ? Unit.NONE : unit, containment());
  }

  private Metric unitless() {
    return Metric.unitless(code(), containment());
  }

  private Containment containment() {
    var where = Containment.of(code(), code(), code());
    return random.nextBoolean()
        ? where
        : where.instance(random.nextInt(1, 12), random.nextInt(1, 12));
  }

  private Code code() {
    return random.nextInt(8) == 0
        ? pick(new LocalCode("x-gap"), new LocalCode("x-ventilator-mode-2"))
        : pick(CODES);
  }

  private Decimal decimal() {
    long unscaled = random.nextLong() >> random.nextInt(64);
    return Decimal.of(unscaled, random.nextInt(Decimal.SCALE_MAX + 1));
  }

  private String text() {
    return pick(TEXTS.toArray(String[]::new));
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
