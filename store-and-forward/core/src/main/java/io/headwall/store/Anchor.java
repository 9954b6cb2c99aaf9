package io.headwall.store;

import io.headwall.spi.time.TimeQuality;

/**
 * Ties the monotonic time of one kernel boot to wall time.
 *
 * @param bootId kernel's boot id
 * @param bootNs monotonic time
 * @param epochNs wall time then, nanoseconds since 1970-01-01T00:00Z
 * @param quality how the clock was set then
 * @param errorNs estimated bound of the error; 0 where unknown
 */
public record Anchor(String bootId, long bootNs, long epochNs, TimeQuality quality, long errorNs) {}
