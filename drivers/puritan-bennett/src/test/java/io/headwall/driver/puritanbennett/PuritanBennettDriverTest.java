package io.headwall.driver.puritanbennett;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the drivers say of themselves, to programs and in the README. */
class PuritanBennettDriverTest {

  @Test
  void bothDriversAreFound() {
    List<String> ids =
        ServiceLoader.load(DeviceDriver.class).stream()
            .map(p -> p.get().descriptor().id())
            .toList();
    assertEquals(List.of("puritan-bennett", "puritan-bennett-waves"), ids);
  }

  @Test
  void linesAreSetUpAsTheMakerShipsThem() {
    assertEquals(
        LinkSettings.Serial.eightNone1(9_600), new PuritanBennettDriver().descriptor().link());
    assertEquals(
        LinkSettings.Serial.eightNone1(38_400),
        new PuritanBennettWavesDriver().descriptor().link());
  }

  @Test
  void optionsOutsideTheirBoundsAreRefused() {
    var options = new PuritanBennettDriver().descriptor().options();
    for (Map<String, String> wrong :
        List.of(
            Map.of("poll_ms", "999"),
            Map.of("poll_ms", "10001"),
            Map.of("report", "vrpt"),
            Map.of("baud", "9600"))) {
      assertThrows(IllegalArgumentException.class, () -> OptionValues.of(options, wrong));
    }
  }

  @Test
  void theReadmeNamesEveryFieldWithItsCodeAndItsSources() throws IOException {
    List<String> readme = Files.readAllLines(Path.of("README.md"), UTF_8);
    Stream.of(MiscfFields.OF_840, MiscfFields.OF_980)
        .flatMap(List::stream)
        .forEach(row -> assertNamed(readme, "F", row));
    MiscaFields.ALL.forEach(row -> assertNamed(readme, "A", row));
  }

  private static void assertNamed(List<String> readme, String report, PbField row) {
    String sources =
        switch (row.metric().code()) {
          case MdcCode c -> c.sources() == 2 ? "2+" : c.sources() == 1 ? "1" : "conflict";
          case LocalCode c -> "local";
        };
    String field = "| " + report + row.number() + " |";
    String code = "`" + row.metric().code().wireName() + "`";
    String unit = row.metric().unit().ucum();
    assertTrue(
        readme.stream()
            .anyMatch(line ->
                line.startsWith(field)
                    && line.contains(code)
                    && line.contains(row.metric().code().refid())
                    && line.endsWith("| " + sources + " |")
                    && (unit.isEmpty() || line.contains("| " + unit + " |"))),
        field + " " + code + " " + unit + " " + sources);
  }
}
