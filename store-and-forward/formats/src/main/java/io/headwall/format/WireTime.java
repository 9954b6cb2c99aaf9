package io.headwall.format;

import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Moment;
import java.math.BigDecimal;

/** Times of the contract: seconds as exact decimals, and which of them may be sent at all. */
final class WireTime {

  private static final int NS_DIGITS = 9;

  /** Times below 2^28 s mean "relative to now" (RFC 8428, section 4.5.3). */
  private static final long ABSOLUTE_MIN_NS = (1L << 28) * 1_000_000_000L;

  private WireTime() {}

  /** The quality that may be stated: a time that a receiver would read as relative is none. */
  static TimeQuality quality(Moment moment) {
    return moment.quality().trusted() && moment.epochNs() < ABSOLUTE_MIN_NS
        ? TimeQuality.NONE
        : moment.quality();
  }

  static Scalar seconds(long ns) {
    BigDecimal seconds = BigDecimal.valueOf(ns, NS_DIGITS).stripTrailingZeros();
    return new Scalar.Num(seconds.scale() < 0 ? seconds.setScale(0) : seconds);
  }

  static long ns(BigDecimal seconds) throws SenmlException {
    try {
      return seconds.movePointRight(NS_DIGITS).longValueExact();
    } catch (ArithmeticException e) {
      throw new SenmlException("seconds out of bounds: " + seconds, e);
    }
  }

  static void requireAbsolute(long epochNs) throws SenmlException {
    if (epochNs < ABSOLUTE_MIN_NS) throw new SenmlException("time is relative: " + epochNs + " ns");
  }
}
