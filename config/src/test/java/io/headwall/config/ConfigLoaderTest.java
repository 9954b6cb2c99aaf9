package io.headwall.config;

import static io.headwall.config.Fixtures.FILE;
import static io.headwall.config.Fixtures.KNOWN;
import static io.headwall.config.Fixtures.loaded;
import static io.headwall.config.Fixtures.problems;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.link.LinkSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @TempDir private Path folder;

  @Test
  void whatIsLeftOutHasTheDocumentedDefault() {
    HeadwallConfig config = loaded("environment = \"training\"");
    assertEquals("headwall-training", config.environment().topicRoot());
    assertEquals(new Box(Optional.empty()), config.box());
    assertEquals(new Place(Optional.empty(), Place.Mount.WALL), config.place());
    assertEquals(new Store(Path.of("/var/lib/headwall"), 1_000, 7, 4_096), config.store());
    assertEquals(new Runtime(Path.of("/run/headwall"), Runtime.LogLevel.INFO), config.runtime());
    assertEquals(new Time(Time.Trust.KERNEL), config.time());
    assertEquals(List.of(), config.ports());
    assertEquals(List.of(), config.uplinks());
  }

  @Test
  void everyKeyArrivesInItsRecord() {
    HeadwallConfig config =
        loaded(
            "environment = \"production\"",
            "box = { eui64 = \"0250C2FFFE123456\" }",
            "place.unit = \"İCU 2\"",
            "place.bed = \"12/a\"",
            "place.mount = \"bed\"",
            "[store]",
            "folder = \"/data/./store\"",
            "at_risk_ms = 100",
            "keep_days = 90",
            "quota_mb = 1_000_000",
            "alarm_keep_days = 80",
            "wave_keep_days = 2",
            "wave_quota_mb = 400",
            "[runtime]",
            "folder = \"/r\"",
            "log_level = \"trace\"",
            "[time]",
            "trust = \"kernel\"");
    assertEquals("headwall", config.environment().topicRoot());
    assertEquals(new Box(Optional.of("0250c2fffe123456")), config.box());
    assertEquals(
        new Place(Optional.of(new Place.BedLabel("İCU 2", "12/a")), Place.Mount.BED),
        config.place());
    Store.Lanes lanes =
        new Store.Lanes(
            new Store.Limit(80, 1_000_000),
            new Store.Limit(90, 1_000_000),
            new Store.Limit(90, 1_000_000),
            new Store.Limit(2, 400));
    assertEquals(new Store(Path.of("/data/store"), 100, 90, 1_000_000, lanes), config.store());
    assertEquals(new Runtime(Path.of("/r"), Runtime.LogLevel.TRACE), config.runtime());
  }

  @Test
  void portsAndUplinksKeepTheirOrderAndTheirDriversDefaults() {
    HeadwallConfig config =
        loaded(
            "environment = \"test\"",
            "[[port]]",
            "name = \"vent\"",
            "device = \"/dev/ttyUSB1\"",
            "driver = \"puritan-bennett\"",
            "baud = 19200",
            "data_bits = 7",
            "parity = \"even\"",
            "stop_bits = 2",
            "rts_cts = true",
            "poll_ms = 3000",
            "[[port]]",
            "name = \"oxi\"",
            "device = \"/dev/ttyUSB0\"",
            "driver = \"nonin\"",
            "listen_only = true",
            "select_format_7 = true",
            "[[uplink]]",
            "name = \"a\"",
            "kind = \"mqtt\"",
            "url = \"mqtts://one\"",
            "lanes = [\"numeric\", \"alarm\"]",
            "max_backfill_age_s = 0",
            "history_per_s = 114");
    Port vent = config.ports().getFirst();
    assertEquals(
        new LinkSettings.Serial(19_200, 7, LinkSettings.Parity.EVEN, 2, true), vent.link());
    assertEquals(3_000, vent.options().whole("poll_ms"));
    assertEquals("sndf", vent.options().text("report"));
    Port oxi = config.ports().getLast();
    assertEquals(LinkSettings.Serial.eightNone1(9_600), oxi.link());
    assertEquals(List.of(false, true), config.ports().stream().map(Port::listenOnly).toList());
    assertEquals(true, oxi.options().isOn("select_format_7"));
    Uplink uplink = config.uplinks().getFirst();
    assertEquals("mqtts://one", uplink.options().text("url"));
    assertEquals("cbor", uplink.options().text("format"));
    List<Uplink.Lane> lanes = List.of(Uplink.Lane.NUMERIC, Uplink.Lane.ALARM);
    assertEquals(new Uplink.Feed(lanes, OptionalLong.of(0), OptionalLong.of(114)), uplink.feed());
    assertEquals(16, uplink.options().whole("window"));
  }

  @Test
  void aTransportMountHasNoBed() {
    HeadwallConfig config =
        loaded("environment = \"production\"", "[place]", "mount = \"transport\"");
    assertEquals(new Place(Optional.empty(), Place.Mount.TRANSPORT), config.place());
    var label = Optional.of(new Place.BedLabel("icu", "1"));
    assertThrows(IllegalArgumentException.class, () -> new Place(label, Place.Mount.TRANSPORT));
  }

  @Test
  void byteOrderMarkAndDosLineEndsAreNoMatter() {
    String text = "environment = \"test\"\n# c\n\n[store]\nkeep_days = 3\n";
    HeadwallConfig plain = loaded(text);
    assertEquals(plain, loaded("\uFEFF" + text));
    assertEquals(plain, loaded(text.replace("\n", "\r\n")));
    assertEquals(plain, loaded("\uFEFF" + text.replace("\n", "\r\n")));
    assertEquals(
        List.of("bed.toml:5:1: store.keep_dys: is not known here; did you mean keep_days?"),
        problems("\uFEFF" + text.replace("\n", "\r\n").replace("days", "dys")));
  }

  @Test
  void theSumIsThatOfTheFilesBytes() throws IOException {
    Path file = folder.resolve("a.toml");
    Files.writeString(file, "environment = \"test\"\n");
    var fromFile = assertInstanceOf(LoadResult.Loaded.class, ConfigLoader.load(file, KNOWN));
    // printf 'environment = "test"\n' | sha256sum
    assertEquals(
        "62a2838a347b78663eacaaff865cdd5685b55702e9aba94655bd5e539084b386", fromFile.sha256());
    assertEquals(fromFile, ConfigLoader.parse("x", "environment = \"test\"\n", KNOWN));
  }

  @Test
  void aFileThatCannotBeReadIsAProblem() throws IOException {
    Path none = folder.resolve("none.toml");
    assertEquals(
        List.of(none + ": there is no such file; copy one of the examples there"), load(none));
    assertEquals(
        List.of(folder + ": is no regular file; name the configuration file itself"), load(folder));
    assertEquals(
        List.of("/dev/zero: is no regular file; name the configuration file itself"),
        load(Path.of("/dev/zero")));
    // Tests may run as root, who may read everything: the exception stands for the file.
    assertEquals(
        List.of("a: may not be read; let the user who runs headwall read it (chmod, chown)"),
        words(ConfigLoader.unreadable("a", new AccessDeniedException("a"))));
    assertEquals(
        List.of("a: cannot be read (Input/output error); check the disk and its mount"),
        words(ConfigLoader.unreadable("a", new IOException("Input/output error"))));
  }

  @Test
  void aFileThatIsNoUtf8IsAProblemAtTheByte() throws IOException {
    Path file = folder.resolve("latin.toml");
    Files.write(file, "environment = \"test\"\n[place]\nunit = \"Süd\"".getBytes(ISO_8859_1));
    assertEquals(List.of(file + ":3:10: byte FC is no UTF-8; save the file as UTF-8"), load(file));
    byte[] cut = "environment = \"ü".getBytes(UTF_8);
    Files.write(file, Arrays.copyOf(cut, cut.length - 1));
    assertEquals(List.of(file + ":1:16: byte C3 is no UTF-8; save the file as UTF-8"), load(file));
  }

  @Test
  void aHugeFileIsRefusedWithoutBeingParsed() throws IOException {
    Path file = folder.resolve("huge.toml");
    Files.write(file, new byte[ConfigLoader.FILE_BYTES_MAX + 1]);
    assertEquals(
        List.of(
            file
                + ": is larger than 1048576 bytes; is this the right file? A configuration has a"
                + " few thousand"),
        load(file));
  }

  @Test
  void aFileOfCommentsUpToTheLimitIsRead() {
    String comments = "# just a comment\n\n".repeat(58_000);
    assertEquals(loaded("environment = \"test\""), loaded(comments + "environment = \"test\""));
  }

  @Test
  void whatWouldOverwhelmTheParserIsRefusedBeforeIt() {
    assertEquals(
        List.of(
            "bed.toml:2001:1: more than 2000 lines beside comments; a box has a few ports: take out"
                + " the rest"),
        problems(Collections.nCopies(2_001, "=").toArray(String[]::new)));
    assertEquals(
        List.of(
            "bed.toml:1:1: more than 65536 characters beside comments; a box has a few ports: take"
                + " out the rest"),
        problems("a = [" + "1,".repeat(40_000) + "]"));
  }

  @Test
  void pastAHundredProblemsTheRestIsCounted() {
    List<String> problems = problems(Collections.nCopies(2_000, "=").toArray(String[]::new));
    assertEquals(101, problems.size());
    assertEquals(
        "bed.toml: 1900 more problems; mend the ones above, then try again", problems.getLast());
  }

  @Test
  void worksTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "de-DE", "hi-IN", "tr-TR", "th-TH-u-nu-thai")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(
            List.of(
                "bed.toml:2:1: store.quota_mb: must be a whole number from 16 to 1000000, not 1;"
                    + " the nearest is quota_mb = 16"),
            problems("environment = \"test\"", "store.quota_mb = 1"),
            tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aClassCannotHaveMoreThanAllTogether() {
    assertEquals(
        List.of(
            "bed.toml:4:1: store.wave_quota_mb: is more than quota_mb, 512, which holds for all"
                + " classes together; write a smaller one, or delete it"),
        problems("environment = \"test\"", "[store]", "quota_mb = 512", "wave_quota_mb = 513"));
  }

  @Test
  void noMessageRepeatsASecret() {
    for (String line :
        List.of(
            "password = \"canary\"",
            "password = canary",
            "token = [\"canary\"]",
            "url = \"mqtts://a:canary@b\"",
            "cert_file = \"-----BEGIN PRIVATE KEY----- canary\"",
            "username = \"x:y://u:canary@\"",
            "psk = 'canary")) {
      List<String> found =
          problems("environment = \"test\"", "[[uplink]]", "name = \"a\"", "kind = \"mqtt\"", line);
      assertEquals(List.of(), found.stream().filter(p -> p.contains("canary")).toList(), line);
      assertEquals(false, found.isEmpty(), line);
    }
  }

  @Test
  void optionsThatCouldNotBeToldApartAreABugOfTheirDriver() {
    for (String key : List.of("baud", "name", "password", "api_key")) {
      var option = new DriverOption.Line(key, "", false, "x");
      DriverDescriptor driver = Fixtures.driver("a", LinkSettings.Serial.eightNone1(9_600), option);
      var drivers = Map.of("a", driver);
      assertThrows(IllegalArgumentException.class, () -> new Known(drivers, Map.of()), key);
    }
    DriverDescriptor a = Fixtures.driver("a", LinkSettings.Serial.eightNone1(9_600));
    var misnamed = Map.of("b", a);
    assertThrows(IllegalArgumentException.class, () -> new Known(misnamed, Map.of()));
    var kind =
        Map.<String, List<DriverOption>>of(
            "k", List.of(new DriverOption.Switch("kind", true, "x")));
    assertThrows(IllegalArgumentException.class, () -> new Known(Map.of(), kind));
  }

  @Test
  void withoutDriversThereIsNoneToSuggest() {
    var result =
        ConfigLoader.parse(
            FILE,
            "environment = \"test\"\n[[uplink]]\nname = \"a\"\nkind = \"mqtt\"",
            Known.none());
    assertEquals(
        List.of("bed.toml:4:1: uplink.kind: there is no kind \"mqtt\"; none is installed"),
        words(result));
  }

  private static List<String> load(Path file) {
    return words(ConfigLoader.load(file, KNOWN));
  }

  private static List<String> words(LoadResult result) {
    return assertInstanceOf(LoadResult.Refused.class, result).problems().stream()
        .map(Problem::inWords)
        .toList();
  }
}
