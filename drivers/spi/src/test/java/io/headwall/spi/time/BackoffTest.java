package io.headwall.spi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final long FIRST_NS = 1_000_000;
  private static final long LONGEST_NS = 60_000_000;

  @Test
  void waitsDoubleUpToTheLongestAndVaryByAFifth() {
    for (long seed = 0; seed < 1_000; seed++) {
      Backoff backoff = new Backoff(FIRST_NS, LONGEST_NS, random(seed));
      for (int round = 0; round < 2; round++) {
        long middle = FIRST_NS;
        for (int i = 0; i < 20; i++) {
          long wait = backoff.next();
          assertTrue(wait >= middle * 0.8 - 1 && wait <= middle * 1.2 + 1, wait + " of " + middle);
          middle = Math.min(LONGEST_NS, middle * 2);
        }
        backoff.reset();
      }
    }
  }

  @Test
  void boxesOfAWardDoNotTryInStep() {
    Set<Long> waits = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      waits.add(new Backoff(FIRST_NS, LONGEST_NS, random(seed)).next());
    }
    assertTrue(waits.size() > 90);
  }

  @Test
  void theSameSeedWaitsTheSame() {
    Backoff one = new Backoff(FIRST_NS, LONGEST_NS, random(7));
    Backoff other = new Backoff(FIRST_NS, LONGEST_NS, random(7));
    for (int i = 0; i < 20; i++) assertEquals(one.next(), other.next());
  }

  @Test
  void theLongestWaitMayBeVeryLong() {
    Backoff backoff = new Backoff(1, Long.MAX_VALUE / 4 * 3, random(7));
    for (int i = 0; i < 200; i++) assertTrue(backoff.next() >= 0);
  }

  @Test
  void boundsMustMakeSense() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 1, random(1)));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(-1, 1, random(1)));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(2, 1, random(1)));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
