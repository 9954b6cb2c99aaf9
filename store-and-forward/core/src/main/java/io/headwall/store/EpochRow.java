package io.headwall.store;

/**
 * One run of one box's process.
 *
 * @param epoch its number, never used twice
 * @param origin the box
 * @param bootId the kernel boot that its monotonic times belong to
 * @param startedNs monotonic time of its start
 */
public record EpochRow(int epoch, Origin origin, String bootId, long startedNs) {}
