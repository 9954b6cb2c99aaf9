package io.headwall.spi.reading;

/**
 * What a device can measure or show, both ends included.
 *
 * @param low lowest legal value
 * @param high highest legal value
 */
public record Range(Decimal low, Decimal high) {

  public Range {
    if (low.compareValue(high) > 0) throw new IllegalArgumentException(low + " > " + high);
  }

  public static Range decimal(long low, long high, int scale) {
    return new Range(Decimal.of(low, scale), Decimal.of(high, scale));
  }

  public boolean holds(Decimal value) {
    return value.compareValue(low) >= 0 && value.compareValue(high) <= 0;
  }
}
