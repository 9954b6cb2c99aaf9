package io.headwall.edge;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reading as one line for an engineer: code, name, value, unit, and what is doubtful about it.
 */
final class ReadingText {

  private ReadingText() {}

  static String of(String device, Reading reading) {
    Code code = reading.metric().code();
    String number = code.mdc() == 0 ? "local" : Integer.toString(code.mdc());
    String value = what(reading, reading.metric().unit().ucum());
    // What a device sends must not steer the terminal, or begin a line of its own.
    String shown = value.replaceAll("\\p{Cntrl}", " ");
    return String.format(Locale.ROOT, "%-24s %9s %-44s %s", device, number, code.refid(), shown);
  }

  private static String what(Reading reading, String ucum) {
    return switch (reading) {
      case Reading.Numeric n -> value(n.value(), null, ucum, n.quality());
      case Reading.Setting s ->
          value(s.value(), s.word(), ucum, s.quality())
              + switch (s.kind()) {
                case SETTING -> "  (set)";
                case LIMIT_LOW -> "  (low limit)";
                case LIMIT_HIGH -> "  (high limit)";
              };
      case Reading.SampleBlock b -> b.samples().length + " samples";
      case Reading.Alarm a ->
          a.text() + "  (alarm " + a.state().name().toLowerCase(Locale.ROOT) + ")";
      case Reading.Text t -> t.text();
      case Reading.DeviceState d -> d.condition() + " " + d.detail();
      case Reading.Gap g -> "gap: " + g.reason();
      case Reading.DeviceClock c -> "device clock " + c.clock();
      case Reading.Removed r ->
          r.readings()
              + " readings "
              + r.kind().name().toLowerCase(Locale.ROOT)
              + " ("
              + r.reason()
              + "): "
              + numbers(r.numbers());
      case Reading.Tally t -> t.readings() + " readings stored: " + numbers(t.numbers());
    };
  }

  private static String numbers(Numbers numbers) {
    return "epoch "
        + numbers.epoch()
        + ", "
        + numbers.lane()
        + ' '
        + numbers.from()
        + " to "
        + numbers.to();
  }

  private static String value(
      @Nullable Decimal value, @Nullable String word, String ucum, Quality quality) {
    String shown = value != null ? value + " " + ucum : word != null ? word : "-";
    return (shown + (quality == Quality.VALID ? "" : "  [" + quality.wireName() + "]")).strip();
  }
}
