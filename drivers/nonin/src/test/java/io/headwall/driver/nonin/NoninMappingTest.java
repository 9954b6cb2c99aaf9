package io.headwall.driver.nonin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading.AlarmPriority;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Text;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoninMappingTest {

  private static final long FIRST_NS = 1_000;

  @ParameterizedTest
  @CsvSource({
    "0x40, SENSOR_DISCONNECTED",
    "0x10, INVALID",
    "0x08, INVALID",
    "0x18, INVALID",
    "0x48, SENSOR_DISCONNECTED",
    "0x50, SENSOR_DISCONNECTED",
    "0x60, SENSOR_DISCONNECTED",
    "0x30, INVALID"
  })
  void oneFrameWithoutUsableSignalTakesBothValues(String bits, Quality reason) {
    for (NoninFormat format : List.of(NoninFormat.FORMAT_2, NoninFormat.FORMAT_7)) {
      for (int frame = 0; frame < 25; frame++) {
        PacketBytes bytes = PacketBytes.of(format, 97, 72).status(frame, Integer.decode(bits));
        for (Numeric numeric : NoninMapping.numerics(packet(format, bytes))) {
          assertNull(numeric.value());
          assertEquals(reason, numeric.quality(), "frame " + frame);
          assertEquals(FIRST_NS, numeric.measuredNs());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void anArtifactInAnyFrameMakesValuesQuestionable(NoninFormat format) {
    for (int frame = 0; frame < 25; frame++) {
      PacketBytes bytes = PacketBytes.of(format, 97, 72).status(frame, 0x20);
      assertEquals(
          List.of(
              new Numeric(NoninMapping.SPO2, FIRST_NS, Decimal.of(97), Quality.QUESTIONABLE),
              new Numeric(NoninMapping.PULSE, FIRST_NS, Decimal.of(72), Quality.QUESTIONABLE)),
          NoninMapping.numerics(packet(format, bytes)));
    }
  }

  @Test
  void missingMarksAreAbsentEachForItself() {
    assertEquals(
        List.of(Quality.NOT_AVAILABLE, Quality.VALID), qualities(PacketBytes.format7(127, 72)));
    assertEquals(
        List.of(Quality.VALID, Quality.NOT_AVAILABLE), qualities(PacketBytes.format7(97, 511)));
    assertEquals(
        List.of(Quality.NOT_AVAILABLE, Quality.NOT_AVAILABLE),
        qualities(PacketBytes.format7(127, 511).status(4, 0x20)));
  }

  @Test
  void everyPulseIsReadByItsNineBits() {
    for (int pulse = 0; pulse < 511; pulse++) {
      Numeric numeric =
          NoninMapping.numerics(packet(NoninFormat.FORMAT_7, PacketBytes.format7(97, pulse)))
              .get(1);
      assertEquals(Decimal.of(pulse), numeric.value());
      boolean measurable = pulse >= 18 && pulse <= 321;
      assertEquals(measurable ? Quality.VALID : Quality.OUT_OF_RANGE, numeric.quality());
    }
  }

  @Test
  void everySpo2UpToTheMissingMark() {
    for (int spo2 = 0; spo2 < 127; spo2++) {
      Numeric numeric =
          NoninMapping.numerics(packet(NoninFormat.FORMAT_2, PacketBytes.format2(spo2, 72))).get(0);
      assertEquals(Decimal.of(spo2), numeric.value());
      assertEquals(spo2 <= 100 ? Quality.VALID : Quality.OUT_OF_RANGE, numeric.quality());
    }
  }

  @Test
  void reservedBitsOfAValueAreNoPartOfIt() {
    PacketBytes bytes = PacketBytes.format7(97, 72).value(0, 0xFC).value(1, 0xC8).value(2, 0xE1);
    assertEquals(List.of(Quality.VALID, Quality.VALID), qualities(bytes));
    Packet packet = packet(NoninFormat.FORMAT_7, bytes);
    assertEquals(72, packet.pulse());
    assertEquals(97, packet.spo2());
  }

  @Test
  void linesOutsideTheRangeAreKeptAndMarked() {
    Line line = new Line(17, FIRST_NS, FIRST_NS, OptionalInt.of(127), OptionalInt.of(17), false);
    assertEquals(
        List.of(
            new Numeric(NoninMapping.SPO2, FIRST_NS, Decimal.of(127), Quality.OUT_OF_RANGE),
            new Numeric(NoninMapping.PULSE, FIRST_NS, Decimal.of(17), Quality.OUT_OF_RANGE)),
        NoninMapping.numerics(line));
  }

  @Test
  void aSampleWithoutUsableSignalIsMissing() {
    PacketBytes bytes =
        PacketBytes.format7(97, 72)
            .status(3, 0x40)
            .status(4, 0x10)
            .status(5, 0x08)
            .status(6, 0x20)
            .pleth(0, 0)
            .pleth(24, 65_535);
    SampleBlock block = NoninMapping.pleth(packet(NoninFormat.FORMAT_7, bytes));
    assertNotNull(block);
    assertEquals(FIRST_NS, block.measuredNs());
    for (int i : new int[] {3, 4, 5}) assertEquals(SampleBlock.MISSING, block.samples()[i]);
    assertEquals(30_300, block.samples()[6], "an artifact is part of the curve");
    assertEquals(0, block.samples()[0]);
    assertEquals(65_535, block.samples()[24]);
  }

  @Test
  void withoutAnyUsableSampleThereIsNoBlock() {
    PacketBytes bytes = PacketBytes.format2(127, 511);
    IntStream.range(0, 25).forEach(frame -> bytes.status(frame, 0x40));
    assertNull(NoninMapping.pleth(packet(NoninFormat.FORMAT_2, bytes)));
  }

  @Test
  void perfusionIsTheLatestBeatsWord() {
    assertNull(perfusion(PacketBytes.format7(97, 72)), "between two beats");
    assertEquals("green", perfusion(PacketBytes.format7(97, 72).status(3, 0x02)));
    assertEquals("red", perfusion(PacketBytes.format7(97, 72).status(3, 0x04)));
    assertEquals("yellow", perfusion(PacketBytes.format7(97, 72).status(3, 0x06)));
    assertEquals("red", perfusion(PacketBytes.format7(97, 72).status(3, 0x02).status(20, 0x04)));
    assertEquals("none", perfusion(PacketBytes.format7(97, 72).status(3, 0x02).status(9, 0x10)));
  }

  @Test
  void alarmsAreTheDevicesOwnBits() {
    assertEquals(List.of(false, false, false), alarms(PacketBytes.format7(97, 72)));
    assertEquals(List.of(true, false, false), alarms(PacketBytes.format7(97, 72).status(9, 0x40)));
    assertEquals(List.of(false, true, false), alarms(PacketBytes.format7(97, 72).status(9, 0x08)));
    assertEquals(List.of(false, false, true), alarms(PacketBytes.format7(97, 72).stat2(0x01)));
    assertEquals(List.of(false, false, false), alarms(PacketBytes.format7(97, 72).stat2(0x20)));
    assertEquals(List.of(false, false, false), alarms(PacketBytes.format7(97, 72).status(9, 0x10)));
  }

  @Test
  void format2HasNoStatedBatteryBit() {
    Packet packet = packet(NoninFormat.FORMAT_2, PacketBytes.format2(97, 72).stat2(0x01));
    assertEquals(2, NoninMapping.alarms(packet).size());
  }

  @Test
  void theIdentityHasAFirmwareAndNoSerialNumber() {
    var device =
        NoninMapping.device(
            packet(NoninFormat.FORMAT_7, PacketBytes.format7(97, 72).revision(0x33)));
    assertEquals("51", device.firmware());
    assertNull(device.serial());
    Line line = new Line(17, 0, 0, OptionalInt.empty(), OptionalInt.empty(), false);
    assertNull(NoninMapping.device(line).firmware());
  }

  @Test
  void everyCodeHasTwoSourcesOrMore() {
    for (Metric metric :
        List.of(
            NoninMapping.SPO2,
            NoninMapping.PULSE,
            NoninMapping.PLETH,
            NoninMapping.SENSOR_DISCONNECTED,
            NoninMapping.SENSOR_ALARM,
            NoninMapping.LOW_BATTERY)) {
      assertEquals(2, ((MdcCode) metric.code()).sources(), metric.code().refid());
    }
    assertEquals(150456, NoninMapping.SPO2.code().mdc());
    assertEquals(149530, NoninMapping.PULSE.code().mdc());
    assertEquals(150452, NoninMapping.PLETH.code().mdc());
  }

  private static List<Quality> qualities(PacketBytes bytes) {
    return NoninMapping.numerics(packet(NoninFormat.FORMAT_7, bytes)).stream()
        .map(Numeric::quality)
        .toList();
  }

  private static @Nullable String perfusion(PacketBytes bytes) {
    Text text = NoninMapping.perfusion(packet(NoninFormat.FORMAT_7, bytes));
    return text == null ? null : text.text();
  }

  private static List<Boolean> alarms(PacketBytes bytes) {
    return NoninMapping.alarms(packet(NoninFormat.FORMAT_7, bytes)).stream()
        .peek(alarm -> assertEquals(AlarmPriority.UNSTATED, alarm.priority()))
        .map(alarm -> alarm.state() == AlarmState.ACTIVE)
        .toList();
  }

  private static Packet packet(NoninFormat format, PacketBytes bytes) {
    return new Packet(format, bytes.bytes(), FIRST_NS, FIRST_NS + 100);
  }
}
