package io.headwall.spi.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engineer reads who wrote a wrong option. */
final class OptionValuesTest {

  private static final List<DriverOption> OPTIONS =
      List.of(
          new DriverOption.Switch("select_format_7", false, "Asks for format 7."),
          new DriverOption.Whole("poll_ms", 2000, 1000, 10_000, "Time between two polls."),
          new DriverOption.Choice("report", "sndf", List.of("sndf", "snda"), "Which report."),
          new DriverOption.Line("ca_file", "", false, "File of trusted certificates."));

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    OptionValues values = OptionValues.defaults(OPTIONS);
    assertFalse(values.isOn("select_format_7"));
    assertEquals(2000, values.whole("poll_ms"));
    assertEquals("sndf", values.text("report"));
    assertEquals("", values.text("ca_file"));
  }

  @Test
  void whatIsGivenWins() {
    OptionValues values =
        OptionValues.of(
            OPTIONS,
            Map.of(
                "select_format_7", "true", "poll_ms", "10000", "report", "snda", "ca_file", "a b"));
    assertTrue(values.isOn("select_format_7"));
    assertEquals(10_000, values.whole("poll_ms"));
    assertEquals("snda", values.text("report"));
    assertEquals("a b", values.text("ca_file"));
  }

  @ParameterizedTest
  @CsvSource({
    "select_format_7, yes, 'select_format_7 must be true or false, not yes'",
    "select_format_7, TRUE, 'select_format_7 must be true or false, not TRUE'",
    "poll_ms, 999, 'poll_ms must be a whole number from 1000 to 10000, not 999'",
    "poll_ms, 10001, 'poll_ms must be a whole number from 1000 to 10000, not 10001'",
    "poll_ms, 2.5, 'poll_ms must be a whole number from 1000 to 10000, not 2.5'",
    "poll_ms, '', 'poll_ms must be a whole number from 1000 to 10000, not '",
    "report, SNDF, 'report must be one of sndf, snda, not SNDF'",
    "pol_ms, 2000, 'unknown option pol_ms'",
    "ca_file, 'a\nb', 'ca_file must be one line of plain text'",
  })
  void saysWhatIsWrongAndWhatWouldBeRight(String key, String value, String message) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> OptionValues.of(OPTIONS, Map.of(key, value)));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void saysItInTheSameDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "hi-u-nu-deva", "de", "tr")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        saysWhatIsWrongAndWhatWouldBeRight(
            "poll_ms", "1", "poll_ms must be a whole number from 1000 to 10000, not 1");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatIsNeededMustBeGiven() {
    List<DriverOption> url = List.of(new DriverOption.Line("url", "", true, "The broker."));
    for (Map<String, String> given : List.of(Map.<String, String>of(), Map.of("url", " "))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> OptionValues.of(url, given));
      assertEquals("url is needed", refused.getMessage());
    }
    assertEquals("tcp://b", OptionValues.of(url, Map.of("url", "tcp://b")).text("url"));
  }

  @Test
  void askingForWhatIsNotDeclaredIsABug() {
    OptionValues values = OptionValues.defaults(OPTIONS);
    assertThrows(IllegalArgumentException.class, () -> values.text("format"));
  }

  @Test
  void aDefaultMustItselfBeAllowed() {
    assertThrows(
        IllegalArgumentException.class, () -> new DriverOption.Whole("poll_ms", 5, 6, 9, ""));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DriverOption.Choice("report", "none", List.of("sndf"), ""));
  }
}
