package io.headwall.spi.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Checksum;
import io.headwall.spi.bytes.Hex;
import io.headwall.spi.bytes.NumberForm;
import io.headwall.spi.bytes.Stuffing;
import io.headwall.spi.driver.TemplatePart.Chars;
import io.headwall.spi.driver.TemplatePart.Check;
import io.headwall.spi.driver.TemplatePart.Count;
import io.headwall.spi.driver.TemplatePart.Fixed;
import io.headwall.spi.driver.TemplatePart.Length;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Templates render the published examples and accept their instances, and nothing else. */
final class TemplateTest {

  /** BCC interface specification: the worked example of ADMIN:ALIVE, plain and as it travels. */
  private static final String ALIVE_PLAIN =
      "01 30 30 30 33 31 02 31 2F 31 2F 31 3E"
          + "41 44 4D 49 4E 3A 41 4C 49 56 45 03 30 30 30 36 31 04";

  private static final String ALIVE_STUFFED =
      "01 30 30 30 33 31 02 31 2F 31 2F 31 3E"
          + "41 45 58 4D 49 4E 3A 41 4C 49 56 45 45 03 30 30 30 36 31 04";

  private static final String RELEASE =
      "C0 11 01 00 1A 09 18 7D E1 16 61 80 30 80 02 01 01 A0 80 62 80 80 01 00"
          + "00 00 00 00 00 00 00 00 41 08 C1";

  /** Answers an MDS create with invoke id 1 and time 00112233. */
  private static final String CREATE_RESULT =
      "C0 11 01 00 1C E1 00 00 02 00 02 00 14 00 01 00 01 00 0E 00 21 00 00 00 00"
          + "00 11 22 33 0D 06 00 00 F4 67 C1";

  @Test
  void bccAliveIsTheWorkedExample() {
    SlotValues bed = SlotValues.bytes("bed", "1".getBytes(US_ASCII));
    assertRendersAndMatches(ALIVE_PLAIN, Templates.bcc("ADMIN:ALIVE", false), bed);
    assertRendersAndMatches(ALIVE_STUFFED, Templates.bcc("ADMIN:ALIVE", true), bed);
    assertFalse(Templates.bcc("ADMIN:ALIVE", true).matches(Hex.parse(ALIVE_PLAIN)), "a bare D");
    assertFalse(Templates.bcc("ADMIN:ALIVE", false).matches(Hex.parse(ALIVE_STUFFED)), "length");
  }

  @ParameterizedTest
  @CsvSource({
    // 34 = 15 + 12 + 7 bytes
    "SpaceCom, false, 01 30 30 30 33 34 02 53 70 61 63 65 43 6F 6D 2F 31 2F 31 3E"
        + " 4D 45 4D 3A 47 45 54 03 30 30 32 35 35 04",
    "SpaceCom, true, 01 30 30 30 33 34 02 53 70 61 63 65 65 43 6F 6D 2F 31 2F 31 3E"
        + " 4D 45 45 4D 3A 47 45 45 54 03 30 30 32 35 35 04",
    // a bed id with the separator's own byte in it
    "ICU/7x, true, 01 30 30 30 33 32 02 49 43 55 2F 37 78 2F 31 2F 31 3E"
        + " 4D 45 45 4D 3A 47 45 45 54 03 30 30 31 37 37 04",
  })
  void bccEchoesTheBedId(String bed, boolean stuffed, String bytes) {
    SlotValues slots = SlotValues.bytes("bed", bed.getBytes(US_ASCII));
    assertRendersAndMatches(bytes, Templates.bcc("MEM:GET", stuffed), slots);
  }

  @Test
  void bccTakesNoBedIdThatCouldHoldARequest() {
    Template alive = Templates.bcc("ADMIN:ALIVE", true);
    for (String bed : List.of("", "1234567890123456", "1>", "a b", "1\u0003", "1:2", "ü")) {
      SlotValues slots = SlotValues.bytes("bed", bed.getBytes(UTF_8));
      assertThrows(IllegalArgumentException.class, () -> alive.render(slots), bed);
    }
    assertThrows(IllegalArgumentException.class, () -> alive.render(SlotValues.NONE));
  }

