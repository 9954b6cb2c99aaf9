package io.headwall.store;

/**
 * From when on a box stood at a place. Never evicted; asked for the time of measurement.
 *
 * @param epoch the epoch it was made in
 * @param monoFrom monotonic time from which it holds, in that epoch
 * @param how what it rests on, for example {@code configuration}
 */
public record Association(int epoch, long monoFrom, Place place, String how) {}
