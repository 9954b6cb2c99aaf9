package io.headwall.spi.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Reading.AlarmPriority;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.SettingKind;
import io.headwall.spi.time.TimeQuality;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReadingTest {

  private static final Containment WHERE =
      Containment.of(Mdc.ECG_HEART_RATE, Mdc.ECG_HEART_RATE, Mdc.ECG_HEART_RATE);
  private static final Metric RATE = new Metric(Mdc.ECG_HEART_RATE, MdcUnit.BEAT_PER_MIN, WHERE);
  private static final Decimal SEVENTY = Decimal.of(70);

  @Test
  void qualityCodesAreOnDiskAndOnTheWire() {
    List<String> pinned =
        List.of(
            "0 valid",
            "1 questionable",
            "2 out-of-range",
            "3 simulated",
            "4 not-available",
            "5 sensor-disconnected",
            "6 invalid",
            "7 off",
            "8 unreadable",
            "9 no-data");
    assertEquals(
        pinned, Arrays.stream(Quality.values()).map(q -> q.code() + " " + q.wireName()).toList());
    for (Quality quality : Quality.values()) assertEquals(quality, Quality.ofCode(quality.code()));
    refused(() -> Quality.ofCode(-1));
    refused(() -> Quality.ofCode(10));
  }

  @Test
  void onlyTheFirstFourQualitiesCarryAValue() {
    for (Quality quality : Quality.values()) {
      assertEquals(quality.code() < 4, quality.carriesValue(), quality.name());
    }
  }

  @Test
  void ordersThatAreOnDiskAreAppendedToOnly() {
    assertEquals(
        "[LINK_DOWN, SILENT, SPEAKING, STANDBY, IDENTIFIED, REPLACED, PARKED,"
            + " PATIENT_CONTEXT_CHANGED]",
        Arrays.toString(DeviceCondition.values()));
    assertEquals("[INACTIVE, ACTIVE, RESET]", Arrays.toString(AlarmState.values()));
    assertEquals("[UNSTATED, LOW, MEDIUM, HIGH]", Arrays.toString(AlarmPriority.values()));
    assertEquals("[SETTING, LIMIT_LOW, LIMIT_HIGH]", Arrays.toString(SettingKind.values()));
    assertEquals(
        "[NONE, RESTORED, MANUAL, SYNCED, BACK_CORRECTED]", Arrays.toString(TimeQuality.values()));
  }

  @Test
  void timesThatWereNeverSetAreNotTrusted() {
    assertEquals(
        "[MANUAL, SYNCED, BACK_CORRECTED]",
        Arrays.stream(TimeQuality.values()).filter(TimeQuality::trusted).toList().toString());
    assertEquals("back-corrected", TimeQuality.BACK_CORRECTED.wireName());
  }

  @ParameterizedTest
  @EnumSource
  void aValueStandsBesideAQualityThatCarriesOneAndAbsenceBesideAReason(Quality quality) {
    if (quality.carriesValue()) {
      assertEquals(SEVENTY, new Numeric(RATE, 1, SEVENTY, quality).value());
      refused(() -> Numeric.absent(RATE, 1, quality));
      refused(() -> Setting.absent(RATE, 1, SettingKind.LIMIT_LOW, quality));
    } else {
      assertNull(Numeric.absent(RATE, 1, quality).value());
      assertNull(Setting.absent(RATE, 1, SettingKind.LIMIT_LOW, quality).value());
      refused(() -> new Numeric(RATE, 1, SEVENTY, quality));
      refused(() -> new Setting(RATE, 1, SettingKind.SETTING, SEVENTY, null, quality));
      refused(() -> new Setting(RATE, 1, SettingKind.SETTING, null, "VC-CMV", quality));
    }
  }

  @Test
  void outsideTheRangeIsKeptAndMarked() {
    Range range = Range.decimal(18, 321, 0);
    assertEquals(Quality.VALID, Numeric.of(RATE, 1, Decimal.of(321), range).quality());
    Numeric outside = Numeric.of(RATE, 1, Decimal.of(322), range);
    assertEquals(Quality.OUT_OF_RANGE, outside.quality());
    assertEquals(Decimal.of(322), outside.value());
    assertEquals(Quality.VALID, Numeric.of(RATE, 1, SEVENTY).quality());
  }

  @Test
  void aSettingIsAQuantityOrAWord() {
    assertEquals("VC-CMV", Setting.word(RATE, 1, "VC-CMV").word());
    assertEquals(SEVENTY, Setting.of(RATE, 1, SettingKind.SETTING, SEVENTY).value());
    refused(() -> new Setting(RATE, 1, SettingKind.SETTING, SEVENTY, "word", Quality.VALID));
    refused(() -> new Setting(RATE, 1, SettingKind.SETTING, null, null, Quality.VALID));
  }

  @Test
  void textsHaveALimit() {
    String longest = "x".repeat(Reading.TEXT_CHARS_MAX);
    String tooLong = longest + "x";
    assertEquals(longest, new Reading.Text(RATE, 1, longest).text());
    refused(() -> new Reading.Text(RATE, 1, tooLong));
    refused(() -> Setting.word(RATE, 1, tooLong));
    refused(() -> new Reading.Alarm(RATE, 1, AlarmState.ACTIVE, AlarmPriority.HIGH, tooLong));
    refused(() -> new Reading.DeviceState(RATE, 1, DeviceCondition.SILENT, tooLong));
    refused(() -> new Gap(RATE, 2, 1, tooLong));
  }

  @Test
  void aGapDoesNotEndBeforeItStarts() {
    assertEquals(5, new Gap(RATE, 5, 5, "crc").fromNs());
    refused(() -> new Gap(RATE, 5, 6, "crc"));
  }

  @Test
  void aSampleBlockHasSamplesAndAPeriod() {
    refused(() -> block(0, 1, 2));
    refused(() -> block(-1, 1, 2));
    refused(() -> block(1));
    refused(() -> block(1, new int[SampleBlock.SAMPLES_MAX + 1]));
    assertEquals(4096, block(1, new int[SampleBlock.SAMPLES_MAX]).samples().length);
  }

  @Test
  void sampleBlocksAreEqualByTheirSamples() {
    SampleBlock block = block(5, 1, SampleBlock.MISSING);
    assertEquals(block, block(5, 1, SampleBlock.MISSING));
    assertEquals(block.hashCode(), block(5, 1, SampleBlock.MISSING).hashCode());
    assertNotEquals(block, block(5, 1, 0), "missing is not zero");
    assertNotEquals(block, block(6, 1, SampleBlock.MISSING));
  }

  @Test
  void instancesCountFromOne() {
    assertEquals(2, WHERE.instance(1, 2).channelInstance());
    refused(() -> WHERE.instance(0, 1));
    refused(() -> WHERE.instance(1, 0));
  }

  @Test
  void aDeviceWithoutSerialNumberIsUnverified() {
    DeviceIdentity known =
        new DeviceIdentity("Larch", "T1", "4711", "1.2", "slot 3", Mdc.ECG_HEART_RATE);
    assertTrue(known.verified());
    assertEquals("Larch T1, serial 4711, firmware 1.2, at slot 3", known.inWords());
    DeviceIdentity unknown = new DeviceIdentity("Larch", "T1", null, null, "", Mdc.ECG_HEART_RATE);
    assertFalse(unknown.verified());
    assertEquals("Larch T1, no serial number", unknown.inWords());
  }

  private static SampleBlock block(long periodNs, int... samples) {
    return new SampleBlock(RATE, 1, periodNs, Decimal.of(1), Decimal.of(0), samples);
  }

  private static void refused(Executable nonsense) {
    assertThrows(IllegalArgumentException.class, nonsense);
  }
}
