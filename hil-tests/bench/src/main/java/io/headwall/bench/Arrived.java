package io.headwall.bench;

/**
 * A live reading that came to the subscriber.
 *
 * @param atNs when, on the clock of the rig
 * @param latencyNs since the last byte of its frame left the device
 */
record Arrived(long atNs, long latencyNs, boolean alarm) {}
