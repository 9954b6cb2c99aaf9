package io.headwall.driver.puritanbennett;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.Text;
import io.headwall.testkit.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;

/** Bytes for the tests, and readings as the expected files write them. */
final class Answers {

  private static final int HEAD_BYTES = 17;

  private Answers() {}

  static byte[] vector(String name) {
    return GoldenFiles.raw(Answers.class, "/vectors/" + name);
  }

  static byte[] golden(String name) {
    return GoldenFiles.golden(Answers.class, name);
  }

  /** The plain MISCF answer: SIMV, VC, PS, all alarms normal. */
  static byte[] miscf() {
    return vector("pb840_miscf_synth.bin");
  }

  /**
   * The plain MISCF answer with other texts in some fields; each is padded to the field's width.
   */
  static byte[] miscf(Map<Integer, String> changes) {
    byte[] bytes = miscf();
    int at = HEAD_BYTES;
    for (int number = PbReport.FIRST_FIELD; number <= 173; number++) {
      int width = PbReport.MISCF.width(number);
      String text = changes.get(number);
      if (text != null) {
        byte[] padded = (text + " ".repeat(width - text.length())).getBytes(US_ASCII);
        System.arraycopy(padded, 0, bytes, at, width);
      }
      at += width + 1;
    }
    return bytes;
  }

  static byte[] miscf(int number, String text) {
    return miscf(Map.of(number, text));
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }

  static DeviceSession session() {
    PuritanBennettDriver driver = new PuritanBennettDriver();
    return driver.newSession(OptionValues.defaults(driver.descriptor().options()));
  }

  static DeviceSession waves() {
    PuritanBennettWavesDriver driver = new PuritanBennettWavesDriver();
    return driver.newSession(OptionValues.defaults(driver.descriptor().options()));
  }

  /** A reading in one line: kind, code, unit in brackets, value or -, quality. */
  static String inWords(Reading reading) {
    String code = reading.metric().code().wireName();
    String unit = " [" + reading.metric().unit().ucum() + "] ";
    return switch (reading) {
      case Numeric n ->
          "numeric " + code + unit + (n.value() == null ? "-" : n.value()) + quality(n.quality());
      case Setting s -> setting(s, code, unit);
      case Alarm a -> "alarm " + code + low(a.state()) + low(a.priority()) + ' ' + a.text();
      case Text t -> "text " + code + ' ' + t.text();
      case Reading.DeviceClock c -> "clock " + c.clock();
      case Reading.Gap g -> "gap " + g.reason();
      case Reading.DeviceState s -> s.toString();
      case Reading.SampleBlock b -> b.toString();
      case Reading.Removed r -> r.toString();
      case Reading.Tally t2 -> t2.toString();
    };
  }

  private static String setting(Setting s, String code, String unit) {
    String kind =
        switch (s.kind()) {
          case SETTING -> "setting ";
          case LIMIT_LOW -> "limit-low ";
          case LIMIT_HIGH -> "limit-high ";
        };
    if (s.word() != null) return kind + code + ' ' + s.word() + quality(s.quality());
    return kind + code + unit + (s.value() == null ? "-" : s.value()) + quality(s.quality());
  }

  private static String quality(Quality quality) {
    return ' ' + quality.wireName();
  }

  private static String low(Enum<?> word) {
    return ' ' + word.name().toLowerCase(Locale.ROOT);
  }
}
