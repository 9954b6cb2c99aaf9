package io.headwall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Moment;
import io.headwall.store.Origin;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The examples of docs/wire.md are what the code makes, and its size is what the docs promise. */
class WireDocTest {

  private static final Path DOC = Path.of("../../docs/wire.md");
  private static final Path REGENERATED = Path.of("target/wire.md");
  private static final int HEX_BYTES_A_LINE = 32;
  private static final double BYTES_PER_NUMERIC_MAX = 29;

  private static final Code MONITOR = Mdc.DEV_MON_PHYSIO_MULTI_PARAM_MDS;
  private static final Code VENTILATOR = Mdc.DEV_SYS_PT_VENT_MDS;
  private static final long MONO = 5_025_250_000_000L;
  private static final long WALL = 1_795_493_999_250_000_000L;

  private final List<Entry> entries = new ArrayList<>();
  private long seq = 1041;

  @Test
  void theExamplesAreWhatTheCodeMakes() throws IOException {
    String doc = Files.readString(DOC, StandardCharsets.UTF_8);
    String made = doc;
    for (Map.Entry<String, String> example : examples().entrySet()) {
      String open = "<!-- " + example.getKey() + " -->\n";
      int from = made.indexOf(open);
      assertTrue(from >= 0, "docs/wire.md has no example " + example.getKey());
      int to = made.indexOf("<!-- end -->", from);
      made =
          made.substring(0, from + open.length())
              + "```\n"
              + example.getValue()
              + "\n```\n"
              + made.substring(to);
    }
    Files.writeString(REGENERATED, made, StandardCharsets.UTF_8);
    assertEquals(made, doc, "docs/wire.md differs from " + REGENERATED.toAbsolutePath());
  }

  @Test
  void aNumericOfABatchTakesAtMostTheBytesPromised(TestReporter report) {
    int rounds = 3;
    List<Metric> monitor =
        Mdc.ALL.stream()
            .filter(c -> c.refid().startsWith("MDC_PRESS_BLD") || c.refid().contains("RATE"))
            .limit(15)
            .map(c -> metric(c, MONITOR, MdcUnit.MMHG))
            .toList();
    List<Metric> ventilator =
        Mdc.ALL.stream()
            .filter(c -> c.refid().startsWith("MDC_PRESS_AWAY") || c.refid().startsWith("MDC_VOL"))
            .limit(20)
            .map(c -> metric(c, VENTILATOR, MdcUnit.CM_H2O))
            .toList();
    for (int round = 0; round < rounds; round++) {
      long ns = MONO + round * 1_000_013_579L;
      for (Metric m : monitor) add("monitor", Reading.Numeric.of(m, ns, Decimal.of(118)), ns);
      for (Metric m : ventilator) {
        add("vent", Reading.Numeric.of(m, ns + 431, Decimal.of(217, 1)), ns + 431);
      }
    }
    for (SenmlEncoding encoding : SenmlEncoding.values()) {
      List<byte[]> messages = Senml.encode(pack(Pack.Kind.LIVE, "", Lane.NUMERIC), encoding);
      double bytes = messages.stream().mapToInt(m -> m.length).sum() / (double) entries.size();
      report.publishEntry(encoding + " bytes per numeric", "%.1f".formatted(bytes));
      if (encoding == SenmlEncoding.CBOR) assertTrue(bytes <= BYTES_PER_NUMERIC_MAX, "" + bytes);
    }
  }

