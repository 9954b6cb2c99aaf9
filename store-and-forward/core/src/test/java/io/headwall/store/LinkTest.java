package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Links that come and go, and one that stays away. */
final class LinkTest {

  private final MemoryOutbox outbox = new MemoryOutbox();

  @Test
  void nothingOlderThan30SecondsLeavesAsLiveWhateverTheLinkDoes() throws Exception {
    for (int seed = 1; seed <= 10; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      Bench bench = new Bench(new MemoryOutbox(), 1);
      int longest = random.nextInt(10, 1000);
      for (int step = 0; step < 3000; step++) {
        if (random.nextInt(5) == 0) bench.pulse(60);
        if (random.nextInt(50) == 0) bench.alarm("a");
        if (random.nextInt(longest) == 0) bench.receiver.reachable = random.nextBoolean();
        if (random.nextInt(longest) == 0) bench.receiver.answers = random.nextBoolean();
        if (random.nextInt(longest) == 0) bench.receiver.refuses = "measuredNs=1";
        if (random.nextInt(longest) == 0) bench.receiver.refuses = null;
        bench.runFor(random.nextInt(1, 200));
      }
      assertTrue(bench.receiver.oldestLiveNs < 30_000_000_000L, "seed " + seed);
      assertTrue(bench.receiver.oldestLiveNs > 0, "seed " + seed + " sent something live");
    }
  }

  @Test
  void aDeadReceiverDelaysNobody() throws Exception {
    Bench bench = new Bench(outbox, 1);
    Bench.Receiver hole = bench.alsoTo("hole");
    hole.answers = false;
    hole.window = 1;
    bench.runFor(1000);
    for (int i = 0; i < 300; i++) {
      bench.pulse(60);
      if (i % 20 == 0) bench.alarm("a" + i);
      bench.runFor(1000);
      if (i == 200) hole.reachable = false;
    }
    assertEquals(300, bench.receiver.readings(Lane.NUMERIC));
    assertEquals(15, bench.receiver.packs(Pack.Kind.ALARM).size());
    assertTrue(bench.receiver.oldestLiveNs <= 1_100_000_000L, "at risk, and no more");
    assertEquals(0, bench.receiver.packs(Pack.Kind.HISTORY).size());
    assertEquals(0, hole.packs.size());
  }
}
