package io.headwall.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Latencies in order. */
final class Latencies {

  private final long[] sortedNs;

  private Latencies(long[] sortedNs) {
    this.sortedNs = sortedNs;
  }

  static Latencies of(List<Arrived> arrived, Predicate<Arrived> which) {
    long[] ns = arrived.stream().filter(which).mapToLong(Arrived::latencyNs).toArray();
    Arrays.sort(ns);
    return new Latencies(ns);
  }

  int count() {
    return sortedNs.length;
  }

  /** The latency in ms that a part of all does not exceed; no number where there are none. */
  double ms(double part) {
    if (sortedNs.length == 0) return Double.NaN;
    int at = (int) Math.ceil(part * sortedNs.length) - 1;
    return sortedNs[Math.clamp(at, 0, sortedNs.length - 1)] / 1e6;
  }
}
