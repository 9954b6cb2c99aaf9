package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwarderTest {

  private final MemoryOutbox outbox = new MemoryOutbox();

  @Test
  void deliversEachReadingOnceWithItsBedAndTime() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(100);
    for (int i = 0; i < 50; i++) {
      bench.pulse(60 + i);
      bench.runFor(100);
    }
    bench.runFor(2000);
    assertEquals(50, bench.receiver.readings(Lane.NUMERIC));
    assertTrue(bench.receiver.times.values().stream().allMatch(n -> n == 1));
    Pack pack = bench.receiver.packs.getFirst();
    assertEquals(Pack.Kind.LIVE, pack.kind());
    assertEquals(Bench.BED_1, pack.place());
    Entry first = pack.entries().getFirst();
    assertEquals(1, first.seq());
    assertEquals(TimeQuality.SYNCED, first.measured().quality());
    assertEquals(
        1_700_000_000_000_000_000L, first.measured().epochNs() - first.reading().measuredNs());
    balanced(bench, 50);
  }

  @Test
  void anAlarmIsCommittedAndSentAtOnceAndTakesAlongWhatWaits() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.pulse(60);
    bench.runFor(100);
    assertEquals(0, bench.receiver.readings(Lane.NUMERIC));
    bench.alarm("low");
    bench.runFor(30);
    assertEquals(1, bench.receiver.packs(Pack.Kind.ALARM).size());
    assertEquals(1, bench.receiver.readings(Lane.NUMERIC));
    assertEquals(Pack.Kind.ALARM, bench.receiver.packs.getFirst().kind());
  }

  @Test
  void whatWasMeasuredDuringAnOutageArrivesAsHistoryAndLiveComesFirst() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(2000);
    bench.receiver.reachable = false;
    for (int i = 0; i < 600; i++) {
      bench.pulse(60);
      if (i == 10) bench.alarm("old");
      bench.runFor(100);
    }
    bench.receiver.packs.clear();
    bench.receiver.reachable = true;
    bench.receiver.window = 1;
    bench.runFor(5000);
    bench.pulse(61);
    bench.alarm("new");
    bench.runFor(10_000);
    assertEquals(601, bench.receiver.readings(Lane.NUMERIC));
    List<Pack> alarms = bench.receiver.packs(Pack.Kind.ALARM);
    assertEquals(1, alarms.size(), "the old alarm must not arrive as a new one");
    Pack oldAlarm =
        bench.receiver.packs(Pack.Kind.HISTORY).stream()
            .filter(p -> p.lane() == Lane.ALARM)
            .findFirst()
            .orElseThrow();
    assertEquals("outage", oldAlarm.reason());
    balanced(bench, 603);
  }

  @Test
  void lostAcknowledgementsLeadToTheSameIdentityAgain() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1000);
    bench.receiver.answers = false;
    bench.pulse(60);
    bench.runFor(3000);
    bench.receiver.reachable = false;
    bench.runFor(1000);
    bench.receiver.reachable = true;
    bench.receiver.answers = true;
    bench.runFor(10_000);
    assertEquals(1, bench.receiver.readings(Lane.NUMERIC));
    balanced(bench, 1);
  }

  @Test
  void aNewProcessDeliversWhatTheOldOneCouldNot() throws Exception {
    Bench first = new Bench(outbox, 1);
    first.receiver.reachable = false;
    for (int i = 0; i < 20; i++) {
      first.pulse(60);
      first.runFor(200);
    }
    first.runFor(2000);
    Bench second = new Bench(outbox, 2);
    second.runFor(5000);
    assertEquals(20, second.receiver.readings(Lane.NUMERIC));
    assertTrue(second.receiver.packs.stream().allMatch(p -> p.epoch() == 1));
    assertEquals("", second.forwarder.stats().reason());
    // What is delivered is saved every 10 s.
    second.runFor(10_000);
    Bench third = new Bench(outbox, 3);
    third.runFor(5000);
    assertEquals(0, third.receiver.packs.size(), "delivered once, known to all later processes");
  }

  @Test
  void whatIsEvictedBeforeDeliveryIsCountedAsLost() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.receiver.reachable = false;
    for (int i = 0; i < 10; i++) {
      bench.pulse(60);
      bench.runFor(1000);
    }
    long gone = outbox.evict(Lane.NUMERIC, 3);
    bench.receiver.reachable = true;
    bench.runFor(10_000);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(gone, stats.lost());
    assertEquals(10 - gone, stats.delivered());
    balanced(bench, 10);
  }

  /** Packs of one block that wait for the window; the readings of a pack are not equally old. */
  @Test
  void nothingOlderThanHalfAMinuteLeavesAsLive() throws Exception {
    Bench bench = new Bench(new MemoryOutbox(), 1);
    bench.receiver.window = 1;
    bench.runFor(2_000);
    for (int i = 0; i < 4_000; i++) {
      long measuredNs = Bench.ns(bench.nowMs - (i % 2 == 0 ? 0 : 400));
      bench.intake.offer(
          "larch-7",
          Bench.DEVICE,
          Reading.Numeric.of(Bench.PULSE, measuredNs, Decimal.of(60 + i % 90)));
    }
    bench.receiver.answers = false;
    bench.runFor(29_700);
    int before = bench.receiver.packs.size();
    bench.receiver.answers = true;
    for (int step = 0; step < 100; step++) {
      long sentAtMs = bench.nowMs - 20;
      bench.runFor(10);
      for (Pack pack : bench.receiver.packs.subList(before, bench.receiver.packs.size())) {
        // The first one left before the receiver went silent.
        boolean live = pack.kind() == Pack.Kind.LIVE && step > 0;
        assertTrue(!live || Bench.ns(sentAtMs) - pack.oldestNs() < 30_000_000_000L);
      }
      before = bench.receiver.packs.size();
    }
  }

  @Test
  void historyKeepsToItsBudget() throws Exception {
    Bench bench = new Bench(outbox, 1, Bench.POLICY.historyAtMost(10));
    bench.receiver.reachable = false;
    for (int i = 0; i < 600; i++) {
      bench.pulse(60);
      bench.runFor(100);
    }
    bench.receiver.packs.clear();
    bench.receiver.reachable = true;
    for (int s = 1; s <= 50; s++) {
      bench.runFor(1000);
      long sent =
          bench.receiver.packs(Pack.Kind.HISTORY).stream().mapToInt(p -> p.entries().size()).sum();
      assertTrue(sent <= 10L * (s + 1), sent + " readings of history in " + s + " s");
      assertTrue(sent >= 10L * (s - 5), sent + " readings of history in " + s + " s");
    }
  }

  @Test
  void aCommitThatFailedBeforeOrAfterBecomingDurableIsStoredOnce() throws Exception {
    for (boolean durable : new boolean[] {false, true}) {
      MemoryOutbox flaky = new MemoryOutbox();
      Bench bench = new Bench(flaky, 1);
      bench.runFor(1000);
      flaky.failDurable = durable;
      bench.pulse(60);
      bench.runFor(1500);
      bench.pulse(61);
      bench.runFor(5000);
      assertEquals(2, bench.receiver.readings(Lane.NUMERIC));
      assertEquals("", bench.store.stats().fault());
      balanced(bench, 2);
    }
  }

  @Test
  void nothingUncommittedIsSent() throws Exception {
    MemoryOutbox broken = new MemoryOutbox();
    Bench bench = new Bench(broken, 1);
    bench.runFor(1000);
    bench.pulse(60);
    for (int i = 0; i < 50; i++) {
      broken.failDurable = false;
      bench.runFor(100);
    }
    assertTrue(bench.receiver.packs.isEmpty());
    assertFalse(bench.store.stats().fault().isEmpty());
    assertEquals(1, bench.store.stats().atRisk());
  }

  private static void balanced(Bench bench, long read) {
    StoreStats store = bench.store.stats();
    Intake.Counts counts = bench.intake.counts();
    assertEquals(read, counts.read());
    assertEquals(
        counts.read() + store.made(), store.atRisk() + store.storedTotal() + counts.droppedTotal());
    ForwarderStats uplink = bench.forwarder.stats();
    assertTrue(uplink.balanced(), uplink.toString());
    assertEquals(0, uplink.pending());
  }
}
