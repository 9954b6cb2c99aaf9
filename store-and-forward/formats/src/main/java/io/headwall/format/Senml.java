package io.headwall.format;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Pack;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packs as SenML messages (RFC 8428). The contract with receivers is docs/wire.md. */
public final class Senml {

  /** Size above which a pack is sent as several messages. */
  public static final int MESSAGE_BYTES_MAX = 16 * 1024;

  static final String BASE_NAME_PREFIX = "urn:dev:mac:";

  private Senml() {}

  /** A pack as messages of at most {@link #MESSAGE_BYTES_MAX}. */
  public static List<byte[]> encode(Pack pack, SenmlEncoding encoding) {
    return encode(pack, encoding, MESSAGE_BYTES_MAX);
  }

  /**
   * A pack as one message or, where it is too long or its time quality changes, several. Each says
   * everything about itself. A single reading is never cut, so its message can be longer than
   * asked.
   */
  public static List<byte[]> encode(Pack pack, SenmlEncoding encoding, int bytesMax) {
    List<byte[]> messages = new ArrayList<>();
    List<Entry> entries = pack.entries();
    int from = 0;
    for (int i = 1; i <= entries.size(); i++) {
      if (i == entries.size() || quality(entries.get(i)) != quality(entries.get(from))) {
        addInPieces(pack, entries.subList(from, i), encoding, bytesMax, messages);
        from = i;
      }
    }
    return messages;
  }

  /** The name of a reading within its device, as messages carry it: the key of a catalogue. */
  public static String name(Reading reading) {
    return ReadingName.of(reading).toString();
  }

  private static TimeQuality quality(Entry entry) {
    return WireTime.quality(entry.measured());
  }

  private static void addInPieces(
      Pack pack, List<Entry> entries, SenmlEncoding encoding, int bytesMax, List<byte[]> messages) {
    byte[] message = SenmlSyntax.write(new MessageWriter(pack).records(entries), encoding);
    int half = entries.size() / 2;
    if (message.length <= bytesMax || half == 0) {
      messages.add(message);
    } else {
      addInPieces(pack, entries.subList(0, half), encoding, bytesMax, messages);
      addInPieces(pack, entries.subList(half, entries.size()), encoding, bytesMax, messages);
    }
  }

  /** Writes one message; remembers what the records before have said. */
  private static final class MessageWriter {

    private final Pack pack;
    private final List<EnumMap<Label, Scalar>> records = new ArrayList<>();
    private String baseName = "";
    private long baseTimeNs;
    private long wallMinusMonoNs;
    private long monoNs;
    private long seq;

    MessageWriter(Pack pack) {
      this.pack = pack;
    }

    List<EnumMap<Label, Scalar>> records(List<Entry> entries) {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        EnumMap<Label, Scalar> fields = new EnumMap<>(Label.class);
        if (i == 0) addMessageFields(fields, quality(entry));
        addIdentity(fields, entry, i == 0);
        if (quality(entry).trusted()) {
          Entry next = i + 1 < entries.size() ? entries.get(i + 1) : null;
          addTime(fields, entry, next, i == 0);
        } else {
          addMonotonicTime(fields, entry, i == 0);
        }
        addReading(fields, entry.reading());
        records.add(fields);
      }
      return records;
    }

    private void addMessageFields(EnumMap<Label, Scalar> fields, TimeQuality quality) {
      fields.put(Label.EPOCH, number(pack.epoch()));
      fields.put(Label.LANE, text(pack.lane().wireName()));
      if (pack.kind() == Pack.Kind.HISTORY) fields.put(Label.HISTORY, text(pack.reason()));
      if (quality != TimeQuality.SYNCED) fields.put(Label.TIME_QUALITY, text(quality.wireName()));
    }

    private void addIdentity(EnumMap<Label, Scalar> fields, Entry entry, boolean first) {
      String base = BASE_NAME_PREFIX + pack.origin() + ':' + entry.device() + ':';
      if (!base.equals(baseName)) fields.put(Label.BASE_NAME, text(base));
      baseName = base;
      fields.put(Label.NAME, text(name(entry.reading())));
      if (first || entry.seq() != seq + 1) fields.put(Label.SEQ, number(entry.seq()));
      seq = entry.seq();
    }

    private void addTime(
        EnumMap<Label, Scalar> fields, Entry entry, @Nullable Entry next, boolean first) {
      long timeNs = entry.measured().epochNs();
      // A base time costs more than an offset, and pays when the next record shares it.
      boolean shared = next != null && next.measured().epochNs() == timeNs;
      if (first || (timeNs != baseTimeNs && shared)) {
        fields.put(Label.BASE_TIME, WireTime.seconds(timeNs));
        baseTimeNs = timeNs;
      } else if (timeNs != baseTimeNs) {
        fields.put(Label.TIME, WireTime.seconds(timeNs - baseTimeNs));
      }
      long difference = timeNs - entry.reading().measuredNs();
      if (first || difference != wallMinusMonoNs) {
        fields.put(Label.MONO, number(entry.reading().measuredNs()));
      }
      wallMinusMonoNs = difference;
    }

