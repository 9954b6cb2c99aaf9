package io.headwall.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of numbers kept as disjoint intervals, both ends included; neighbours melt into one. Not
 * thread-safe.
 */
public final class IntervalSet {

  private final TreeMap<Long, Long> intervals = new TreeMap<>();
  private long size;

  /** One stretch of numbers, both ends included. */
  public record Interval(long from, long to) {
    public Interval {
      if (from > to) throw new IllegalArgumentException(from + " > " + to);
    }

    public long size() {
      return to - from + 1;
    }
  }

  public IntervalSet() {}

  /** A copy that changes on its own. */
  public IntervalSet(IntervalSet other) {
    intervals.putAll(other.intervals);
    size = other.size;
  }

  /** Adds a stretch. */
  public void add(long from, long to) {
    if (from > to) throw new IllegalArgumentException(from + " > " + to);
    long start = from;
    long end = to;
    Map.Entry<Long, Long> before = intervals.floorEntry(from);
    if (before != null && before.getValue() >= from - 1) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    for (Map.Entry<Long, Long> next = intervals.ceilingEntry(start);
        next != null && next.getKey() <= end + 1;
        next = intervals.ceilingEntry(start)) {
      end = Math.max(end, next.getValue());
      size -= next.getValue() - next.getKey() + 1;
      intervals.remove(next.getKey());
    }
    intervals.put(start, end);
    size += end - start + 1;
  }

  /** Takes a stretch out. */
  public void remove(long from, long to) {
    if (from > to) throw new IllegalArgumentException(from + " > " + to);
    for (Map.Entry<Long, Long> at = intervals.floorEntry(to);
        at != null && at.getValue() >= from;
        at = intervals.floorEntry(to)) {
      long start = at.getKey();
      long end = at.getValue();
      intervals.remove(start);
      if (start < from) intervals.put(start, from - 1);
      if (end > to) intervals.put(to + 1, end);
      size -= Math.min(end, to) - Math.max(start, from) + 1;
    }
  }

  public boolean contains(long number) {
    Map.Entry<Long, Long> at = intervals.floorEntry(number);
    return at != null && at.getValue() >= number;
  }

  /** The first number at or after {@code from} that is not in the set. */
  public long firstMissing(long from) {
    Map.Entry<Long, Long> at = intervals.floorEntry(from);
    return at != null && at.getValue() >= from ? at.getValue() + 1 : from;
  }

  /** The first number at or after {@code from} that is in the set; Long.MAX_VALUE for none. */
  public long firstWithin(long from) {
    if (contains(from)) return from;
    Long next = intervals.ceilingKey(from);
    return next == null ? Long.MAX_VALUE : next;
  }

  /**
   * The last number before the next one that is in the set, or {@code limit} where that comes
   * first.
   *
   * @param from a number that is not in the set
   */
  public long lastMissing(long from, long limit) {
    Long next = intervals.ceilingKey(from);
    return next == null ? limit : Math.min(limit, next - 1);
  }

  /** How many numbers are in it. */
  public long size() {
    return size;
  }

  /** How many of the numbers from {@code from} to {@code to} are in it. */
  public long sizeWithin(long from, long to) {
    long n = 0;
    Long start = intervals.floorKey(from);
    for (Map.Entry<Long, Long> e : intervals.tailMap(start == null ? from : start).entrySet()) {
      if (e.getKey() > to) break;
      n += Math.max(0, Math.min(to, e.getValue()) - Math.max(from, e.getKey()) + 1);
    }
    return n;
  }

  /** The intervals that touch a stretch, cut to it. */
  List<Interval> within(long from, long to) {
    List<Interval> cut = new ArrayList<>();
    Long start = intervals.floorKey(from);
    for (Map.Entry<Long, Long> e :
        intervals.subMap(start == null ? from : start, true, to, true).entrySet()) {
      if (e.getValue() < from) continue;
      cut.add(new Interval(Math.max(from, e.getKey()), Math.min(to, e.getValue())));
    }
    return cut;
  }

  public List<Interval> intervals() {
    List<Interval> all = new ArrayList<>();
    intervals.forEach((from, to) -> all.add(new Interval(from, to)));
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntervalSet s && intervals.equals(s.intervals);
  }

  @Override
  public int hashCode() {
    return intervals.hashCode();
  }

  @Override
  public String toString() {
    return intervals.toString();
  }
}
