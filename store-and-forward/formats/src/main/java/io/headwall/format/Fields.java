package io.headwall.format;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The fields of one record while it is read: each is taken once, and none may be left. */
final class Fields {

  private final EnumMap<Label, Scalar> left;

  Fields(EnumMap<Label, Scalar> fields) {
    left = new EnumMap<>(fields);
  }

  boolean has(Label label) {
    return left.containsKey(label);
  }

  String string(Label label) throws SenmlException {
    if (take(label) instanceof Scalar.Str(String value)) return value;
    throw new SenmlException("field " + label.text() + " is no text");
  }

  BigDecimal decimal(Label label) throws SenmlException {
    if (take(label) instanceof Scalar.Num(BigDecimal value)) return value;
    throw new SenmlException("field " + label.text() + " is no number");
  }

  long number(Label label) throws SenmlException {
    BigDecimal value = decimal(label);
    if (value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE) {
      return value.longValueExact();
    }
    throw new SenmlException("field " + label.text() + " is no whole number: " + value);
  }

  int whole(Label label) throws SenmlException {
    long value = number(label);
    if (value != (int) value) throw new SenmlException("field " + label.text() + ": " + value);
    return (int) value;
  }

  long ns(Label label) throws SenmlException {
    return WireTime.ns(decimal(label));
  }

  void requireNoneLeft() throws SenmlException {
    if (!left.isEmpty()) {
      throw new SenmlException(
          "field " + left.keySet().iterator().next().text() + " is out of place");
    }
  }

  /** The reading itself, from what belongs to its kind. */
  Reading reading(ReadingName.Kind kind, Metric metric, long ns) throws SenmlException {
    try {
      return switch (kind) {
        case NUMERIC -> numeric(metric, ns);
        case SETTING -> setting(metric, ns, Reading.SettingKind.SETTING);
        case LIMIT_LOW -> setting(metric, ns, Reading.SettingKind.LIMIT_LOW);
        case LIMIT_HIGH -> setting(metric, ns, Reading.SettingKind.LIMIT_HIGH);
        case TEXT -> new Reading.Text(metric, ns, string(Label.STRING));
        case ALARM ->
            new Reading.Alarm(
                metric,
                ns,
                Words.read(Reading.AlarmState.class, string(Label.ALARM)),
                Words.read(Reading.AlarmPriority.class, string(Label.PRIORITY)),
                string(Label.STRING));
        case STATE ->
            new Reading.DeviceState(
                metric,
                ns,
                Words.read(DeviceCondition.class, string(Label.STRING)),
                has(Label.DETAIL) ? string(Label.DETAIL) : "");
        case GAP -> new Reading.Gap(metric, ns, ns - ns(Label.SPAN), string(Label.STRING));
        case CLOCK -> new Reading.DeviceClock(metric, ns, clock(string(Label.STRING)));
        case REMOVED -> removed(metric, ns);
        case TALLY ->
            new Reading.Tally(
                metric,
                ns,
                numbers(),
                number(Label.COUNT),
                HexFormat.fromHexDigitsToLong(string(Label.STRING)));
        case WAVE -> wave(metric, ns);
      };
    } catch (IllegalArgumentException e) { // the reading's own checks
      throw new SenmlException("no " + Words.of(kind) + ": " + e.getMessage(), e);
    }
  }

  private Reading numeric(Metric metric, long ns) throws SenmlException {
    Quality quality = quality();
    return new Reading.Numeric(metric, ns, valueOrEmpty(quality), quality);
  }

  private Reading setting(Metric metric, long ns, Reading.SettingKind kind) throws SenmlException {
    Quality quality = quality();
    boolean word = quality.carriesValue() && has(Label.STRING);
    return word
        ? new Reading.Setting(metric, ns, kind, null, string(Label.STRING), quality)
        : new Reading.Setting(metric, ns, kind, valueOrEmpty(quality), null, quality);
  }

  private @Nullable Decimal valueOrEmpty(Quality quality) throws SenmlException {
    if (quality.carriesValue()) return value(Label.VALUE);
    if (!string(Label.STRING).isEmpty()) throw new SenmlException("text beside " + quality);
    return null;
  }

  private Reading wave(Metric metric, long ns) throws SenmlException {
    int count = whole(Label.COUNT);
    return new Reading.SampleBlock(
        metric,
        ns,
        ns(Label.PERIOD),
        value(Label.STEP),
        value(Label.OFFSET),
        WaveCoding.decode(octets(Label.DATA), count));
  }

  private Reading removed(Metric metric, long ns) throws SenmlException {
    Reading.Span span =
        has(Label.SINCE)
            ? new Reading.Span(ns(Label.SINCE), ns(Label.UNTIL))
            : Reading.Span.UNKNOWN;
    return new Reading.Removed(
        metric,
        ns,
        numbers(),
        number(Label.COUNT),
        Words.read(Reading.RemovalKind.class, string(Label.HOW)),
        span,
        string(Label.STRING));
  }

  private Numbers numbers() throws SenmlException {
    return new Numbers(
        whole(Label.OF_EPOCH), string(Label.OF_LANE), number(Label.FIRST), number(Label.LAST));
  }

  private Quality quality() throws SenmlException {
    return has(Label.QUALITY) ? Words.read(Quality.class, string(Label.QUALITY)) : Quality.VALID;
  }

  private Decimal value(Label label) throws SenmlException {
    BigDecimal value = decimal(label);
    if (value.unscaledValue().bitLength() >= Long.SIZE) {
      throw new SenmlException("field " + label.text() + " is too long: " + value);
    }
    return Decimal.of(value.unscaledValue().longValueExact(), value.scale());
  }

  private byte[] octets(Label label) throws SenmlException {
    return switch (take(label)) {
      case Scalar.Octets(byte[] value) -> value;
      case Scalar.Str(String value) -> Base64.getUrlDecoder().decode(value);
      case Scalar.Num n -> throw new SenmlException("field " + label.text() + " is a number");
    };
  }

  private static LocalDateTime clock(String text) throws SenmlException {
    try {
      return LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    } catch (DateTimeException e) {
      throw new SenmlException("no date and time: " + text, e);
    }
  }

  private Scalar take(Label label) throws SenmlException {
    Scalar value = left.remove(label);
    if (value == null) throw new SenmlException("field " + label.text() + " is missing");
    return value;
  }
}
