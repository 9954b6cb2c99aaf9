package io.headwall.format;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Moment;
import io.headwall.store.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what {@link Senml} writes. Strict: a message with anything out of place is refused as a
 * whole, for half of it may be wrong too.
 */
public final class SenmlReader {

  private static final int MESSAGE_BYTES_MAX = 256 * 1024;
  private static final Pattern BASE_NAME =
      Pattern.compile(
          Pattern.quote(Senml.BASE_NAME_PREFIX) + "([0-9a-f]{16}):([A-Za-z0-9.-]{1,100}):");

  /** Of units that share a UCUM form, the first of the table. */
  private static final Map<String, Unit> UNITS =
      MdcUnit.ALL.stream().collect(Collectors.toMap(Unit::ucum, u -> u, (first, other) -> first));

  private final MetricLookup metrics;

  /** By device, name and unit: in a message the same few come again and again. */
  private final Map<List<String>, Meaning> meanings = new HashMap<>();

  private record Meaning(ReadingName.Kind kind, Metric metric) {}

  /** Head of the message and running state of its records; set by the first record. */
  private Origin origin = new Origin(0);

  private String device = "";
  private Lane lane = Lane.ALARM;
  private TimeQuality quality = TimeQuality.SYNCED;
  private long seq;
  private long baseTimeNs;
  private long wallMinusMonoNs;
  private long monoNs;

  private SenmlReader(MetricLookup metrics) {
    this.metrics = metrics;
  }

  /**
   * Reads a message.
   *
   * @throws SenmlException if any of it is not as docs/wire.md has it
   */
  public static SenmlMessage read(byte[] message, SenmlEncoding encoding, MetricLookup metrics)
      throws SenmlException {
    if (message.length > MESSAGE_BYTES_MAX) {
      throw new SenmlException("message of " + message.length + " bytes");
    }
    List<EnumMap<Label, Scalar>> records = SenmlSyntax.read(message, encoding);
    if (records.isEmpty()) throw new SenmlException("message without records");
    return new SenmlReader(metrics).message(records);
  }

  private SenmlMessage message(List<EnumMap<Label, Scalar>> records) throws SenmlException {
    Fields first = new Fields(records.getFirst());
    Origin sender = base(first.string(Label.BASE_NAME));
    int epoch = first.whole(Label.EPOCH);
    lane = lane(first.string(Label.LANE));
    boolean history = first.has(Label.HISTORY);
    String reason = history ? first.string(Label.HISTORY) : "";
    if (first.has(Label.TIME_QUALITY)) {
      quality = Words.read(TimeQuality.class, first.string(Label.TIME_QUALITY));
    }
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(first, true));
    for (EnumMap<Label, Scalar> record : records.subList(1, records.size())) {
      Fields fields = new Fields(record);
      if (fields.has(Label.BASE_NAME) && !base(fields.string(Label.BASE_NAME)).equals(sender)) {
        throw new SenmlException("records of two boxes in one message");
      }
      entries.add(entry(fields, false));
    }
    return new SenmlMessage(sender, epoch, lane, history, reason, entries);
  }

  private Origin base(String text) throws SenmlException {
    Matcher m = BASE_NAME.matcher(text);
    if (!m.matches()) throw new SenmlException("no base name: " + text);
    origin = Origin.parse(m.group(1));
    device = m.group(2);
    return origin;
  }

  private Entry entry(Fields fields, boolean first) throws SenmlException {
    long next = first || fields.has(Label.SEQ) ? fields.number(Label.SEQ) : seq + 1;
    if (!first && next <= seq) throw new SenmlException("number " + next + " after " + seq);
    seq = next;
    Moment measured = quality.trusted() ? time(fields, first) : noTime(fields, first);
    String name = fields.string(Label.NAME);
    Meaning meaning = meaning(name, fields.has(Label.UNIT) ? fields.string(Label.UNIT) : "");
    Reading reading = fields.reading(meaning.kind(), meaning.metric(), monoNs);
    fields.requireNoneLeft();
    if (Lane.of(reading) != lane) throw new SenmlException(name + " in lane " + lane.wireName());
    return new Entry(seq, device, reading, measured);
  }

  private Meaning meaning(String name, String ucum) throws SenmlException {
    List<String> key = List.of(device, name, ucum);
    Meaning known = meanings.get(key);
    if (known != null) return known;
    ReadingName parsed = ReadingName.parse(name);
    Meaning fresh = new Meaning(parsed.kind(), metrics.find(device, name, bare(parsed, ucum)));
    meanings.put(key, fresh);
    return fresh;
  }

  private Moment time(Fields fields, boolean first) throws SenmlException {
    if (first || fields.has(Label.BASE_TIME)) baseTimeNs = fields.ns(Label.BASE_TIME);
    long timeNs = baseTimeNs;
    if (fields.has(Label.TIME)) timeNs += fields.ns(Label.TIME);
    WireTime.requireAbsolute(timeNs);
    if (first || fields.has(Label.MONO)) wallMinusMonoNs = timeNs - fields.number(Label.MONO);
    monoNs = timeNs - wallMinusMonoNs;
    return new Moment(timeNs, quality);
  }

  private Moment noTime(Fields fields, boolean first) throws SenmlException {
    if (first || fields.has(Label.MONO_ONLY)) monoNs = fields.number(Label.MONO_ONLY);
    return new Moment(0, quality);
  }

  private static Lane lane(String word) throws SenmlException {
    return Words.read(Lane.class, word);
  }

  private static Metric bare(ReadingName name, String ucum) throws SenmlException {
    Code unknown = MetricLookup.UNKNOWN;
    var where =
        new Containment(unknown, unknown, name.vmdInstance(), unknown, name.channelInstance());
    return new Metric(code(name.code()), unit(ucum), where);
  }

  private static Code code(String word) throws SenmlException {
    try {
      if (word.startsWith("x-")) return new LocalCode(word);
      MdcCode code = Mdc.of(Integer.parseInt(word));
      if (code != null) return code;
    } catch (IllegalArgumentException e) { // numbers out of bounds too
      throw new SenmlException("no code: " + word, e);
    }
    throw new SenmlException("MDC code " + word + " is not in this version's table");
  }

  private static Unit unit(String ucum) {
    if (ucum.isEmpty()) return Unit.NONE;
    Unit unit = UNITS.get(ucum);
    return unit != null ? unit : Unit.ucumOnly(ucum);
  }
}
