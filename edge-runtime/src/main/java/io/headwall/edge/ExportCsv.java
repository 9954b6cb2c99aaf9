package io.headwall.edge;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Entry;
import io.headwall.store.Moment;
import io.headwall.store.Pack;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stored reading as a row of CSV (RFC 4180). The time is empty where nobody vouches for one, the
 * value where there is none; {@code quality} says why.
 */
final class ExportCsv {

  private static final String END = "\r\n";

  private static final List<String> COLUMNS =
      List.of(
          "time",
          "time_quality",
          "unit",
          "bed",
          "origin",
          "epoch",
          "lane",
          "seq",
          "mono_ns",
          "device",
          "kind",
          "refid",
          "mdc",
          "vmd",
          "channel",
          "value",
          "ucum",
          "quality",
          "detail",
          "period_ns");

  /** The first row: the columns' names. */
  static final String HEAD = String.join(",", COLUMNS) + END;

  private ExportCsv() {}

  static String row(Pack pack, Entry entry) {
    Reading reading = entry.reading();
    Code code = reading.metric().code();
    Containment where = reading.metric().containment();
    Content content = content(reading);
    List<Object> fields =
        List.of(
            time(entry.measured()),
            entry.measured().quality().wireName(),
            pack.place().unit(),
            pack.place().bed(),
            pack.origin(),
            pack.epoch(),
            pack.lane().wireName(),
            entry.seq(),
            reading.measuredNs(),
            entry.device(),
            ReadingJson.kind(reading),
            code.refid(),
            code.mdc(),
            where.vmdInstance(),
            where.channelInstance(),
            content.value,
            reading.metric().unit().ucum(),
            content.quality.wireName(),
            content.detail,
            content.periodNs == 0 ? "" : content.periodNs);
    return fields.stream().map(f -> escaped(f.toString())).collect(Collectors.joining(",")) + END;
  }

  /** ISO 8601 in UTC; empty where nobody vouches for it. */
  static String time(Moment moment) {
    if (!moment.quality().trusted()) return "";
    return Instant.ofEpochSecond(0, moment.epochNs()).toString();
  }

  /** What a reading says, in columns. */
  private record Content(String value, Quality quality, String detail, long periodNs) {
    static Content of(String value, String detail) {
      return new Content(value, Quality.VALID, detail, 0);
    }
  }

  private static Content content(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> new Content(value(n.value(), null), n.quality(), "", 0);
      case Reading.Setting s -> new Content(value(s.value(), s.word()), s.quality(), "", 0);
      case Reading.SampleBlock b -> new Content(samples(b), Quality.VALID, "", b.periodNs());
      case Reading.Alarm a -> Content.of(a.text(), word(a.state()) + " " + word(a.priority()));
      case Reading.Text t -> Content.of(t.text(), "");
      case Reading.DeviceState d -> Content.of(word(d.condition()), d.detail());
      case Reading.Gap g -> Content.of(g.reason(), "from " + g.fromNs() + " ns");
      case Reading.DeviceClock c -> Content.of(c.clock().toString(), "");
      case Reading.Removed r ->
          Content.of(r.reason(), word(r.kind()) + " " + numbers(r.numbers(), r.readings()));
      case Reading.Tally t ->
          Content.of(HexFormat.of().toHexDigits(t.digest()), numbers(t.numbers(), t.readings()));
    };
  }

  private static String value(@Nullable Decimal value, @Nullable String word) {
    return value != null ? value.toString() : word != null ? word : "";
  }

  /** Physical values with a blank between them; a sample that is missing is a hyphen. */
  private static String samples(Reading.SampleBlock block) {
    StringBuilder text = new StringBuilder();
    for (int sample : block.samples()) {
      if (!text.isEmpty()) text.append(' ');
      boolean missing = sample == Reading.SampleBlock.MISSING;
      text.append(missing ? "-" : ReadingJson.physical(block, sample).toPlainString());
    }
    return text.toString();
  }

  private static String numbers(Numbers numbers, long readings) {
    return String.format(
        Locale.ROOT,
        "%d of epoch %d %s %d to %d",
        readings,
        numbers.epoch(),
        numbers.lane(),
        numbers.from(),
        numbers.to());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String escaped(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
