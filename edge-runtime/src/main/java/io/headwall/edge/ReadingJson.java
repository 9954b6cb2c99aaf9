package io.headwall.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Entry;
import io.headwall.store.Pack;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reading as one JSON object on one line, for people and scripts: at least {@code kind, refid,
 * mdc, value, ucum, quality}. An absent value is null and the quality says why.
 */
final class ReadingJson {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private ReadingJson() {}

  static String of(String device, Reading reading) {
    return object(out -> fields(out, device, reading));
  }

  /** A stored reading: when, where and under which identity, then the same as for any other. */
  static String of(Pack pack, Entry entry) {
    return object(out -> {
      String time = ExportCsv.time(entry.measured());
      if (time.isEmpty()) out.writeNullField("time");
      else out.writeStringField("time", time);
      out.writeStringField("time_quality", entry.measured().quality().wireName());
      out.writeStringField("unit", pack.place().unit());
      out.writeStringField("bed", pack.place().bed());
      out.writeStringField("origin", pack.origin().toString());
      out.writeNumberField("epoch", pack.epoch());
      out.writeStringField("lane", pack.lane().wireName());
      out.writeNumberField("seq", entry.seq());
      out.writeNumberField("mono_ns", entry.reading().measuredNs());
      out.writeNumberField("vmd", entry.reading().metric().containment().vmdInstance());
      out.writeNumberField("channel", entry.reading().metric().containment().channelInstance());
      fields(out, entry.device(), entry.reading());
    });
  }

  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  private static String object(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      body.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return text.toString();
  }

  private static void fields(JsonGenerator out, String device, Reading reading) throws IOException {
    Code code = reading.metric().code();
    out.writeStringField("kind", kind(reading));
    out.writeStringField("device", device);
    out.writeStringField("refid", code.refid());
    out.writeNumberField("mdc", code.mdc());
    body(out, reading);
  }

  static String kind(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> "numeric";
      case Reading.SampleBlock b -> "samples";
      case Reading.Alarm a -> "alarm";
      case Reading.Setting s ->
          switch (s.kind()) {
            case SETTING -> "setting";
            case LIMIT_LOW -> "limit-low";
            case LIMIT_HIGH -> "limit-high";
          };
      case Reading.Text t -> "text";
      case Reading.DeviceState d -> "device-state";
      case Reading.Gap g -> "gap";
      case Reading.DeviceClock c -> "device-clock";
      case Reading.Removed r -> "removed";
      case Reading.Tally t -> "tally";
    };
  }

  private static void body(JsonGenerator out, Reading reading) throws IOException {
    Unit unit = reading.metric().unit();
    switch (reading) {
      case Reading.Numeric n -> value(out, n.value(), null, unit, n.quality());
      case Reading.Setting s -> value(out, s.value(), s.word(), unit, s.quality());
      case Reading.SampleBlock b -> samples(out, b);
      case Reading.Alarm a -> {
        value(out, null, a.text(), unit, Quality.VALID);
        out.writeStringField("state", a.state().name().toLowerCase(Locale.ROOT));
        out.writeStringField("priority", a.priority().name().toLowerCase(Locale.ROOT));
      }
      case Reading.Text t -> value(out, null, t.text(), unit, Quality.VALID);
      case Reading.DeviceState d -> {
        String state = d.condition().name().toLowerCase(Locale.ROOT).replace('_', '-');
        value(out, null, state, unit, Quality.VALID);
        out.writeStringField("detail", d.detail());
      }
      case Reading.Gap g -> {
        value(out, null, g.reason(), unit, Quality.VALID);
        out.writeNumberField("from_ns", g.fromNs());
        out.writeNumberField("to_ns", g.measuredNs());
      }
      case Reading.DeviceClock c -> value(out, null, c.clock().toString(), unit, Quality.VALID);
      case Reading.Removed r -> {
        value(out, null, r.reason(), unit, Quality.VALID);
        out.writeStringField("how", r.kind().name().toLowerCase(Locale.ROOT));
        numbers(out, r.numbers(), r.readings());
      }
      case Reading.Tally t -> {
        value(out, null, HexFormat.of().toHexDigits(t.digest()), unit, Quality.VALID);
        numbers(out, t.numbers(), t.readings());
      }
    }
  }

  private static void numbers(JsonGenerator out, Numbers numbers, long readings)
      throws IOException {
    out.writeNumberField("of_epoch", numbers.epoch());
    out.writeStringField("of_lane", numbers.lane());
    out.writeNumberField("first", numbers.from());
    out.writeNumberField("last", numbers.to());
    out.writeNumberField("readings", readings);
  }

  private static void value(
      JsonGenerator out, @Nullable Decimal value, @Nullable String word, Unit unit, Quality quality)
      throws IOException {
    if (value != null) out.writeNumberField("value", value.toBigDecimal());
    else if (word != null) out.writeStringField("value", word);
    else out.writeNullField("value");
    out.writeStringField("ucum", unit.ucum());
    out.writeStringField("quality", quality.wireName());
  }

  /** Samples as physical values, so that they can be read off beside the device's screen. */
  private static void samples(JsonGenerator out, Reading.SampleBlock block) throws IOException {
    out.writeArrayFieldStart("value");
    for (int sample : block.samples()) {
      if (sample == Reading.SampleBlock.MISSING) {
        out.writeNull();
      } else {
        out.writeNumber(physical(block, sample));
      }
    }
    out.writeEndArray();
    out.writeStringField("ucum", block.metric().unit().ucum());
    out.writeStringField("quality", Quality.VALID.wireName());
    out.writeNumberField("period_ns", block.periodNs());
  }

  /** What a sample stands for, in the unit of its metric. */
  static BigDecimal physical(Reading.SampleBlock block, int sample) {
    return block
        .step()
        .toBigDecimal()
        .multiply(BigDecimal.valueOf(sample))
        .add(block.offset().toBigDecimal());
  }
}
