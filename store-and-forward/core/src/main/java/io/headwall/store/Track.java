package io.headwall.store;

/** What an uplink has done of one lane of one epoch. Owned by the uplink's forward thread. */
final class Track {

  private final IntervalSet settled = new IntervalSet();
  private IntervalSet claimed = new IntervalSet();

  /** Last committed number. */
  private long last;

  /** Measurement time that history has come to; the lane that lags most is next. */
  long reachedNs = Long.MIN_VALUE;

  long last() {
    return last;
  }

  /** Returns how many numbers are new. */
  long committed(long lastSeq) {
    long before = last;
    last = Math.max(last, lastSeq);
    return last - before;
  }

  /** Returns how many of them were not settled before. */
  long settle(long from, long to) {
    long before = settled.size();
    settled.add(from, to);
    claimed.add(from, to);
    return settled.size() - before;
  }

  /** Returns how many of them were settled; they are so no more. */
  long owe(long from, long to) {
    long before = settled.size();
    for (IntervalSet.Interval done : settled.within(from, to)) {
      claimed.remove(done.from(), done.to());
    }
    settled.remove(from, to);
    reachedNs = Long.MIN_VALUE;
    return before - settled.size();
  }

  void claim(long from, long to) {
    claimed.add(from, to);
  }

  void release(long from, long to) {
    claimed.remove(from, to);
    // What is settled in between stays so, or it would be sent again.
    for (IntervalSet.Interval done : settled.within(from, to)) claimed.add(done.from(), done.to());
    reachedNs = Long.MIN_VALUE;
  }

  void releaseAll() {
    if (claimed.size() != settled.size()) claimed = new IntervalSet(settled);
    reachedNs = Long.MIN_VALUE;
  }

  IntervalSet settled() {
    return settled;
  }

  IntervalSet claimed() {
    return claimed;
  }

  /** Whether something is owed that nobody works on. */
  boolean isOpen() {
    return claimed.size() < last;
  }

  boolean isWhollySettled() {
    return settled.size() == last;
  }
}