  private Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    numerics();
    both(examples, "numerics", pack(Pack.Kind.LIVE, "", Lane.NUMERIC));
    alarms();
    examples.put("alarms.json", json(pack(Pack.Kind.ALARM, "", Lane.ALARM)));
    events();
    examples.put("events.json", json(pack(Pack.Kind.LIVE, "", Lane.EVENT)));
    waveform();
    both(examples, "waveform", pack(Pack.Kind.WAVEFORM, "", Lane.WAVE));
    history();
    examples.put("history.json", json(pack(Pack.Kind.HISTORY, "backlog", Lane.NUMERIC)));
    return examples;
  }

  private void numerics() {
    Metric pressure = metric(Mdc.PRESS_BLD_ART_SYS, MONITOR, MdcUnit.MMHG);
    Metric second =
        new Metric(pressure.code(), pressure.unit(), pressure.containment().instance(2, 1));
    add(
        "monitor",
        Reading.Numeric.of(
            metric(Mdc.ECG_HEART_RATE, MONITOR, MdcUnit.BEAT_PER_MIN), MONO, Decimal.of(72)),
        MONO);
    add(
        "monitor",
        Reading.Numeric.of(metric(Mdc.TEMP_CORE, MONITOR, MdcUnit.DEGC), MONO, Decimal.of(370, 1)),
        MONO);
    add(
        "monitor",
        new Reading.Numeric(pressure, MONO, Decimal.of(118), Quality.QUESTIONABLE),
        MONO);
    add("monitor", Reading.Numeric.of(second, MONO, Decimal.of(24)), MONO);
    add(
        "monitor",
        Reading.Numeric.absent(
            metric(Mdc.PULS_OXIM_SAT_O2, MONITOR, MdcUnit.PERCENT),
            MONO,
            Quality.SENSOR_DISCONNECTED),
        MONO);
    seq += 2;
    long later = MONO + 330_000_000;
    add(
        "vent-1",
        Reading.Numeric.of(
            metric(Mdc.PRESS_AWAY_INSP_MAX, VENTILATOR, MdcUnit.CM_H2O), later, Decimal.of(215, 1)),
        later);
  }

  private void alarms() {
    Metric high = Metric.unitless(Mdc.EVT_HI, where(VENTILATOR));
    add(
        "vent-1",
        new Reading.Alarm(
            high, MONO, Reading.AlarmState.ACTIVE, Reading.AlarmPriority.HIGH, "Paw high"),
        MONO);
    add(
        "vent-1",
        new Reading.Alarm(
            high,
            MONO + 4_000_000_000L,
            Reading.AlarmState.INACTIVE,
            Reading.AlarmPriority.HIGH,
            "Paw high"),
        MONO + 4_000_000_000L);
  }

  private void events() {
    Metric pressure = metric(Mdc.PRESS_AWAY_INSP_MAX, VENTILATOR, MdcUnit.CM_H2O);
    Metric mode = Metric.unitless(Mdc.VENT_MODE, where(VENTILATOR));
    add(
        "vent-1",
        Reading.Setting.of(pressure, MONO, Reading.SettingKind.LIMIT_HIGH, Decimal.of(40)),
        MONO);
    add(
        "vent-1",
        Reading.Setting.absent(pressure, MONO, Reading.SettingKind.LIMIT_LOW, Quality.OFF),
        MONO);
    add("vent-1", Reading.Setting.word(mode, MONO, "SIMV"), MONO);
    add("vent-1", new Reading.Text(mode, MONO, "Apnea ventilation"), MONO);
    add(
        "vent-1",
        new Reading.Gap(DeviceMetrics.gap(VENTILATOR), MONO, MONO - 12_500_000_000L, "cable out"),
        MONO);
    add(
        "vent-1",
        new Reading.DeviceState(
            DeviceMetrics.state(VENTILATOR),
            MONO,
            DeviceCondition.IDENTIFIED,
            "Larch V1, serial 0815"),
        MONO);
    add(
        "vent-1",
        new Reading.DeviceClock(
            DeviceMetrics.clock(VENTILATOR), MONO, LocalDateTime.of(2026, 11, 24, 3, 58, 1)),
        MONO);
  }

  private void waveform() {
    int[] samples = {0, 2, 5, 40, 180, 60, -20, Reading.SampleBlock.MISSING, -4, 0};
    add(
        "monitor",
        new Reading.SampleBlock(
            metric(Mdc.ECG_ELEC_POTL_II, MONITOR, MdcUnit.MILLI_VOLT),
            MONO,
            4_000_000,
            Decimal.of(5, 3),
            Decimal.of(0),
            samples),
        MONO);
  }

  private void history() {
    for (int i = 0; i < 2; i++) {
      Metric rate = metric(Mdc.ECG_HEART_RATE, MONITOR, MdcUnit.BEAT_PER_MIN);
      var reading = Reading.Numeric.of(rate, MONO + i * 1_000_000_000L, Decimal.of(71 + i));
      entries.add(new Entry(seq++, "monitor", reading, Moment.UNKNOWN));
    }
  }

  private void add(String device, Reading reading, long monoNs) {
    var moment = new Moment(WALL + (monoNs - MONO), TimeQuality.SYNCED);
    entries.add(new Entry(seq++, device, reading, moment));
  }

  private Pack pack(Pack.Kind kind, String reason, Lane lane) {
    var pack =
        new Pack(
            1,
            kind,
            reason,
            Origin.parse("02005efffe000001"),
            3,
            lane,
            new Place("ICU-1", "12"),
            entries);
    if (lane != Lane.NUMERIC || entries.size() < 100) entries.clear();
    return pack;
  }

  private static Metric metric(Code code, Code mds, Unit unit) {
    return new Metric(code, unit, where(mds));
  }

  private static Containment where(Code mds) {
    return Containment.of(mds, mds, mds);
  }

  private static void both(Map<String, String> examples, String name, Pack pack) {
    examples.put(name + ".json", json(pack));
    byte[] cbor = Senml.encode(pack, SenmlEncoding.CBOR).getFirst();
    StringBuilder hex = new StringBuilder();
    for (int at = 0; at < cbor.length; at += HEX_BYTES_A_LINE) {
      int to = Math.min(cbor.length, at + HEX_BYTES_A_LINE);
      hex.append(at == 0 ? "" : "\n").append(HexFormat.of().formatHex(cbor, at, to));
    }
    examples.put(name + ".cbor", hex.toString());
  }

  /** One record a line; on the wire there are no line breaks. */
  private static String json(Pack pack) {
    byte[] json = Senml.encode(pack, SenmlEncoding.JSON).getFirst();
    return new String(json, StandardCharsets.UTF_8).replace("},{", "},\n {");
  }
}