    private void addMonotonicTime(EnumMap<Label, Scalar> fields, Entry entry, boolean first) {
      long ns = entry.reading().measuredNs();
      if (first || ns != monoNs) fields.put(Label.MONO_ONLY, number(ns));
      monoNs = ns;
    }

    private static void addReading(EnumMap<Label, Scalar> fields, Reading reading) {
      String unit = reading.metric().unit().ucum();
      if (!unit.isEmpty()) fields.put(Label.UNIT, text(unit));
      switch (reading) {
        case Reading.Numeric n -> addValue(fields, n.value(), null, n.quality());
        case Reading.Setting s -> addValue(fields, s.value(), s.word(), s.quality());
        case Reading.Text t -> fields.put(Label.STRING, text(t.text()));
        case Reading.Alarm a -> {
          fields.put(Label.STRING, text(a.text()));
          fields.put(Label.ALARM, text(Words.of(a.state())));
          fields.put(Label.PRIORITY, text(Words.of(a.priority())));
        }
        case Reading.DeviceState s -> {
          fields.put(Label.STRING, text(Words.of(s.condition())));
          if (!s.detail().isEmpty()) fields.put(Label.DETAIL, text(s.detail()));
        }
        case Reading.Gap g -> {
          fields.put(Label.STRING, text(g.reason()));
          fields.put(Label.SPAN, WireTime.seconds(g.measuredNs() - g.fromNs()));
        }
        case Reading.DeviceClock c ->
            fields.put(Label.STRING, text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(c.clock())));
        case Reading.Removed r -> addRemoved(fields, r);
        case Reading.Tally t -> {
          fields.put(Label.STRING, text(HexFormat.of().toHexDigits(t.digest())));
          addNumbers(fields, t.numbers(), t.readings());
        }
        case Reading.SampleBlock b -> addWave(fields, b);
      }
    }

    private static void addRemoved(EnumMap<Label, Scalar> fields, Reading.Removed removed) {
      fields.put(Label.STRING, text(removed.reason()));
      addNumbers(fields, removed.numbers(), removed.readings());
      fields.put(Label.HOW, text(Words.of(removed.kind())));
      if (removed.span().equals(Reading.Span.UNKNOWN)) return;
      fields.put(Label.SINCE, WireTime.seconds(removed.span().fromNs()));
      fields.put(Label.UNTIL, WireTime.seconds(removed.span().toNs()));
    }

    private static void addNumbers(EnumMap<Label, Scalar> fields, Numbers numbers, long readings) {
      fields.put(Label.OF_EPOCH, number(numbers.epoch()));
      fields.put(Label.OF_LANE, text(numbers.lane()));
      fields.put(Label.FIRST, number(numbers.from()));
      fields.put(Label.LAST, number(numbers.to()));
      fields.put(Label.COUNT, number(readings));
    }

    /**
     * A value, a word, or an empty text: RFC 8428 wants a value in each record, and an empty text
     * beside a quality that must be understood can be taken for no number.
     */
    private static void addValue(
        EnumMap<Label, Scalar> fields,
        @Nullable Decimal value,
        @Nullable String word,
        Quality quality) {
      if (value != null) fields.put(Label.VALUE, number(value));
      else fields.put(Label.STRING, text(word == null ? "" : word));
      if (quality != Quality.VALID) fields.put(Label.QUALITY, text(quality.wireName()));
    }

    private static void addWave(EnumMap<Label, Scalar> fields, Reading.SampleBlock block) {
      fields.put(Label.DATA, new Scalar.Octets(WaveCoding.encode(block.samples())));
      fields.put(Label.PERIOD, WireTime.seconds(block.periodNs()));
      fields.put(Label.STEP, number(block.step()));
      fields.put(Label.OFFSET, number(block.offset()));
      fields.put(Label.COUNT, number(block.samples().length));
    }

    private static Scalar number(long value) {
      return new Scalar.Num(BigDecimal.valueOf(value));
    }

    private static Scalar number(Decimal value) {
      return new Scalar.Num(value.toBigDecimal());
    }

    /** A text as UTF-8 can carry it: a lone surrogate, which is no character, becomes a ?. */
    private static Scalar text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return new Scalar.Str(new String(utf8, StandardCharsets.UTF_8));
    }
  }
}
