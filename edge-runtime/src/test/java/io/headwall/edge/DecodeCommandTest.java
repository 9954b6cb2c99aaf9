package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.edge.Headwall.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodeCommandTest {

  /** One real-time line of a Nonin: SpO2 93 %, pulse 154. */
  private static final byte[] LINE = "SPO2=093 HR=154\r\n".getBytes(UTF_8);

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("recorded"), bytes);
  }

  @Test
  void readingsGoOutAndCountsToStandardError() throws IOException {
    Answer answer = Headwall.run("decode", "--driver", "nonin", file(LINE).toString());
    assertEquals(0, answer.exit());
    assertEquals(1, answer.err().lines().count(), answer.err());
    assertTrue(
        answer.err().matches("frames \\d+, readings \\d+, rejects 0 \\{}, noise bytes 0\\R"),
        answer.err());
    List<String> spo2 = answer.out().lines().filter(l -> l.contains("150456")).toList();
    assertEquals(
        "{\"kind\":\"numeric\",\"device\":\"nonin-file\",\"refid\":\"MDC_PULS_OXIM_SAT_O2\","
            + "\"mdc\":150456,\"value\":93,\"ucum\":\"%\",\"quality\":\"valid\"}",
        spo2.getFirst());
  }

  @Test
  void standardInputAndTextForPeople() {
    Answer answer = Headwall.run(LINE, "decode", "--driver", "nonin", "--no-json", "-");
    assertEquals(0, answer.exit());
    assertTrue(
        answer.out().lines().anyMatch(l -> l.matches("nonin-file +150456 MDC_\\w+ +93 %")),
        answer.out());
    assertEquals(answer.out(), run(LINE, "--no-json"), "the same each time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "53504F323D3039332048523D3135340D0A",
        "# a comment\n53 50 4f 32 3D\r\n\r\n30 39 33 # SpO2\n20 48 52 3D 31 35 34 0D 0A\n",
        "53 50 4F 32 3D   name\n30 39 33   SpO2 93 %\n20 48 52 3D   name\n31 35 34 0D 0A  end\n",
        "53 50 4F 32 3D 30 39 33  20 48 52 3D 31 35 34 0D\n0A"
      })
  void hexTextIsSeenFromItsForm(String text) {
    assertEquals(run(LINE, "--json"), run(text.getBytes(UTF_8), "--json"));
  }

  @Test
  void hexTextThatTurnsIntoSomethingElseIsRefusedWithItsLine() {
    String text = "53 50 4F 32\n".repeat(1000) + "5 3\n";
    Answer answer = Headwall.run(text.getBytes(UTF_8), "decode", "--driver", "nonin", "-");
    assertEquals(2, answer.exit());
    assertEquals(
        "headwall decode: cannot read -: line 1001 is no hex digits in pairs\n",
        answer.err().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void aLongRecordingInHexOnOneLineIsRead() {
    String text = "53504F323D3039332048523D3135340D0A".repeat(20_000);
    Answer answer = Headwall.run(text.getBytes(UTF_8), "decode", "--driver", "nonin", "-");
    assertEquals(0, answer.exit());
    assertTrue(answer.err().startsWith("frames 20000, "), answer.err());
  }

  @Test
  void nothingUnderstoodIsExitOne() throws IOException {
    Answer answer = Headwall.run("decode", "--driver", "nonin", file(new byte[0]).toString());
    assertEquals(1, answer.exit());
    assertEquals("frames 0, readings 0, rejects 0 {}, noise bytes 0", answer.err().strip());
    assertEquals("", answer.out());
  }

  @Test
  void anUnknownDriverIsToldTheKnownOnes() {
    Answer answer = Headwall.run("decode", "--driver", "larch", "-");
    assertEquals(2, answer.exit());
    assertEquals(
        "headwall decode: no driver 'larch'; there are: nonin, puritan-bennett,"
            + " puritan-bennett-waves",
        answer.err().strip());
  }

  @Test
  void optionsAreCheckedAsInAConfiguration() {
    Answer wrong = Headwall.run("decode", "--driver", "nonin", "-o", "format=9", "-");
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("format must be one of "), wrong.err());
    Answer unknown = Headwall.run("decode", "--driver", "nonin", "-o", "colour=red", "-");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("unknown option colour"), unknown.err());
    Answer other = Headwall.run(LINE, "decode", "--driver", "nonin", "-o", "format=7", "-");
    assertEquals(1, other.exit(), "only format 7 is listened for");
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() {
    String missing = folder.resolve("missing").toString();
    Answer answer = Headwall.run("decode", "--driver", "nonin", missing);
    assertEquals(2, answer.exit());
    assertEquals(
        "headwall decode: cannot read " + missing + ": " + missing + ": there is no such file",
        answer.err().strip());
    assertEquals(2, Headwall.run("decode", missing).exit(), "the driver is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonin", "puritan-bennett", "puritan-bennett-waves"})
  void tenMegabytesOfNoiseHoldNoReading(String driver) {
    byte[] noise = new byte[10_000_000];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    random.nextBytes(noise);
    Answer answer = Headwall.run(noise, "decode", "--driver", driver, "-");
    assertEquals("", answer.out());
    assertEquals(1, answer.exit());
  }

  private static String run(byte[] stdin, String form) {
    Answer answer = Headwall.run(stdin, "decode", "--driver", "nonin", form, "-");
    assertEquals(0, answer.exit(), answer.err());
    return answer.out();
  }
}
