package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A receiver that refuses one reading, one stream, or everything. */
final class RefusalTest {

  private final MemoryOutbox outbox = new MemoryOutbox();

  @Test
  void aPoisonReadingIsGivenUpOnlyBecauseOthersPass() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.receiver.refuses = "value=66,";
    bench.pulse(66);
    bench.runFor(2000);
    pulses(bench, 60);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(List.of(1L, 0L), List.of(stats.dead(), stats.pending()));
    assertEquals(60, bench.receiver.readings(Lane.NUMERIC));
    assertTrue(events(bench).getFirst().contains("is refused epoch 1 numeric 1 for good: 400"));
  }

  @Test
  void aDeadLetterIsSentOnceMoreOrGivenUpAndANewProcessKnows() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.receiver.refuses = "value=66,";
    bench.pulse(66);
    bench.runFor(1500);
    bench.pulse(66);
    pulses(bench, 80);
    assertEquals(2, bench.forwarder.stats().dead());
    bench.receiver.refuses = null;
    bench.store.owe(List.of(new Settled("cis", 1, Lane.NUMERIC, 1, 1, Settled.How.DEAD)));
    bench.store.owe(List.of(new Settled("cis", 1, Lane.NUMERIC, 2, 2, Settled.How.DISCARDED)));
    bench.runFor(20_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertTrue(stats.balanced(), stats.toString());
    assertEquals(List.of(0L, 1L, 0L), List.of(stats.dead(), stats.discarded(), stats.pending()));
    assertEquals(81, bench.receiver.readings(Lane.NUMERIC));
    Bench next = new Bench(outbox, 2);
    next.runFor(5000);
    stats = next.forwarder.stats();
    assertTrue(stats.balanced(), stats.toString());
    assertEquals(List.of(0L, 1L, 0L), List.of(stats.dead(), stats.discarded(), stats.pending()));
    assertEquals(0, next.receiver.readings(Lane.NUMERIC));
  }

  @Test
  void ofAPackOfHistoryOnlyThePoisonReadingIsGivenUp() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.receiver.reachable = false;
    for (int i = 0; i < 1000; i++) {
      bench.pulse(i == 333 ? 66 : 60);
      bench.runFor(100);
    }
    bench.receiver.refuses = "value=66,";
    bench.receiver.reachable = true;
    bench.runFor(120_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(List.of(1L, 0L), List.of(stats.dead(), stats.pending()), stats.toString());
    assertEquals(999, bench.receiver.readings(Lane.NUMERIC));
  }

  @Test
  void whatWaitsToBeSentAgainIsNotLostWithTheBlocksBeforeIt() throws Exception {
    Bench bench = new Bench(outbox, 1, Bench.POLICY.historyAtMost(5));
    bench.receiver.reachable = false;
    pulses(bench, 100);
    bench.receiver.reachable = true;
    bench.runFor(5000);
    bench.receiver.refuses = "value=66,";
    bench.pulse(66);
    bench.runFor(2000);
    assertTrue(bench.forwarder.stats().refusals() > 0, "a live pack waits");
    outbox.evict(Lane.NUMERIC, 1000);
    bench.receiver.refuses = null;
    bench.runFor(60_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertTrue(stats.lost() > 0 && stats.pending() == 0, stats.toString());
    assertEquals(bench.receiver.times.size(), stats.delivered(), stats.toString());
  }

  @Test
  void aReceiverThatRefusesAStreamLosesNothingOfIt() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.receiver.reachable = false;
    pulses(bench, 100);
    bench.receiver.refusesKind = Pack.Kind.HISTORY;
    bench.receiver.reachable = true;
    pulses(bench, 600);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(0, stats.dead());
    assertTrue(stats.pending() >= 100, stats.toString());
    assertTrue(bench.receiver.packs(Pack.Kind.LIVE).size() >= 590, "live goes on");
    bench.receiver.refusesKind = null;
    bench.runFor(100_000);
    assertEquals(700, bench.receiver.readings(Lane.NUMERIC));
    assertEquals(0, bench.forwarder.stats().pending());
  }

  @Test
  void aReceiverThatRefusesEverythingIsParkedAndLosesNothing() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.receiver.refuses = "seq";
    pulses(bench, 200);
    assertEquals("parked", bench.forwarder.stats().state());
    assertEquals(0, bench.forwarder.stats().dead());
    long refusals = bench.forwarder.stats().refusals();
    pulses(bench, 600);
    long probes = bench.forwarder.stats().refusals() - refusals;
    assertTrue(probes >= 8 && probes <= 12, probes + " probes in 600 s");
    bench.receiver.refuses = null;
    bench.runFor(200_000);
    assertEquals(800, bench.receiver.readings(Lane.NUMERIC));
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(List.of(0L, 0L), List.of(stats.dead(), stats.pending()));
    assertEquals(
        List.of(
            "uplink cis is parked, since it refuses everything: 400",
            "uplink cis takes readings again"),
        events(bench));
  }

  @Test
  void aLinkThatGoesDownWhileRefusedPacksWaitLosesNothing() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.receiver.refuses = "value=66,";
    for (int i = 0; i < 300; i++) {
      bench.pulse(i % 50 == 0 ? 66 : 60);
      bench.runFor(300);
      bench.receiver.reachable = i % 17 > 2;
    }
    bench.receiver.refuses = null;
    bench.receiver.reachable = true;
    bench.runFor(200_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(0, stats.pending());
    assertEquals(300, stats.dead() + bench.receiver.readings(Lane.NUMERIC));
    assertTrue(stats.dead() <= 6, stats.toString());
  }

  private static void pulses(Bench bench, int seconds) {
    for (int i = 0; i < seconds; i++) {
      bench.pulse(60);
      bench.runFor(1000);
    }
  }

  /** What the box recorded of its uplinks. */
  private static List<String> events(Bench bench) {
    bench.runFor(5000);
    return bench.receiver.packs.stream()
        .flatMap(pack -> pack.entries().stream())
        .filter(e -> e.device().equals(Box.DEVICE) && e.reading() instanceof Reading.Text)
        .map(e -> ((Reading.Text) e.reading()).text())
        .distinct()
        .toList();
  }
}
