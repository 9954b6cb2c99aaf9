package io.headwall.store;

import io.headwall.spi.time.TimeQuality;

/**
 * Wall time of a measurement, derived when the reading leaves.
 *
 * @param epochNs nanoseconds since 1970-01-01T00:00Z; meaningless unless the quality is trusted
 * @param quality how the time was come by
 */
public record Moment(long epochNs, TimeQuality quality) {

  public static final Moment UNKNOWN = new Moment(0, TimeQuality.NONE);
}
