package io.headwall.driver.nonin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.Text;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.GoldenFiles;
import io.headwall.testkit.RecordedOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorsTest {

  @Test
  void format2FromAPublicUnitTest() {
    RecordedOutput out = Sessions.decode(hex("nonin-format2-vector-pufferfish.hex"));
    assertEquals(List.of("97/72"), Sessions.values(out));
    Numeric spo2 = out.readings(Numeric.class).get(0);
    assertEquals(Mdc.PULS_OXIM_SAT_O2, spo2.metric().code());
    assertEquals(MdcUnit.PERCENT, spo2.metric().unit());
    Numeric pulse = out.readings(Numeric.class).get(1);
    assertEquals(Mdc.PULS_OXIM_PULS_RATE, pulse.metric().code());
    assertEquals(MdcUnit.BEAT_PER_MIN, pulse.metric().unit());
    assertEquals("48", out.heard().getFirst().device().firmware());
    SampleBlock pleth = out.readings(SampleBlock.class).getFirst();
    assertEquals(Mdc.PULS_OXIM_PLETH, pleth.metric().code());
    int[] ones = new int[25];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, pleth.samples());
  }

  @Test
  void format2GivesExactlyTheSecondPacketAfterADamagedOne() {
    DeviceSession session = Sessions.auto();
    RecordedOutput out = new RecordedOutput();
    byte[] wire = hex("nonin-format2-resync.hex");
    ChunkedFeed.feed(session, wire, wire.length, out);
    assertEquals(List.of("96/73"), Sessions.values(out));
    assertEquals(1, out.readings(SampleBlock.class).size());
    assertEquals(1, session.counts().frames());
    assertEquals(Map.of("checksum", 1L), session.counts().rejects());
    assertEquals(3 + 125, session.counts().noiseBytes());
    assertTrue(out.readings(Gap.class).isEmpty(), "no packet was known before");
  }

  @Test
  void format7OfTheOtherSheet() {
    RecordedOutput out = Sessions.decode(raw("nonin_df_25frames.bin"));
    assertEquals(List.of("97/72"), Sessions.values(out));
    assertEquals("12", out.heard().getFirst().device().firmware());
    int[] pleth = IntStream.range(0, 25).map(i -> 0x4000 + 0x40 * i).toArray();
    assertArrayEquals(pleth, out.readings(SampleBlock.class).getFirst().samples());
  }

  @Test
  void format7WithABeatInTwoFrames() {
    RecordedOutput out = Sessions.decode(hex("nonin-format7-synthetic.hex"));
    assertEquals(List.of("97/72"), Sessions.values(out));
    assertEquals("50", out.heard().getFirst().device().firmware());
    assertEquals(List.of("green"), out.readings(Text.class).stream().map(Text::text).toList());
    SampleBlock pleth = out.readings(SampleBlock.class).getFirst();
    int[] samples = IntStream.range(0, 25).map(i -> 30_000 + 50 * i).toArray();
    assertArrayEquals(samples, pleth.samples());
    assertEquals(Decimal.of(1), pleth.step());
    assertEquals(Decimal.of(0), pleth.offset());
    assertEquals(13_333_333, pleth.periodNs());
    assertEquals(
        List.of(AlarmState.INACTIVE, AlarmState.INACTIVE, AlarmState.INACTIVE),
        out.readings(Alarm.class).stream().map(Alarm::state).toList());
  }

  @Test
  void format7CountsTheHighPartOfThePulseBy128() {
    RecordedOutput out = Sessions.decode(hex("nonin-format7-hr200.hex"));
    assertEquals(List.of("88/200"), Sessions.values(out));
  }

  @Test
  void format7WithoutSensorGivesNoValue() {
    RecordedOutput out = Sessions.decode(hex("nonin-format7-nodata.hex"));
    assertEquals(List.of("sensor-disconnected/sensor-disconnected"), Sessions.values(out));
    assertTrue(out.readings(SampleBlock.class).isEmpty());
    assertEquals(List.of("none"), out.readings(Text.class).stream().map(Text::text).toList());
    assertEquals(
        List.of("sensor disconnected ACTIVE", "sensor alarm ACTIVE", "low battery INACTIVE"),
        out.readings(Alarm.class).stream().map(a -> a.text() + " " + a.state()).toList());
  }

  @Test
  void asciiLinesBetweenOtherText() {
    DeviceSession session = Sessions.auto();
    RecordedOutput out = new RecordedOutput();
    byte[] wire = raw("nonin-ascii-lines.txt");
    ChunkedFeed.feed(session, wire, wire.length, out);
    assertEquals(
        List.of("97/72", "97/72", "96/101", "not-available/not-available", "100/60"),
        Sessions.values(out));
    assertEquals(
        List.of("as selected at the device", "fast", "as selected at the device"),
        out.readings(Setting.class).stream().map(Setting::word).toList());
    assertEquals(5, session.counts().frames());
    assertEquals(Map.of("line", 1L), session.counts().rejects(), "the cut line");
    assertEquals(22 + 8, session.counts().noiseBytes(), "the header and the cut line");
    assertEquals(
        List.of("22 bytes not understood"),
        out.readings(Gap.class).stream().map(Gap::reason).toList());
  }

  @Test
  void everyVectorReadsTheSameInEveryChunking() {
    for (String name :
        List.of(
            "nonin-format2-vector-pufferfish.hex",
            "nonin-format2-resync.hex",
            "nonin-format7-synthetic.hex",
            "nonin-format7-hr200.hex",
            "nonin-format7-nodata.hex")) {
      ChunkedFeed.sameInEveryChunking(Sessions::auto, hex(name));
    }
    ChunkedFeed.sameInEveryChunking(Sessions::auto, raw("nonin_df_25frames.bin"));
    ChunkedFeed.sameInEveryChunking(Sessions::auto, raw("nonin-ascii-lines.txt"));
  }

  @Test
  void noVectorGivesAMissingMarkAsAValue() {
    for (Numeric numeric :
        Sessions.decode(hex("nonin-format7-nodata.hex")).readings(Numeric.class)) {
      assertEquals(Quality.SENSOR_DISCONNECTED, numeric.quality());
    }
  }

  private static byte[] raw(String name) {
    return GoldenFiles.raw(VectorsTest.class, "/vectors/" + name);
  }

  private static byte[] hex(String name) {
    return GoldenFiles.bytes(GoldenFiles.text(VectorsTest.class, "/vectors/" + name));
  }
}
