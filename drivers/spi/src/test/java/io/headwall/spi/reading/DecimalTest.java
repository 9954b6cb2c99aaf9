package io.headwall.spi.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTest {

  private static final int ROUNDS = 100_000;

  @ParameterizedTest
  @CsvSource({
    "5, 5, 0, 5",
    "5.0, 50, 1, 5.0",
    "5.00, 500, 2, 5.00",
    "-12.5, -125, 1, -12.5",
    "+12.5, 125, 1, 12.5",
    "007, 7, 0, 7",
    "0.448, 448, 3, 0.448",
    ".5, 5, 1, 0.5",
    "-.5, -5, 1, -0.5",
    "5., 5, 0, 5",
    "0, 0, 0, 0",
    "-0, 0, 0, 0",
    "-0.00, 0, 2, 0.00",
    "999999999999999999, 999999999999999999, 0, 999999999999999999",
    "0.000000000001, 1, 12, 0.000000000001",
  })
  void readsPlainDecimalsAndKeepsTheirDigits(String text, long unscaled, int scale, String shown) {
    Decimal value = parse(text);
    assertEquals(new Decimal(unscaled, scale), value);
    assertEquals(shown, value.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "+",
        "-.",
        "5 ",
        " 5",
        "5\n",
        "5,0",
        "1e3",
        "0x10",
        "--",
        "---",
        "5.0.0",
        "5-",
        "+-5",
        "1_000",
        "1'000",
        "NaN",
        "Infinity",
        "∞",
        "٣",
        "५",
        "５",
        "1000000000000000000",
        "0.0000000000001",
        "00000000000000000007",
      })
  void refusesEverythingElse(String text) {
    assertNull(Decimal.parse(text));
  }

  @Test
  void isTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"ar-EG", "de", "hi-u-nu-deva", "tr"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals("-1234.50", parse("-1234.50").toString(), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatItShowsItReads() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(41);
    for (int i = 0; i < ROUNDS; i++) {
      int scale = random.nextInt(Decimal.SCALE_MAX + 1);
      long limit = powerOfTen(1 + random.nextInt(18));
      Decimal value = Decimal.of(random.nextLong(1 - limit, limit), scale);
      if (value.toString().replaceAll("\\D", "").length() > 18) continue;
      assertEquals(value, Decimal.parse(value.toString()), value::toString);
      assertEquals(0, new BigDecimal(value.toString()).compareTo(value.toBigDecimal()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.448, 3, 448",
    "0.44, 3, 440",
    "5, 3, 5000",
    "5.00, 1, 50.0",
    "448, -3, 0.448",
    "5.0, 0, 5.0",
    "-0.5, 1, -5",
    "0, 30, 0",
  })
  void movesThePointAndKeepsTheDigits(String from, int exponent, String to) {
    assertEquals(to, parse(from).movePointRight(exponent).toString());
  }

  @Test
  void movingThePointThereAndBackIsTheSameValue() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    for (int i = 0; i < ROUNDS; i++) {
      int scale = random.nextInt(7);
      Decimal value = Decimal.of(random.nextLong(-1_000_000, 1_000_000), scale);
      int exponent = random.nextInt(-6, 7);
      if (scale - exponent > Decimal.SCALE_MAX) continue;
      Decimal moved = value.movePointRight(exponent);
      assertEquals(
          0, value.toBigDecimal().scaleByPowerOfTen(exponent).compareTo(moved.toBigDecimal()));
      assertEquals(0, value.compareValue(moved.movePointRight(-exponent)));
    }
  }

  @Test
  void moreDigitsThanFitAreAnError() {
    Decimal large = Decimal.of(Long.MAX_VALUE / 10 + 1);
    assertThrows(ArithmeticException.class, () -> large.movePointRight(1));
    Decimal small = Decimal.of(1, Decimal.SCALE_MAX);
    assertThrows(IllegalArgumentException.class, () -> small.movePointRight(-1));
    assertThrows(IllegalArgumentException.class, () -> Decimal.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> Decimal.of(1, Decimal.SCALE_MAX + 1));
  }

  @Test
  void comparesByValueAndEqualsByDigits() {
    assertEquals(0, parse("5.0").compareValue(parse("5.00")));
    assertNotEquals(parse("5.0"), parse("5.00"));
    assertTrue(parse("-5").compareValue(parse("4.9")) < 0);
    assertTrue(parse("0.10").compareValue(parse("0.09")) > 0);
  }

  @Test
  void aRangeHoldsBothItsEnds() {
    Range range = Range.decimal(50, 460, 1);
    for (String inside : new String[] {"5", "5.0", "46.0", "46.00", "20"}) {
      assertTrue(range.holds(parse(inside)), inside);
    }
    for (String outside : new String[] {"4.99", "46.01", "-20", "50", "460"}) {
      assertTrue(!range.holds(parse(outside)), outside);
    }
    assertThrows(IllegalArgumentException.class, () -> Range.decimal(2, 1, 0));
  }

  private static Decimal parse(String text) {
    return Objects.requireNonNull(Decimal.parse(text), text);
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) power *= 10;
    return power;
  }
}
