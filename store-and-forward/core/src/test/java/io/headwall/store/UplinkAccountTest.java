package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What an uplink is to get and what it is not, and that every reading is accounted for. */
final class UplinkAccountTest {

  private final MemoryOutbox outbox = new MemoryOutbox();

  @Test
  void whatIsFilteredIsSettledAndNeverSent() throws Exception {
    Bench bench = new Bench(outbox, 1, Bench.POLICY.only(Set.of(Lane.ALARM, Lane.EVENT)));
    for (int i = 0; i < 20; i++) {
      bench.pulse(60);
      if (i == 10) bench.alarm("low");
      bench.runFor(1000);
    }
    assertEquals(0, bench.receiver.readings(Lane.NUMERIC));
    assertEquals(1, bench.receiver.readings(Lane.ALARM));
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(List.of(20L, 0L), List.of(stats.filtered(), stats.pending()));
    assertTrue(outbox.settled().stream().anyMatch(s -> s.how() == Settled.How.FILTERED));
  }

  @Test
  void aFilterThatIsNewAppliesToWhatIsOwedAndOneThatIsGoneToWhatComes() throws Exception {
    Bench first = new Bench(outbox, 1);
    first.receiver.reachable = false;
    pulses(first, 10);
    Bench second = new Bench(outbox, 2, Bench.POLICY.only(Set.of(Lane.ALARM)));
    // What is settled is saved every 10 s.
    second.runFor(12_000);
    assertEquals(10, second.forwarder.stats().filtered());
    Bench third = new Bench(outbox, 3);
    pulses(third, 5);
    assertEquals(5, third.receiver.readings(Lane.NUMERIC), "settled stays settled");
    assertEquals(10, third.forwarder.stats().filtered());
  }

  @Test
  void whatIsTooOldIsNotSentLaterAndIsCounted() throws Exception {
    Bench bench = new Bench(outbox, 1, Bench.POLICY.backfillAtMost(TimeUnit.SECONDS.toNanos(60)));
    bench.receiver.reachable = false;
    pulses(bench, 100);
    bench.receiver.reachable = true;
    bench.runFor(10_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(100, stats.tooOld() + bench.receiver.readings(Lane.NUMERIC));
    assertTrue(stats.tooOld() >= 38 && stats.tooOld() <= 50, stats.toString());
    assertEquals(0, stats.pending());
  }

  @Test
  void withoutBackfillOnlyWhatIsLiveIsSent() throws Exception {
    Bench first = new Bench(outbox, 1);
    first.receiver.reachable = false;
    pulses(first, 10);
    Bench bench = new Bench(outbox, 2, Bench.POLICY.backfillAtMost(0));
    bench.nowMs = first.nowMs;
    pulses(bench, 10);
    bench.receiver.reachable = false;
    pulses(bench, 50);
    bench.receiver.reachable = true;
    pulses(bench, 10);
    assertEquals(List.of(), bench.receiver.packs(Pack.Kind.HISTORY));
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(0, stats.pending());
    assertTrue(stats.tooOld() >= 60 && stats.tooOld() <= 65, stats.toString());
  }

  @Test
  void ofAnotherBootTheAgeComesFromTheWallClockAndUnknownIsTooOld() throws Exception {
    Bench first = new Bench(outbox, 1);
    first.receiver.reachable = false;
    pulses(first, 10);
    first.runFor(1000);
    Bench bench = new Bench(outbox, 2, Bench.POLICY.backfillAtMost(TimeUnit.HOURS.toNanos(1)));
    bench.runFor(5000);
    assertEquals(10, bench.receiver.readings(Lane.NUMERIC));
  }

  @Test
  void whateverHappensEachReadingIsInOnePlaceAtEveryStep() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    ForwarderPolicy policy =
        Bench.POLICY
            .only(Set.of(Lane.EVENT, Lane.NUMERIC))
            .backfillAtMost(TimeUnit.SECONDS.toNanos(90))
            .historyAtMost(20);
    Bench bench = new Bench(outbox, 1, policy);
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(20) == 0) bench.pulse(random.nextInt(40, 80));
      if (random.nextInt(200) == 0) bench.alarm("a");
      if (random.nextInt(500) == 0) bench.receiver.reachable = random.nextInt(3) == 0;
      if (random.nextInt(500) == 0) bench.receiver.answers = random.nextInt(3) > 0;
      if (random.nextInt(900) == 0) bench.receiver.refuses = "value=66,";
      if (random.nextInt(900) == 0) bench.receiver.refuses = null;
      if (random.nextInt(600) == 0 && holds(Lane.NUMERIC)) {
        outbox.evict(Lane.NUMERIC, random.nextInt(1, 100));
      }
      bench.runFor(50);
      ForwarderStats stats = bench.forwarder.stats();
      assertTrue(stats.balanced(), step + ": " + stats);
      assertEquals(bench.store.stats().storedTotal(), stats.stored(), "step " + step);
      assertEquals(bench.receiver.times.size(), stats.delivered(), "step " + step);
    }
    ForwarderStats stats = bench.forwarder.stats();
    for (Map.Entry<String, Long> e :
        Map.of(
                "delivered", stats.delivered(),
                "filtered", stats.filtered(),
                "too old", stats.tooOld(),
                "lost", stats.lost())
            .entrySet()) {
      assertTrue(e.getValue() > 0, e.getKey() + " is part of the test: " + stats);
    }
  }

  private boolean holds(Lane lane) {
    return outbox.size().readings().getOrDefault(lane, 0L) > 0;
  }

  private static void pulses(Bench bench, int seconds) {
    for (int i = 0; i < seconds; i++) {
      bench.pulse(60);
      bench.runFor(1000);
    }
    bench.runFor(2000);
  }
}
