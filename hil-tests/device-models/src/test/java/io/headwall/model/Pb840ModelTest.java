package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Pb840ModelTest {

  private static final LocalDateTime CLOCK = LocalDateTime.of(2026, 11, 24, 8, 15);
  private static final byte[] SNDF = ascii("SNDF\r");
  private static final byte[] SNDA = ascii("SNDA\r");

  /** Latency at most 300 ms, then 1244 bytes at 1.04 ms each. */
  private static final long ANSWERED_MS = 1_700;

  /** Fields of MISCF that are not six characters wide. */
  private static final Map<Integer, Integer> WIDE =
      Map.of(6, 18, 7, 12, 8, 9, 50, 9, 53, 18, 55, 9, 66, 9);

  private static Bench bench(Script... scripts) {
    return new Bench(new Pb840Model(Pb840Model.Variant.PB840, CLOCK, 1), scripts);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static String ask(Bench bench) {
    return new String(bench.hears(SNDF).after(ANSWERED_MS), US_ASCII);
  }

  /** The text of a field, cut out by counting commas after STX, padding and all. */
  private static String field(String answer, int number) {
    String body = answer.substring(answer.indexOf('\u0002') + 1, answer.indexOf('\u0003'));
    return List.of(body.split(",", -1)).get(number - 5);
  }

  @Test
  void freshDeviceAnswersTheGoldenFile() throws IOException {
    byte[] golden = Golden.bytes("pb840-miscf.txt");
    assertEquals(1244, golden.length);
    assertEquals(new String(golden, US_ASCII), ask(bench()));
  }

  @Test
  void eachFieldHasItsWidthAndTheCountsAreTrue() {
    Bench bench = bench();
    bench.after(3_600_000);
    for (int round = 0; round < 50; round++) {
      String answer = ask(bench);
      assertEquals(1244, answer.length());
      assertTrue(answer.startsWith("MISCF,1225,169 ,\u0002"));
      assertEquals(1225, answer.indexOf('\u0003') - answer.indexOf('\u0002') - 1);
      assertTrue(answer.endsWith(",\u0003\r"));
      for (int f = 5; f <= 173; f++) {
        assertEquals(WIDE.getOrDefault(f, 6), field(answer, f).length(), "f" + f);
      }
      bench.after(60_000);
    }
  }

  @Test
  void sndaAnswersMisca() {
    String answer = new String(bench().hears(SNDA).after(ANSWERED_MS), US_ASCII);
    assertTrue(answer.startsWith("MISCA,706,97,\u0002"));
    assertEquals(706, answer.indexOf('\u0003') - answer.indexOf('\u0002') - 1);
    assertEquals("SIMV  ", field(answer, 9));
    assertEquals("14.0  ", field(answer, 34));
    assertEquals("0.448 ", field(answer, 35));
    assertEquals("NORMAL", field(answer, 48));
    assertEquals("1:2.10", field(answer, 101));
  }

  @Test
  void miscaKnowsAlarmsWithoutPriority() {
    Bench bench = bench();
    assertTrue(bench.order("alarm f110 HIGH"));
    assertTrue(bench.order("alarm f118 RESET"));
    String answer = new String(bench.hears(SNDA).after(ANSWERED_MS), US_ASCII);
    assertEquals("ALARM ", field(answer, 48));
    assertEquals("RESET ", field(answer, 52));
    assertEquals(List.of("ALARM"), bench.values("a48"));
  }

  @Test
  void saysNothingUnaskedAndOnlyObeysWholeUpperCaseWords() {
    Bench bench = bench();
    assertEquals(0, bench.after(10_000).length);
    for (String noise : List.of("sndf\r", "Sndf\r", "SNDF\n", "X\r", "\r", "SNDFF\r", "\n\r")) {
      assertEquals(0, bench.hears(ascii(noise)).after(3_000).length, noise);
    }
    assertEquals(0, bench.hears(new byte[5000]).hears(ascii("\r")).after(3_000).length);
    assertEquals(1244, ask(bench).length(), "and is not confused by any of it");
  }

  @Test
  void hearsTheRequestInEveryChunking() {
    for (int cut = 1; cut < SNDF.length; cut++) {
      Bench bench = bench();
      bench.hears(Arrays.copyOf(SNDF, cut)).after(50);
      bench.hears(Arrays.copyOfRange(SNDF, cut, SNDF.length));
      assertEquals(1244, bench.after(ANSWERED_MS).length, "cut after " + cut);
    }
  }

  @Test
  void answersAfterThirtyToThreeHundredMilliseconds() {
    Bench bench = bench();
    for (int i = 0; i < 200; i++) {
      bench.hears(SNDF);
      assertEquals(0, bench.after(30).length);
      assertTrue(bench.after(290).length > 0);
      bench.after(ANSWERED_MS);
    }
  }

  @Test
  void leavesTheLineAtNineHundredSixtyBytesASecond() {
    Bench bench = bench();
    bench.hears(SNDF);
    long beginMs = 0;
    while (bench.after(10).length == 0) beginMs += 10;
    assertTrue(beginMs <= 310);
    int inOneSecond = bench.after(1_000).length;
    assertTrue(inOneSecond >= 950 && inOneSecond <= 970, () -> "" + inOneSecond);
  }

  @Test
  void givesOneAnswerPerRequestOneAfterTheOther() {
    Bench bench = bench();
    String two = new String(bench.hears(SNDF).hears(SNDA).after(2 * ANSWERED_MS), US_ASCII);
    assertEquals(1244 + 722, two.length());
    assertEquals(1244, two.indexOf("MISCA"));
  }

  @Test
  void resetDropsWhatWaitsAndIsNotAnswered() {
    Bench bench = bench();
    int begun = bench.hears(SNDF).after(500).length;
    bench.hears(SNDF).hears(SNDF).hears(ascii("RSET\r"));
    assertEquals(1244, begun + bench.after(10_000).length, "the answer under way goes on");
    assertEquals(0, bench.hears(ascii("SN")).hears(ascii("RSET\r")).after(3_000).length);
    assertEquals(1244, ask(bench).length());
  }

  @Test
  void minuteVolumeIsRateTimesVolumeAsPrinted() {
    Bench bench = bench();
    for (int i = 0; i < 30; i++) {
      bench.after(20_000);
      String answer = ask(bench);
      BigDecimal rate = new BigDecimal(field(answer, 70).strip());
      BigDecimal volume = new BigDecimal(field(answer, 71).strip());
      BigDecimal product = rate.multiply(volume).setScale(3, RoundingMode.HALF_UP);
      assertEquals(product, new BigDecimal(field(answer, 72).strip()));
    }
  }

  @Test
  void valuesMoveAndTheSameSeedMovesThemTheSameWay() {
    Bench one = bench();
    Bench two = bench();
    Bench other = new Bench(new Pb840Model(Pb840Model.Variant.PB840, CLOCK, 2));
    for (Bench bench : List.of(one, two, other)) {
      for (int i = 0; i < 20; i++) ask(bench);
    }
    assertEquals(one.said, two.said);
    assertTrue(one.values("f71").stream().distinct().count() > 5);
    assertNotEquals(one.values("f71"), other.values("f71"));
  }

  @Test
  void rampMovesAValue() {
    Bench bench = bench();
    assertTrue(bench.order("ramp peak 45 60"));
    bench.after(120_000);
    assertTrue(Double.parseDouble(field(ask(bench), 73).strip()) > 40);
  }

  @Test
  void alarmsAreRaisedResetAndCleared() {
    Bench bench = bench();
    for (String word : List.of("HIGH", "MEDIUM", "LOW", "RESET", "NORMAL", "OFF")) {
      assertTrue(bench.order("alarm f110 " + word));
      assertEquals(word, field(ask(bench), 110).strip());
    }
    assertEquals("NORMAL", field(ask(bench), 111), "no other field");
  }

  @Test
  void fieldsCanBeDashedBlankedSetAndCleared() {
    Bench bench = bench();
    assertTrue(bench.order("dashes") && bench.order("blank") && bench.order("set f18 8.0"));
    String answer = ask(bench);
    assertEquals("----  ", field(answer, 71));
    assertEquals("      ", field(answer, 77));
    assertEquals("8.0   ", field(answer, 18));
    assertEquals(List.of("----"), bench.values("f71"));
    assertEquals(List.of(""), bench.values("f77"), "blank is part of the truth");
    assertEquals(1244, answer.length());
    assertTrue(bench.order("clear"));
    assertEquals("6.0   ", field(ask(bench), 18));
  }

  @Test
  void standbyBlanksWhatIsMeasuredAndKeepsWhatIsSet() {
    Bench bench = bench();
    assertTrue(bench.order("standby on"));
    String answer = ask(bench);
    for (int f = 69; f <= 104; f++) assertTrue(field(answer, f).isBlank(), "f" + f);
    assertEquals("0.450 ", field(answer, 14));
    assertTrue(bench.order("standby off"));
    assertFalse(field(ask(bench), 71).isBlank());
  }

  @Test
  void bodyCountCanFollowTheManualsReading() {
    Bench bench = bench();
    assertTrue(bench.order("body-count"));
    String answer = ask(bench);
    assertTrue(answer.startsWith("MISCF,1226,169 ,"));
    assertEquals(1244, answer.length());
    assertTrue(bench.order("body-count 1225"));
    assertTrue(ask(bench).startsWith("MISCF,1225,169 ,"));
  }

  @Test
  void damagedAnswersAreSaidToBeDamagedAndTheNextIsWhole() {
    for (String damage : List.of("cut", "digits-lost")) {
      Bench bench = bench();
      for (int round = 0; round < 100; round++) {
        assertTrue(bench.order(damage));
        String answer = ask(bench);
        assertTrue(answer.length() < 1244, damage);
        assertEquals(damage.equals("digits-lost"), answer.endsWith("\r"), damage);
        assertTrue(bench.said.stream().allMatch(s -> s.fate() == Said.Fate.DAMAGED));
        bench.said.clear();
        assertEquals(1244, ask(bench).length());
        assertTrue(bench.said.stream().allMatch(s -> s.fate() == Said.Fate.HEARD));
        bench.said.clear();
      }
    }
  }

  @Test
  void the980SaysSo() {
    Bench bench = new Bench(new Pb840Model(Pb840Model.Variant.PB980, CLOCK, 1));
    String answer = ask(bench);
    assertEquals("980 SIM0000001    ", field(answer, 6));
    for (int f = 146; f <= 153; f++) assertTrue(field(answer, f).isBlank());
    assertEquals("OFF   ", field(answer, 156));
    assertEquals("NORMAL", field(answer, 160));
    assertEquals("BREATH", field(answer, 172));
    assertEquals(1244, answer.length());
  }

  @Test
  void itsClockGoesOn() {
    Bench bench = bench();
    bench.after(60 * 60_000);
    assertEquals("09:15 ", field(ask(bench), 5));
  }

  @Test
  void unfitOrdersAreRefusedAndChangeNothing() throws IOException {
    Bench bench = bench();
    for (String order :
        List.of(
            "alarm f110 LOUD",
            "alarm f71 HIGH",
            "alarm f105 HIGH",
            "alarm",
            "set f18",
            "set f4 x",
            "set f174 x",
            "set f18 1234567",
            "set f18 1,2",
            "dashes f5 f999",
            "blank 71",
            "standby maybe",
            "ramp nothing 3",
            "ramp peak high",
            "cut -1",
            "cut 1001",
            "body-count x",
            "clear f1",
            "dance")) {
      assertFalse(bench.order(order), order);
    }
    assertArrayEquals(Golden.bytes("pb840-miscf.txt"), ascii(ask(bench)));
  }

  @Test
  void runsAtOtherSpeeds() {
    Bench fast = new Bench(new Pb840Model(Pb840Model.Variant.PB840, CLOCK, 1, 38_400));
    assertEquals(1244, fast.hears(SNDF).after(300 + 330).length);
  }
}
