package io.headwall.spi.reading;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal as the device gave it: unscaled / 10^scale. The digits are kept (5.0 stays 5.0);
 * binary floating point never touches a value.
 *
 * @param unscaled all digits as one integer
 * @param scale digits after the point, 0 to {@value #SCALE_MAX}
 */
public record Decimal(long unscaled, int scale) {

  public static final int SCALE_MAX = 12;

  private static final int DIGITS_MAX = 18;
  private static final Pattern FORM = Pattern.compile("([+-]?)(\\d*)(?:\\.(\\d*))?");

  public Decimal {
    if (scale < 0 || scale > SCALE_MAX) throw new IllegalArgumentException("scale " + scale);
  }

  public static Decimal of(long unscaled, int scale) {
    return new Decimal(unscaled, scale);
  }

  public static Decimal of(long integer) {
    return new Decimal(integer, 0);
  }

  /** Reads plain decimal notation without exponent or grouping; null for anything else. */
  public static @Nullable Decimal parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) return null;
    String whole = m.group(2);
    String fraction = m.group(3) == null ? "" : m.group(3);
    String digits = whole + fraction;
    if (digits.isEmpty() || digits.length() > DIGITS_MAX || fraction.length() > SCALE_MAX)
      return null;
    long unscaled = Long.parseLong(digits);
    return new Decimal(m.group(1).equals("-") ? -unscaled : unscaled, fraction.length());
  }

  /**
   * The same value times 10^exponent, digits kept: 0.448 L by 3 is 448 mL.
   *
   * @throws IllegalArgumentException for more than {@value #SCALE_MAX} digits after the point
   * @throws ArithmeticException for more digits than fit
   */
  public Decimal movePointRight(int exponent) {
    int left = scale - exponent;
    if (left >= 0) return new Decimal(unscaled, left);
    long shifted = unscaled;
    for (int i = 0; i < -left; i++) shifted = Math.multiplyExact(shifted, 10L);
    return new Decimal(shifted, 0);
  }

  /** Compares by value: 5.0 equals 5.00 here. */
  public int compareValue(Decimal other) {
    return toBigDecimal().compareTo(other.toBigDecimal());
  }

  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(unscaled, scale);
  }

  @Override
  public String toString() {
    return toBigDecimal().toPlainString();
  }
}
