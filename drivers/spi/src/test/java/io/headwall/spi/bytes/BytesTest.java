package io.headwall.spi.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checksums, number forms and hex against published values. */
final class BytesTest {

  @ParameterizedTest
  @CsvSource({
    "SUM_8, 31 32 33 34 35 36 37 38 39, DD",
    "XOR_8, 31 32 33 34 35 36 37 38 39, 31",
    "CRC16_X25, 31 32 33 34 35 36 37 38 39, 906E",
    "CRC16_CCITT_FALSE, 31 32 33 34 35 36 37 38 39, 29B1",
    "CRC16_XMODEM, 31 32 33 34 35 36 37 38 39, 31C3",
    // Two examples of the IntelliVue guide; it writes the low byte first.
    "CRC16_X25, 3A 71, 269B",
    "CRC16_X25, 3A 91, C195",
    // MEDIBUS: initialise, identify, no operation.
    "SUM_8, 1B 51, 6C",
    "SUM_8, 1B 52, 6D",
    "SUM_8, 1B 30, 4B",
    "SUM_8, FF FF FF, FD",
    "SUM_8, '', 00",
    "XOR_8, '', 00",
    "CRC16_X25, '', 0000",
    "CRC16_CCITT_FALSE, '', FFFF",
  })
  void sumsAreThePublishedOnes(Checksum sum, String bytes, String expected) {
    assertEquals(Integer.parseInt(expected, 16), sum.over(Hex.parse(bytes)));
  }

  @ParameterizedTest
  @EnumSource
  void aSumOfAPartIsTheSumOfItsBytesAndStaysInBounds(Checksum sum) {
    RandomGenerator random = random();
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      byte[] part = Arrays.copyOfRange(bytes, 3, 17);
      assertEquals(sum.over(part), sum.over(bytes, 3, 17));
      assertEquals(sum.over(part), Math.clamp(sum.over(part), 0, sum.max()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSumSeesEverySingleDamagedByte(Checksum sum) {
    byte[] bytes = "1/1/1>ADMIN:ALIVE".getBytes(US_ASCII);
    int right = sum.over(bytes);
    for (int at = 0; at < bytes.length; at++) {
      for (int change = 1; change < 256; change++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) change;
        assertNotEquals(right, sum.over(damaged));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "U8, 0, 00",
    "U8, 255, FF",
    "U16_BE, 258, 01 02",
    "U16_LE, 258, 02 01",
    "U32_BE, 4294967295, FF FF FF FF",
    "U32_BE, 1122867, 00 11 22 33",
    "DECIMAL_3, 7, 30 30 37",
    "DECIMAL_3, 999, 39 39 39",
    "DECIMAL_5, 31, 30 30 30 33 31",
    "DECIMAL_5, 61, 30 30 30 36 31",
    "HEX_UPPER_2, 108, 36 43",
    "HEX_UPPER_2, 7, 30 37",
    "HEX_UPPER_4, 48879, 42 45 45 46",
  })
  void numbersHaveOneForm(NumberForm form, long value, String bytes) {
    assertEquals(bytes, Hex.of(form.render(value)));
    assertEquals(value, form.parse(Hex.parse("00" + bytes + "00"), 1));
  }

  @ParameterizedTest
  @EnumSource
  void whatAFormRendersItParses(NumberForm form) {
    RandomGenerator random = random();
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong(form.max() + 1);
      assertEquals(value, form.parse(form.render(value), 0));
      assertEquals(form.bytes(), form.render(value).length);
    }
    assertEquals(form.max(), form.parse(form.render(form.max()), 0));
    for (long tooMuch : new long[] {form.max() + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> form.render(tooMuch));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAFormParsesItWouldRender(NumberForm form) {
    RandomGenerator random = random();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[form.bytes()];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(0x28, 0x70) : random.nextInt());
      }
      long value = form.parse(bytes, 0);
      if (value >= 0) assertArrayEquals(bytes, form.render(value));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DECIMAL_3, 30 3A 30",
    "DECIMAL_3, 20 20 37",
    "DECIMAL_3, 2D 30 31",
    "DECIMAL_5, 30 30 30 30 41",
    "HEX_UPPER_2, 36 63",
    "HEX_UPPER_2, 30 47",
    "HEX_UPPER_4, 30 78 31 32",
  })
  void whatIsNoNumberIsNone(NumberForm form, String bytes) {
    assertEquals(-1, form.parse(Hex.parse(bytes), 0));
  }

  @Test
  void hexIsReadInEitherCaseAndWrittenInOne() {
    assertArrayEquals(new byte[] {0x0A, (byte) 0xFF, 0x1B}, Hex.parse(" 0a FF\n1b "));
    assertEquals("0A FF 1B", Hex.of(Hex.parse("0aff1B")));
    assertEquals("", Hex.of(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> Hex.parse("0a f"));
    assertThrows(IllegalArgumentException.class, () -> Hex.parse("0x"));
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(43);
  }
}