  @Test
  void intelliVueReleaseAndCreateResultAreTheVectors() {
    assertRendersAndMatches(RELEASE, Templates.intelliVueRelease(), SlotValues.NONE);
    SlotValues echoed = new SlotValues(Map.of("invoke", 1L, "time", 0x00112233L), Map.of());
    assertRendersAndMatches(CREATE_RESULT, Templates.intelliVueCreateResult(), echoed);
  }

  @Test
  void intelliVueEchoesAnyInvokeIdAndTimeAlsoReservedBytes() {
    Template result = Templates.intelliVueCreateResult();
    RandomGenerator random = random();
    for (int i = 0; i < 20_000; i++) {
      long invoke = i < 4 ? new long[] {0, 0xFFFF, 0xC0C1, 0x7D7D}[i] : random.nextLong(0x10000);
      long time = i < 4 ? 0xC0C17DC0L : random.nextLong(0x1_0000_0000L);
      SlotValues echoed = new SlotValues(Map.of("invoke", invoke, "time", time), Map.of());
      byte[] bytes = result.render(echoed);
      assertTrue(result.matches(bytes));
      for (int at = 1; at < bytes.length - 1; at++) {
        assertFalse(bytes[at] == (byte) 0xC0 || bytes[at] == (byte) 0xC1, "reserved byte inside");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "51, 01 51 35 32 0D",
    "52, 01 52 35 33 0D",
    "30, 01 30 33 31 0D",
    "55, 01 55 35 36 0D",
    "24, 01 24 32 35 0D",
    "7A, 01 7A 37 42 0D",
  })
  void medibusEchoesAnyCommandCode(String code, String bytes) {
    SlotValues slots = SlotValues.number("code", Long.parseLong(code, 16));
    assertRendersAndMatches(bytes, Templates.medibusEcho(), slots);
  }

  @ParameterizedTest
  @CsvSource({
    // the maker's printed sum of the no-operation example is wrong: 46 for 4B
    "01 30 34 36 0D",
    "01 30 33 31",
    "30 33 31 0D",
    "01 30 33 31 0D 0D",
    "01 7A 37 62 0D", // lower case
    "01 15 31 36 0D", // NAK is a form of its own
    "1B 30 34 42 0D", // a command
  })
  void medibusEchoIsNothingElse(String bytes) {
    assertFalse(Templates.medibusEcho().matches(Hex.parse(bytes)));
  }

  @ParameterizedTest
  @EnumSource
  void oneDamagedByteIsNoInstanceAnyMore(Templates.Sample query) {
    byte[] good = query.template().render(slots("Bed/7E", 0xC01D, 0x7DC1E0E1L, 0x45));
    assertTrue(query.template().matches(good));
    for (int at = 0; at < good.length; at++) {
      for (int change = 1; change < 256; change++) {
        byte[] damaged = good.clone();
        damaged[at] ^= (byte) change;
        assertFalse(query.template().matches(damaged), () -> query + " " + Hex.of(damaged));
      }
    }
    for (int length = 0; length < good.length; length++) {
      assertFalse(query.template().matches(Arrays.copyOf(good, length)));
    }
    assertFalse(query.template().matches(Arrays.copyOf(good, good.length + 1)));
  }

  /**
   * With length and sum made right again, a change is an instance exactly where a slot takes it.
   */
  @Test
  void aRepairedChangeIsAnInstanceInSlotsOnly() {
    Template result = Templates.intelliVueCreateResult();
    byte[] plain = undone(result, Hex.parse(CREATE_RESULT));
    for (int at = 1; at < plain.length - 3; at++) {
      boolean slot = (at >= 13 && at < 15) || (at >= 25 && at < 29);
      for (int change = 1; change < 256; change++) {
        byte[] changed = plain.clone();
        changed[at] ^= (byte) change;
        int sum = Checksum.CRC16_X25.over(changed, 1, changed.length - 3);
        changed[changed.length - 3] = (byte) sum;
        changed[changed.length - 2] = (byte) (sum >> 8);
        byte[] sent = result.stuffing().apply(changed);
        assertEquals(slot, result.matches(sent), () -> Hex.of(sent));
      }
    }
  }

  @Test
  void aRepairedMedibusEchoIsAnInstanceForCommandCodesOnly() {
    for (int soh = 0; soh < 256; soh++) {
      for (int code = 0; code < 256; code++) {
        byte[] sum = NumberForm.HEX_UPPER_2.render((soh + code) & 0xFF);
        byte[] echo = {(byte) soh, (byte) code, sum[0], sum[1], 0x0D};
        boolean instance = soh == 1 && code >= 0x20 && code <= 0x7E;
        assertEquals(instance, Templates.medibusEcho().matches(echo), () -> Hex.of(echo));
      }
    }
  }

  @Test
  void aRepairedBccChangeIsAnInstanceInTheBedIdOnly() {
    Template get = Templates.bcc("MEM:GET", true);
    byte[] plain = undone(get, get.render(slots("Bed/7E", 0, 0, 0x45)));
    int bedEnd = 7 + "Bed/7E".length();
    for (int at = 0; at < plain.length; at++) {
      for (int value = 0; value < 256; value++) {
        if (plain[at] == (byte) value) continue;
        byte[] changed = plain.clone();
        changed[at] = (byte) value;
        byte[] sum =
            NumberForm.DECIMAL_5.render(Checksum.SUM_8.over(changed, 0, changed.length - 6));
        System.arraycopy(sum, 0, changed, changed.length - 6, 5);
        if (Arrays.equals(changed, plain)) continue; // a digit of the sum, repaired
        boolean slot = at >= 7 && at < bedEnd && bedMayHold(value);
        byte[] sent = get.stuffing().apply(changed);
        assertEquals(slot, get.matches(sent), () -> Hex.of(sent));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRenderedMatchesForEverySlotValue(Templates.Sample query) {
    RandomGenerator random = random();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder bed = new StringBuilder();
      for (int n = random.nextInt(1, 16); n > 0; n--) bed.append((char) random.nextInt(65, 123));
      SlotValues slots =
          slots(
              bed.toString(),
              random.nextLong(0x10000),
              random.nextLong(0x1_0000_0000L),
              random.nextLong(0x20, 0x7F));
      byte[] bytes = query.template().render(slots);
      assertTrue(query.template().matches(bytes), () -> Hex.of(bytes));
    }
  }

  @Test
  void aLengthThatDoesNotFitIsNoInstanceAndNoError() {
    Template tight =
        new Template(
            List.of(
                new Length(NumberForm.U8, 1, 3, 0),
                new Chars("a", 0, 255, Chars.range('a', 'z')),
                new Chars("b", 0, 255, Chars.range('a', 'z'))),
            Stuffing.NONE,
            1,
            1);
    byte[] tooLong = new byte[1 + 300];
    Arrays.fill(tooLong, (byte) 'a');
    assertFalse(tight.matches(tooLong));
    tooLong[0] = 44; // 300 modulo 256
    assertFalse(tight.matches(tooLong));

    Template below =
        new Template(
            List.of(new Length(NumberForm.DECIMAL_3, 0, 1, -4), new Fixed(new byte[1])),
            Stuffing.NONE,
            1,
            1);
    assertFalse(below.matches(new byte[] {'-', '0', '1', 0}), "a length below zero");
    assertThrows(IllegalArgumentException.class, () -> below.render(SlotValues.NONE));
  }

  @Test
  void nothingLongerThanATransmissionIsLookedAt() {
    Template big = Template.fixed(new byte[4097], 1, 1);
    assertFalse(big.matches(new byte[4097]));
    assertTrue(Template.fixed(new byte[4096], 1, 1).matches(new byte[4096]));
  }

  @Test
  void fixedTextIsItsBytes() {
    Template sndf = Template.ascii("SNDF\r", 1, 1_000);
    assertEquals("53 4E 44 46 0D", Hex.of(sndf.render(SlotValues.NONE)));
    assertTrue(sndf.matches("SNDF\r".getBytes(US_ASCII)));
    assertFalse(sndf.matches("sndf\r".getBytes(US_ASCII)));
    assertFalse(sndf.matches(new byte[0]));
  }

  @Test
  void aTemplateThatCannotBeKeptIsRefused() {
    Fixed one = new Fixed(new byte[] {1});
    refused(1, 1);
    refused(0, 1, one);
    refused(10, 9, one); // the rate would round to no limit at all
    refused(1, 0, one);
    refused(1, Template.PER_NS_MAX + 1, one);
    refused(1, Long.MAX_VALUE, one);
    refused(1, 1, one, new Length(NumberForm.U8, 0, 3, 0));
    refused(1, 1, one, new Length(NumberForm.U8, 2, 1, 0));
    refused(1, 1, one, new Length(NumberForm.U8, -1, 1, 0));
    refused(1, 1, one, sum(0, 3));
    refused(1, 1, one, sum(0, 2)); // covers itself
    refused(1, 1, sum(1, 3), one, sum(1, 2)); // covers a later one
    assertTrue(template(1, 1, one, sum(0, 1), sum(0, 2)).matches(new byte[] {1, 1, 2}));
    assertTrue(template(1, 1, sum(1, 2), one).matches(new byte[] {1, 1}));
  }

  @Test
  void aPartThatCannotBeKeptIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Count("n", NumberForm.U8, -1, 5));
    assertThrows(IllegalArgumentException.class, () -> new Count("n", NumberForm.U8, 6, 5));
    assertThrows(IllegalArgumentException.class, () -> new Count("n", NumberForm.U8, 0, 256));
    assertThrows(IllegalArgumentException.class, () -> new Chars("n", -1, 5, new byte[1]));
    assertThrows(IllegalArgumentException.class, () -> new Chars("n", 6, 5, new byte[1]));
    assertThrows(IllegalArgumentException.class, () -> new Chars("n", 0, 256, new byte[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Check(Checksum.CRC16_X25, NumberForm.HEX_UPPER_2, 0, 1));
    Count count = new Count("n", NumberForm.DECIMAL_3, 5, 10);
    assertThrows(IllegalArgumentException.class, () -> count.render(SlotValues.number("n", 11)));
    assertThrows(IllegalArgumentException.class, () -> count.render(SlotValues.number("m", 7)));
  }

  private static void assertRendersAndMatches(String bytes, Template template, SlotValues slots) {
    assertEquals(Hex.of(Hex.parse(bytes)), Hex.of(template.render(slots)));
    assertTrue(template.matches(Hex.parse(bytes)));
  }

  private static byte[] undone(Template template, byte[] bytes) {
    return Objects.requireNonNull(template.stuffing().undo(bytes));
  }

  private static SlotValues slots(String bed, long invoke, long time, long code) {
    return new SlotValues(
        Map.of("invoke", invoke, "time", time, "code", code),
        Map.of("bed", bed.getBytes(US_ASCII)));
  }

  private static boolean bedMayHold(int value) {
    return (value >= 47 && value <= 57) || (value >= 65 && value <= 122);
  }

  private static Check sum(int from, int to) {
    return new Check(Checksum.SUM_8, NumberForm.U8, from, to);
  }

  private static Template template(int burst, long perNs, TemplatePart... parts) {
    return new Template(List.of(parts), Stuffing.NONE, burst, perNs);
  }

  private static void refused(int burst, long perNs, TemplatePart... parts) {
    assertThrows(IllegalArgumentException.class, () -> template(burst, perNs, parts));
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(45);
  }
}
