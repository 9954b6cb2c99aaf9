package io.headwall.store;

import io.headwall.spi.reading.Reading;

/**
 * A reading on its way into the outbox.
 *
 * @param device wire name of the device
 */
public record Arrival(String device, Reading reading) {}
