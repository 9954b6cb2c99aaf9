package io.headwall.bench;

import io.headwall.store.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Seconds of a number of beds, made a few at a time: what lies ready for long would be the garbage
 * collector's work while the store's is measured. The same beds say the same each time.
 */
final class Seconds {

  private static final int SEED = 20_261_124;
  private static final int READINGS_AT_ONCE = 40_000;

  private final List<ReferenceBed> beds = new ArrayList<>();
  private final Predicate<Arrival> which;
  private final long until;
  private long next;

  /**
   * From the first second on.
   *
   * @param n how many seconds there are
   * @param which readings are in them
   */
  Seconds(int beds, long n, Predicate<Arrival> which) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int bed = 0; bed < beds; bed++) this.beds.add(new ReferenceBed(bed, random));
    this.until = n;
    this.which = which;
  }

  /** The next second by itself. */
  List<Arrival> one() {
    if (next == until) throw new IllegalStateException("no second is left");
    List<Arrival> second = new ArrayList<>();
    for (ReferenceBed bed : beds) second.addAll(bed.next(next * StoreLoad.SECOND_NS));
    second.removeIf(which.negate());
    next++;
    return second;
  }

  /** Some of those that are left; empty at the end. */
  List<List<Arrival>> some() {
    List<List<Arrival>> some = new ArrayList<>();
    int readings = 0;
    while (next < until && readings < READINGS_AT_ONCE) {
      some.add(one());
      readings += some.getLast().size();
    }
    return some;
  }
}
