package io.headwall.config;

import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverDescriptor.Verified;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.DriverOption.Choice;
import io.headwall.spi.driver.DriverOption.Line;
import io.headwall.spi.driver.DriverOption.Switch;
import io.headwall.spi.driver.DriverOption.Whole;
import io.headwall.spi.link.LinkSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Drivers, an uplink and short ways that the tests share. */
final class Fixtures {

  static final String FILE = "bed.toml";

  static final Known KNOWN =
      new Known(
          Map.of(
              "puritan-bennett",
              driver(
                  "puritan-bennett",
                  LinkSettings.Serial.eightNone1(9600),
                  new Whole("poll_ms", 2_000, 1_000, 10_000, "Time between questions."),
                  new Choice("report", "sndf", List.of("sndf", "snda"), "Report asked for.")),
              "nonin",
              driver(
                  "nonin",
                  LinkSettings.Serial.eightNone1(9600),
                  new Choice("format", "auto", List.of("auto", "2", "7", "ascii"), "Form."),
                  new Switch("select_format_7", false, "Ask the oximeter for format 7.")),
              "lan-monitor",
              driver("lan-monitor", new LinkSettings.Datagrams(24_105))),
          Map.of(
              "mqtt",
              List.of(
                  new Line("url", "", true, "Where the broker is."),
                  new Line("client_id", "", false, "Empty: the box's number."),
                  new Line("username", "", false, "Name at the broker."),
                  new Line("password_file", "", false, "File of the password."),
                  new Line("ca_file", "", false, "Certificates trusted."),
                  new Line("cert_file", "", false, "The box's certificate."),
                  new Line("key_file", "", false, "File of its private key."),
                  new Choice("format", "cbor", List.of("cbor", "json"), "Form of payloads."),
                  new Whole("keep_alive_s", 30, 5, 600, "Keep-alive."),
                  new Whole("window", 16, 1, 1_000, "Packs in flight."))));

  private Fixtures() {}

  static DriverDescriptor driver(String id, LinkSettings link, DriverOption... options) {
    return new DriverDescriptor(
        id, "A " + id, List.of("One", "Two"), link, List.of(), List.of(options), Verified.OWN);
  }

  /** The problems of a text, each as one line; empty if it loads. */
  static List<String> problems(String... lines) {
    return switch (ConfigLoader.parse(FILE, String.join("\n", lines), KNOWN)) {
      case LoadResult.Loaded _ -> List.of();
      case LoadResult.Refused(List<Problem> problems) ->
          problems.stream().map(Problem::inWords).toList();
    };
  }

  static HeadwallConfig loaded(String... lines) {
    return loaded(ConfigLoader.parse(FILE, String.join("\n", lines), KNOWN));
  }

  static HeadwallConfig loaded(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded(HeadwallConfig config, String _) -> config;
      case LoadResult.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  /** The folder that holds LICENSE, above the module. */
  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      Path parent = folder.getParent();
      if (parent == null) throw new AssertionError("no LICENSE above the working folder");
      folder = parent;
    }
    return folder;
  }
}
