package io.headwall.spi.time;

/**
 * What the wall clock shows at a monotonic time.
 *
 * @param bootNs monotonic time of the look
 * @param epochNs nanoseconds since 1970-01-01T00:00Z
 * @param quality how the clock was set
 * @param errorNs estimated bound of the error; 0 where unknown
 */
public record WallTime(long bootNs, long epochNs, TimeQuality quality, long errorNs) {}
