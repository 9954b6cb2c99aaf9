package io.headwall.store;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * What a reading says, without metric and time, to bytes and back: values are zig-zag integers in
 * the metric's scale, waveforms see {@link RiceCoding}.
 */
final class ReadingValues {

  private ReadingValues() {}

  /** Whether a reading has no quality, or the usual one. */
  static boolean isPlain(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> n.quality() == Quality.VALID;
      case Reading.Setting s -> s.quality() == Quality.VALID;
      case Reading.SampleBlock b -> true;
      case Reading.Alarm a -> true;
      case Reading.Text t -> true;
      case Reading.DeviceState d -> true;
      case Reading.Gap g -> true;
      case Reading.DeviceClock c -> true;
      case Reading.Removed r -> true;
      case Reading.Tally t -> true;
    };
  }

  /** Writes what changes from one reading of a metric to the next, its time aside. */
  static void write(VarBytes out, Reading reading) {
    switch (reading) {
      case Reading.Numeric n -> {
        if (n.quality() != Quality.VALID) out.u8(n.quality().code());
        if (n.value() != null) out.signed(n.value().unscaled());
      }
      case Reading.SampleBlock b -> RiceCoding.write(out, b.samples());
      case Reading.Alarm a -> {
        // State and priority in one byte.
        out.u8((a.state().ordinal() << 4) | a.priority().ordinal());
        out.text(a.text());
      }
      case Reading.Setting s -> setting(out, s);
      case Reading.Text t -> out.text(t.text());
      case Reading.DeviceState d -> {
        out.u8(d.condition().ordinal());
        out.text(d.detail());
      }
      case Reading.Gap g -> {
        out.unsigned(g.measuredNs() - g.fromNs());
        out.text(g.reason());
      }
      case Reading.DeviceClock c -> {
        out.signed(c.clock().toEpochSecond(ZoneOffset.UTC));
        out.unsigned(c.clock().getNano());
      }
      case Reading.Removed r -> {
        numbers(out, r.numbers());
        out.unsigned(r.readings());
        out.u8(r.kind().ordinal());
        out.signed(r.span().fromNs());
        out.unsigned(r.span().toNs() - r.span().fromNs());
        out.text(r.reason());
      }
      case Reading.Tally t -> {
        numbers(out, t.numbers());
        out.unsigned(t.readings());
        out.fixed64(t.digest());
      }
    }
  }

  private static void numbers(VarBytes out, Numbers numbers) {
    out.unsigned(numbers.epoch());
    out.text(numbers.lane());
    out.unsigned(numbers.from());
    out.unsigned(numbers.to() - numbers.from());
  }

  private static Numbers numbers(ByteBuffer in) {
    int epoch = Math.toIntExact(VarBytes.unsigned(in));
    String lane = VarBytes.text(in);
    long from = VarBytes.unsigned(in);
    return new Numbers(epoch, lane, from, from + VarBytes.unsigned(in));
  }

  private static Reading removed(ByteBuffer in, Metric metric, long ns) {
    Numbers numbers = numbers(in);
    long readings = VarBytes.unsigned(in);
    Reading.RemovalKind kind = Reading.RemovalKind.values()[in.get()];
    long from = VarBytes.signed(in);
    Reading.Span span = new Reading.Span(from, from + VarBytes.unsigned(in));
    return new Reading.Removed(metric, ns, numbers, readings, kind, span, VarBytes.text(in));
  }

  private static void setting(VarBytes out, Reading.Setting setting) {
    if (setting.quality() != Quality.VALID) out.u8(setting.quality().code());
    Decimal value = setting.value();
    String word = setting.word();
    out.u8(value != null ? 1 : word != null ? 2 : 0);
    if (value != null) out.signed(value.unscaled());
    if (word != null) out.text(word);
  }

  /**
   * The reading of a metric.
   *
   * @param plain whether its quality is "valid", and was not written
   */
  static Reading read(ByteBuffer in, MetricRow row, long ns, boolean plain) {
    Metric metric = row.metric();
    return switch (row.kind()) {
      case NUMERIC -> {
        Quality quality = quality(in, plain);
        yield new Reading.Numeric(
            metric, ns, quality.carriesValue() ? decimal(in, row) : null, quality);
      }
      case WAVE -> wave(in, row, ns);
      case ALARM -> {
        int code = in.get();
        yield new Reading.Alarm(
            metric,
            ns,
            Reading.AlarmState.values()[code >> 4],
            Reading.AlarmPriority.values()[code & 0xF],
            VarBytes.text(in));
      }
      case SETTING -> setting(in, row, ns, plain, Reading.SettingKind.SETTING);
      case LIMIT_LOW -> setting(in, row, ns, plain, Reading.SettingKind.LIMIT_LOW);
      case LIMIT_HIGH -> setting(in, row, ns, plain, Reading.SettingKind.LIMIT_HIGH);
      case TEXT -> new Reading.Text(metric, ns, VarBytes.text(in));
      case STATE ->
          new Reading.DeviceState(
              metric, ns, DeviceCondition.values()[in.get()], VarBytes.text(in));
      case GAP -> new Reading.Gap(metric, ns, ns - VarBytes.unsigned(in), VarBytes.text(in));
      case CLOCK ->
          new Reading.DeviceClock(
              metric,
              ns,
              LocalDateTime.ofEpochSecond(
                  VarBytes.signed(in), (int) VarBytes.unsigned(in), ZoneOffset.UTC));
      case REMOVED -> removed(in, metric, ns);
      case TALLY -> new Reading.Tally(metric, ns, numbers(in), VarBytes.unsigned(in), in.getLong());
    };
  }

  private static Reading setting(
      ByteBuffer in, MetricRow row, long ns, boolean plain, Reading.SettingKind kind) {
    Quality quality = quality(in, plain);
    int form = in.get();
    Decimal value = form == 1 ? decimal(in, row) : null;
    String word = form == 2 ? VarBytes.text(in) : null;
    return new Reading.Setting(row.metric(), ns, kind, value, word, quality);
  }

  private static Reading wave(ByteBuffer in, MetricRow row, long ns) {
    MetricRow.Wave wave = row.wave();
    return new Reading.SampleBlock(
        row.metric(), ns, wave.periodNs(), wave.step(), wave.offset(), RiceCoding.read(in));
  }

  private static Quality quality(ByteBuffer in, boolean plain) {
    return plain ? Quality.VALID : Quality.ofCode(in.get());
  }

  private static Decimal decimal(ByteBuffer in, MetricRow row) {
    return Decimal.of(VarBytes.signed(in), row.scale());
  }
}
