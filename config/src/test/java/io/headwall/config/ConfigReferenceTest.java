package io.headwall.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed page and example are what the schema says; the examples load. */
class ConfigReferenceTest {

  private static final Path EXAMPLES = Fixtures.repository().resolve("config/examples");

  @Test
  void theCommittedPageIsTheGeneratedOne() throws IOException {
    committedIs(
        Fixtures.repository().resolve("docs/configuration.md"),
        ConfigReference.markdown(Known.none()));
  }

  @Test
  void theCommittedExampleIsTheGeneratedOne() throws IOException {
    committedIs(EXAMPLES.resolve("all-keys.toml"), ConfigExample.toml());
  }

  @Test
  void everyExampleLoads() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(EXAMPLES)) {
      files = found.sorted().toList();
    }
    assertEquals(
        List.of("all-keys.toml", "minimal.toml", "production.toml", "reference-bed.toml"),
        files.stream().map(f -> f.getFileName().toString()).toList());
    for (Path file : files) {
      Fixtures.loaded(ConfigLoader.load(file, Fixtures.KNOWN));
    }
  }

  @Test
  void theFullExampleWithItsCommentsTakenAwayIsRightToo() {
    String all =
        ConfigExample.toml()
            .replaceAll("(?m)^# (\\[\\[|[a-z0-9_]+ = )", "$1")
            // an option that the kind needs
            .replaceAll("(?m)^kind = .*", "$0\nurl = \"mqtts://broker\"");
    HeadwallConfig config = Fixtures.loaded(all);
    assertEquals(1, config.ports().size());
    assertEquals(1, config.uplinks().size());
    for (ConfigSchema.Table table : ConfigSchema.TABLES) {
      for (Key<?> key : table.keys()) {
        assertTrue(all.contains("\n" + key.name() + " = "), key.name());
      }
    }
  }

  @Test
  void anExampleValueOfEveryKeyFitsItsOwnType() {
    for (ConfigSchema.Table table : ConfigSchema.TABLES) {
      for (Key<?> key : table.keys()) {
        Object value = org.tomlj.Toml.parse(key.exampleLine()).get(List.of(key.name()));
        assertTrue(
            value != null
                && key.type().read(key.name(), value) instanceof ValueType.Outcome.Good<?>,
            key.exampleLine());
      }
    }
  }

  @Test
  void driversAndUplinksHaveSectionsOfTheirOwn() {
    String page = ConfigReference.markdown(Fixtures.KNOWN);
    assertTrue(page.startsWith(ConfigReference.markdown(Known.none())));
    assertTrue(
        page.endsWith(
            """

            ## `kind = "mqtt"`

            | key | must be | default | what it is |
            | --- | --- | --- | --- |
            | `url` | text on one line that is not blank | (needed) | Where the broker is. |
            | `client_id` | text on one line | `""` | Empty: the box's number. |
            | `username` | text on one line | `""` | Name at the broker. |
            | `password_file` | text on one line | `""` | File of the password. |
            | `ca_file` | text on one line | `""` | Certificates trusted. |
            | `cert_file` | text on one line | `""` | The box's certificate. |
            | `key_file` | text on one line | `""` | File of its private key. |
            | `format` | one of "cbor", "json" | `"cbor"` | Form of payloads. |
            | `keep_alive_s` | a whole number from 5 to 600 | `30` | Keep-alive. |
            | `window` | a whole number from 1 to 1000 | `16` | Packs in flight. |
            """));
    assertTrue(
        page.contains(
            """
            ## `driver = "nonin"`

            A nonin: One, Two. Line settings: 9600 8N1.

            | key | must be | default | what it is |
            | --- | --- | --- | --- |
            | `format` | one of "auto", "2", "7", "ascii" | `"auto"` | Form. |
            | `select_format_7` | true or false | `false` | Ask the oximeter for format 7. |
            """));
    assertTrue(page.contains("Datagrams to UDP port 24105.\n\nNo options of its own.\n"));
  }

  /** With {@code -Dreference=write} the file is written first. */
  private static void committedIs(Path file, String generated) throws IOException {
    if ("write".equals(System.getProperty("reference"))) Files.writeString(file, generated);
    String committed = Files.exists(file) ? Files.readString(file, UTF_8) : "";
    assertEquals(
        generated,
        committed,
        file + " is out of date: run mvn -pl config -am test -Dreference=write");
  }
}
