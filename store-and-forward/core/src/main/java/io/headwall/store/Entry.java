package io.headwall.store;

import io.headwall.spi.reading.Reading;

/**
 * A stored reading, ready to leave.
 *
 * @param seq its number in its lane and epoch
 * @param device wire name of the device: letters, digits, hyphen, dot
 * @param reading the reading
 * @param measured wall time of {@link Reading#measuredNs}
 */
public record Entry(long seq, String device, Reading reading, Moment measured) {}
