package io.headwall.driver.nonin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Text;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.GoldenFiles;
import io.headwall.testkit.RecordedOutput;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldenTest {

  private static final byte[] NOISE_BEFORE = Hex.parse("00 81 01 81 53 50 4F 32 3D 0D 0A FF");
  private static final byte[] NOISE_AFTER = Hex.parse("01 80 FF 0A 00");

  @Test
  void format7() {
    RecordedOutput out = amidNoise("format7.hex");
    assertEquals(List.of("93 questionable/154 questionable"), Sessions.values(out));
    assertEquals(List.of("green"), out.readings(Text.class).stream().map(Text::text).toList());
    assertArrayEquals(
        IntStream.range(0, 25).map(i -> 20_000 + 977 * i).toArray(),
        out.readings(SampleBlock.class).getFirst().samples());
  }

  @Test
  void format2() {
    RecordedOutput out = amidNoise("format2.hex");
    assertEquals(List.of("93/154"), Sessions.values(out));
    assertEquals(List.of("yellow"), out.readings(Text.class).stream().map(Text::text).toList());
    assertArrayEquals(
        IntStream.range(0, 25).map(i -> 90 + 5 * i).toArray(),
        out.readings(SampleBlock.class).getFirst().samples());
  }

  @Test
  void ascii() {
    RecordedOutput out = amidNoise("ascii.hex");
    // The noise before has no line's end, so the first line's start is not seen.
    assertEquals(List.of("not-available/not-available"), Sessions.values(out));
    byte[] clean = GoldenFiles.golden(GoldenTest.class, "ascii.hex");
    out = ChunkedFeed.sameInEveryChunking(Sessions::auto, clean);
    assertEquals(List.of("93/154", "not-available/not-available"), Sessions.values(out));
  }

  @Test
  void selectFormat7() {
    assertArrayEquals(
        GoldenFiles.golden(GoldenTest.class, "select-format-7.hex"),
        NoninQuery.SELECT_FORMAT_7.template().render(SlotValues.NONE));
  }

  @Test
  void readsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "de", "hi", "tr-TR", "fa-IR-u-nu-arabext")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        for (String name : List.of("format7.hex", "format2.hex", "ascii.hex")) {
          byte[] wire = GoldenFiles.golden(GoldenTest.class, name);
          Numeric spo2 = Sessions.decode(wire).readings(Numeric.class).getFirst();
          assertEquals("93", String.valueOf(spo2.value()), tag + " " + name);
        }
        byte[] packet = GoldenFiles.golden(GoldenTest.class, "format7.hex");
        assertEquals("50", Sessions.decode(packet).heard().getFirst().device().firmware(), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static RecordedOutput amidNoise(String name) {
    byte[] golden = GoldenFiles.golden(GoldenTest.class, name);
    byte[] wire = PacketBytes.join(NOISE_BEFORE, golden, NOISE_AFTER);
    return ChunkedFeed.sameInEveryChunking(Sessions::auto, wire);
  }
}
