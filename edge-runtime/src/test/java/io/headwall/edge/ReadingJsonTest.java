package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.AlarmPriority;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.SettingKind;
import io.headwall.testkit.GoldenFiles;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each kind of reading against the golden files. */
final class ReadingJsonTest {

  private static final Containment WHOLE =
      Containment.of(Mdc.EVT_ALARM, Mdc.EVT_ALARM, Mdc.EVT_ALARM);
  private static final Metric PULSE =
      new Metric(Mdc.PULS_OXIM_PULS_RATE, MdcUnit.BEAT_PER_MIN, WHOLE);
  private static final Metric WORD = Metric.unitless(new LocalCode("x-mode"), WHOLE);

  private static final List<Reading> EVERY_KIND =
      List.of(
          Reading.Numeric.of(PULSE, 1, Decimal.of(50, 1)),
          new Reading.Numeric(PULSE, 1, Decimal.of(1, 12), Quality.OUT_OF_RANGE),
          Reading.Numeric.absent(PULSE, 1, Quality.NO_DATA),
          new Reading.SampleBlock(
              PULSE,
              1,
              13_333_333,
              Decimal.of(5, 1),
              Decimal.of(-100, 0),
              new int[] {0, 3, Reading.SampleBlock.MISSING}),
          new Reading.Alarm(
              Metric.unitless(Mdc.EVT_ALARM, WHOLE),
              1,
              AlarmState.ACTIVE,
              AlarmPriority.HIGH,
              "HIGH \"PPEAK\"\n"),
          Reading.Setting.of(PULSE, 1, SettingKind.LIMIT_LOW, Decimal.of(40)),
          Reading.Setting.of(PULSE, 1, SettingKind.LIMIT_HIGH, Decimal.of(140)),
          Reading.Setting.word(WORD, 1, "SIMV"),
          Reading.Setting.absent(PULSE, 1, SettingKind.SETTING, Quality.OFF),
          new Reading.Text(WORD, 1, "\u00fcber"),
          new Reading.DeviceState(
              DeviceMetrics.state(LarchDriver.MDS), 1, DeviceCondition.LINK_DOWN, "cable out"),
          new Reading.Gap(DeviceMetrics.gap(LarchDriver.MDS), 2_000, 1_000, "silent"),
          new Reading.DeviceClock(
              DeviceMetrics.clock(LarchDriver.MDS), 1, LocalDateTime.of(2026, 2, 3, 4, 5, 6)));

  @Test
  void eachKindAsJson() {
    assertEquals(golden("readings.ndjson"), lines(r -> ReadingJson.of("larch-7", r)));
  }

  @Test
  void eachKindHoldsTheFieldsThatScriptsRelyOn() {
    for (Reading reading : EVERY_KIND) {
      String json = ReadingJson.of("larch-7", reading);
      for (String field : List.of("kind", "device", "refid", "mdc", "value", "ucum", "quality")) {
        assertTrue(json.contains("\"" + field + "\":"), field + " in " + json);
      }
    }
  }

  @Test
  void eachKindAsText() {
    assertEquals(golden("readings.txt"), lines(r -> ReadingText.of("larch-7", r)));
  }

  private static String lines(Function<Reading, String> form) {
    return EVERY_KIND.stream().map(form).collect(Collectors.joining("\n")) + "\n";
  }

  private static String golden(String name) {
    return GoldenFiles.text(ReadingJsonTest.class, "/golden/" + name);
  }
}
