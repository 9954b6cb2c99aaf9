package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.IntervalSet.Interval;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalSetTest {

  private static final int OPERATIONS = 100_000;
  private static final int NUMBERS = 400;

  @Test
  void neighboursMelt() {
    IntervalSet set = of(1, 3, 5, 6, 9, 9);
    assertEquals(List.of(new Interval(1, 3), new Interval(5, 6), new Interval(9, 9)), list(set));
    set.add(4, 4);
    assertEquals(List.of(new Interval(1, 6), new Interval(9, 9)), list(set));
    set.add(2, 8);
    assertEquals(List.of(new Interval(1, 9)), list(set));
  }

  @Test
  void takesAStretchOutOfSeveralIntervals() {
    IntervalSet set = of(2, 3, 5, 6, 8, 20);
    set.remove(1, 10);
    assertEquals(List.of(new Interval(11, 20)), list(set));
    set.remove(13, 14);
    assertEquals(List.of(new Interval(11, 12), new Interval(15, 20)), list(set));
    assertEquals(8, set.size());
  }

  @Test
  void refusesStretchesThatEndBeforeTheyBegin() {
    IntervalSet set = of(1, 10);
    assertThrows(IllegalArgumentException.class, () -> set.add(5, 4));
    assertThrows(IllegalArgumentException.class, () -> set.remove(5, 4));
    assertThrows(IllegalArgumentException.class, () -> new Interval(5, 4));
    assertEquals(of(1, 10), set);
  }

  @Test
  void copiesChangeOnTheirOwn() {
    IntervalSet set = of(1, 10);
    IntervalSet copy = new IntervalSet(set);
    assertEquals(set, copy);
    assertEquals(set.hashCode(), copy.hashCode());
    copy.remove(5, 5);
    assertNotEquals(set, copy);
    assertEquals(10, set.size());
    assertEquals(9, copy.size());
  }

  @Test
  void doesWhatASetOfBitsDoes() {
    SplittableRandom random = new SplittableRandom(6);
    IntervalSet set = new IntervalSet();
    BitSet model = new BitSet();
    for (int i = 0; i < OPERATIONS; i++) {
      int from = random.nextInt(NUMBERS);
      int to = from + random.nextInt(random.nextInt(10) == 0 ? NUMBERS : 6);
      if (random.nextBoolean()) {
        set.add(from, to);
        model.set(from, to + 1);
      } else {
        set.remove(from, to);
        model.clear(from, to + 1);
      }
      assertSame(model, set, random, i);
    }
  }

  private static void assertSame(BitSet model, IntervalSet set, SplittableRandom random, int i) {
    assertEquals(model.cardinality(), set.size(), () -> "operation " + i);
    int from = random.nextInt(NUMBERS);
    int to = from + random.nextInt(NUMBERS);
    assertEquals(model.get(from), set.contains(from), () -> "operation " + i);
    assertEquals(model.nextClearBit(from), set.firstMissing(from), () -> "operation " + i);
    assertEquals(
        model.get(from, to + 1).cardinality(), set.sizeWithin(from, to), () -> "operation " + i);
    int missing = model.nextClearBit(from);
    int next = model.nextSetBit(missing);
    int limit = missing + random.nextInt(NUMBERS);
    assertEquals(
        next < 0 ? limit : Math.min(limit, next - 1),
        set.lastMissing(missing, limit),
        () -> "operation " + i);
    if (i % 100 == 0) assertEquals(intervals(model), list(set), () -> "operation " + i);
  }

  private static List<Interval> intervals(BitSet model) {
    List<Interval> all = new ArrayList<>();
    for (int from = model.nextSetBit(0); from >= 0; from = model.nextSetBit(from)) {
      int end = model.nextClearBit(from);
      all.add(new Interval(from, end - 1));
      from = end;
    }
    return all;
  }

  @Test
  void holdsTheNumbersThatLanesCanReach() {
    IntervalSet set = of(1, BlockKey.SEQ_MAX);
    assertEquals(BlockKey.SEQ_MAX, set.size());
    assertEquals(BlockKey.SEQ_MAX + 1, set.firstMissing(7));
    assertTrue(set.contains(BlockKey.SEQ_MAX));
    assertFalse(set.contains(0));
  }

  private static IntervalSet of(long... ends) {
    IntervalSet set = new IntervalSet();
    for (int i = 0; i < ends.length; i += 2) set.add(ends[i], ends[i + 1]);
    return set;
  }

  private static List<Interval> list(IntervalSet set) {
    return set.intervals();
  }
}
