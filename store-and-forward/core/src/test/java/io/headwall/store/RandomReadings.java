package io.headwall.store;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Readings of all kinds that a device could ever give, the extreme ones more often than not. */
final class RandomReadings {

  private static final long[] LONGS = {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final int[] INTS = {0, 1, -1, 63, -65, Integer.MAX_VALUE, Integer.MIN_VALUE};
  private static final List<String> TEXTS =
      List.of(
          "",
          "Ventilation",
          "Atemwegsdruck hoch – prüfen",
          "Iıİi ğüşöç",
          "\u0000\u001f\u007f\n",
          "ß€𝄞",
          "😀👩‍⚕️",
          "x".repeat(Reading.TEXT_CHARS_MAX),
          "€".repeat(Reading.TEXT_CHARS_MAX),
          "😀".repeat(Reading.TEXT_CHARS_MAX / 2));

  private final RandomGenerator random;

  RandomReadings(RandomGenerator random) {
    this.random = random;
  }

  Arrival arrival() {
    return new Arrival(pick(List.of("evita-1", "pump.rack-2.slot-4", "İntellivue")), reading());
  }

  Reading reading() {
    Metric metric = metric();
    long ns = number();
    return switch (random.nextInt(10)) {
      case 0 -> {
        Quality quality = pick(Quality.values());
        yield new Reading.Numeric(metric, ns, quality.carriesValue() ? decimal() : null, quality);
      }
      case 1 ->
          new Reading.SampleBlock(
              metric, ns, random.nextLong(1, Long.MAX_VALUE), decimal(), decimal(), samples());
      case 2 ->
          new Reading.Alarm(
              metric,
              ns,
              pick(Reading.AlarmState.values()),
              pick(Reading.AlarmPriority.values()),
              text());
      case 3 -> setting(metric, ns);
      case 4 -> new Reading.Text(metric, ns, text());
      case 5 -> new Reading.DeviceState(metric, ns, pick(DeviceCondition.values()), text());
      case 6 -> {
        long other = number();
        yield new Reading.Gap(metric, Math.max(ns, other), Math.min(ns, other), text());
      }
      case 7 -> new Reading.DeviceClock(metric, ns, clock());
      case 8 ->
          new Reading.Removed(
              metric,
              ns,
              numbers(),
              1 + random.nextInt(1000),
              pick(Reading.RemovalKind.values()),
              random.nextBoolean() ? Reading.Span.UNKNOWN : new Reading.Span(-5, 1L << 60),
              text());
      default -> new Reading.Tally(metric, ns, numbers(), 1 + random.nextInt(9), number());
    };
  }

  private Numbers numbers() {
    long from = 1 + random.nextLong(BlockKey.SEQ_MAX - 1);
    long to = random.nextLong(from, BlockKey.SEQ_MAX);
    return new Numbers(
        1 + random.nextInt(BlockKey.EPOCH_MAX), pick(Lane.values()).wireName(), from, to);
  }

  private Reading setting(Metric metric, long ns) {
    Quality quality = pick(Quality.values());
    boolean word = random.nextBoolean();
    @Nullable Decimal value = quality.carriesValue() && !word ? decimal() : null;
    @Nullable String said = quality.carriesValue() && word ? text() : null;
    return new Reading.Setting(
        metric, ns, pick(Reading.SettingKind.values()), value, said, quality);
  }

  private Metric metric() {
    MdcCode device = new MdcCode(69_708, "MDC_DEV_SYS_PT_VENT_MDS", MdcCategory.DEVICE, 2);
    MdcCode pressure = new MdcCode(151_784, "MDC_PRESS_AWAY", MdcCategory.VENTILATOR, 1);
    LocalCode local = new LocalCode("x-module-" + random.nextInt(3));
    int instance = pick(List.of(1, 2, 32_768, 65_535, Integer.MAX_VALUE));
    Containment place = new Containment(device, local, instance, pressure, instance);
    return random.nextBoolean()
        ? new Metric(pressure, new Unit(268_048, "MDC_DIM_CM_H2O", "cm[H2O]"), place)
        : Metric.unitless(local, place);
  }

  private int[] samples() {
    int[] samples =
        new int[random.nextInt(10) == 0 ? Reading.SampleBlock.SAMPLES_MAX : 1 + random.nextInt(9)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(3) > 0 ? random.nextInt(4096) : INTS[random.nextInt(INTS.length)];
    }
    return samples;
  }

  private LocalDateTime clock() {
    return switch (random.nextInt(4)) {
      case 0 -> LocalDateTime.MIN;
      case 1 -> LocalDateTime.MAX;
      case 2 -> LocalDateTime.of(1970, 1, 1, 0, 0);
      default ->
          LocalDateTime.ofEpochSecond(
              random.nextInt(), random.nextInt(1_000_000_000), ZoneOffset.UTC);
    };
  }

  private Decimal decimal() {
    return Decimal.of(number(), random.nextInt(Decimal.SCALE_MAX + 1));
  }

  private long number() {
    return switch (random.nextInt(3)) {
      case 0 -> LONGS[random.nextInt(LONGS.length)];
      case 1 -> random.nextLong();
      default -> random.nextInt(10_000);
    };
  }

  private String text() {
    return pick(TEXTS);
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
