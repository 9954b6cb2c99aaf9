package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What gives way over quota, in which order, and what the box says of it. */
class LadderTest {

  private static final long QUOTA = 60_000;

  private final MemoryOutbox outbox = new MemoryOutbox();

  @Test
  void waveformsGoFirstThenNumericsAreThinnedAndAlarmsStay() throws Exception {
    Bench bench = bench();
    bench.receiver.reachable = false;
    bench.alarm("first");
    for (int second = 0; second < 3_000; second++) {
      bench.pulse(60 + second % 40);
      wave(bench);
      bench.runFor(1_000);
    }
    Outbox.StoreSize size = outbox.size();
    assertTrue(size.bytes() <= QUOTA, () -> "" + size);
    assertTrue(size.removed(RemovalKind.EVICTED).getOrDefault(Lane.WAVE, 0L) > 0, () -> "" + size);
    assertEquals(Map.of(), without(size.removed(RemovalKind.EVICTED), Lane.WAVE));
    bench.receiver.reachable = true;
    bench.runFor(120_000);
    assertEquals(1, bench.receiver.readings(Lane.ALARM));
    explained(bench);
  }

  @Test
  void everyNumberThatIsMissingIsExplainedByARecordThatArrives() throws Exception {
    Bench bench = bench();
    bench.receiver.reachable = false;
    for (int second = 0; second < 20_000; second++) {
      bench.pulse(60 + second % 40);
      bench.runFor(1_000);
    }
    assertTrue(outbox.size().removed(RemovalKind.THINNED).getOrDefault(Lane.NUMERIC, 0L) > 0);
    bench.receiver.reachable = true;
    bench.runFor(200_000);
    explained(bench);
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(stats.stored(), stats.delivered() + stats.dead() + stats.lost() + stats.pending());
    assertEquals(0, stats.pending());
  }

  @Test
  void whatEveryReceiverHasGoesFirstAndWithoutARecord() throws Exception {
    Bench bench = bench();
    for (int second = 0; second < 8_000; second++) {
      bench.pulse(60 + second % 40);
      bench.runFor(1_000);
    }
    assertEquals(0, bench.forwarder.stats().lost());
    assertTrue(outbox.size().removed(RemovalKind.EVICTED).getOrDefault(Lane.NUMERIC, 0L) > 0);
    assertFalse(
        bench.receiver.packs.stream()
            .flatMap(p -> p.entries().stream())
            .anyMatch(e -> e.reading() instanceof Reading.Removed));
  }

  @Test
  void aFullDiskCostsNothingAsLongAsRoomIsHeldBackForIt() throws Exception {
    Bench bench = new Bench(outbox, 1);
    for (int second = 0; second < 1_000; second++) {
      bench.pulse(60 + second % 40);
      bench.runFor(1_000);
      if (second == 500) full();
    }
    assertEquals(Map.of(), outbox.size().removed(RemovalKind.EVICTED));
    full();
    for (int second = 0; second < 10; second++) {
      bench.pulse(60);
      bench.runFor(1_000);
    }
    assertTrue(outbox.size().removed(RemovalKind.EVICTED).getOrDefault(Lane.NUMERIC, 0L) > 0);
  }

  private void full() {
    outbox.failDurable = false;
    outbox.failFault = StoreException.Fault.FULL;
  }

  @Test
  void aDamagedFileIsSetAsideAndWhatWaitsGoesOnInAnotherEpoch() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(1_000);
    outbox.failDurable = false;
    outbox.failFault = StoreException.Fault.DAMAGED;
    outbox.failReopen = 3;
    bench.pulse(71);
    bench.runFor(10_000);
    bench.pulse(72);
    bench.runFor(10_000);
    assertEquals(1, outbox.setAside);
    assertEquals("", bench.store.stats().fault());
    assertFalse(bench.store.stats().salvaging());
    assertEquals("some are back", bench.store.stats().salvaged());
    List<Pack> after = bench.receiver.packs.stream().filter(p -> p.epoch() > 1).toList();
    List<Reading> numerics = new ArrayList<>();
    for (Pack pack : after) {
      for (Entry e : pack.entries()) {
        if (e.reading() instanceof Reading.Numeric n) numerics.add(n);
        assertEquals(Bench.BED_1, pack.place());
      }
    }
    assertEquals(2, numerics.size());
    assertTrue(
        after.stream()
            .flatMap(p -> p.entries().stream())
            .anyMatch(
                e -> e.reading() instanceof Reading.Text t && t.text().contains("set aside")));
  }

  @Test
  void whatOnlyADamagedFileHeldIsDeliveredUnderItsOldIdentity() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.pulse(70);
    bench.runFor(5_000);
    bench.receiver.reachable = false;
    for (int second = 0; second < 100; second++) {
      bench.pulse(71 + second);
      bench.runFor(1_000);
    }
    outbox.lost.add(new Salvaged.Lost(new Numbers(1, "numeric", 102, 103), 2));
    outbox.failDurable = false;
    outbox.failFault = StoreException.Fault.DAMAGED;
    bench.pulse(171);
    bench.runFor(10_000);
    bench.receiver.reachable = true;
    bench.runFor(60_000);
    for (int seq = 1; seq <= 101; seq++) {
      assertEquals(1, bench.receiver.times.get("1:NUMERIC:" + seq), "number " + seq);
    }
    assertEquals(
        1, bench.receiver.times.get("3:NUMERIC:1"), "what waited goes on in another epoch");
    assertTrue(
        bench.receiver.packs.stream()
            .flatMap(p -> p.entries().stream())
            .anyMatch(e -> e.reading() instanceof Reading.Removed r && r.readings() == 2));
    for (Pack pack : bench.receiver.packs) assertEquals(Bench.BED_1, pack.place());
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(stats.stored(), stats.delivered() + stats.dead() + stats.lost() + stats.pending());
    assertEquals(0, stats.pending());
  }

  /** What is settled of a file that was set aside is in the fresh one, without its numbers. */
  @Test
  void nothingIsOwedOfAnEpochThatTheFreshFileDoesNotHave() throws Exception {
    Bench bench = new Bench(outbox, 1);
    bench.pulse(70);
    bench.runFor(5_000);
    bench.pulse(71);
    bench.runFor(1_100);
    outbox.failDurable = false;
    outbox.failFault = StoreException.Fault.DAMAGED;
    bench.pulse(72);
    bench.runFor(20_000);
    assertTrue(outbox.settled().stream().anyMatch(s -> s.epoch() == 1 && s.to() > 1));
    ForwarderStats stats = bench.forwarder.stats();
    assertEquals(0, stats.pending(), () -> "" + stats);
    assertEquals(stats.stored(), stats.delivered());
  }

  /** Tallies, added up, are what arrived. */
  @Test
  void aReceiverCanProveThatNothingIsMissing() throws Exception {
    Bench bench = new Bench(outbox, 1);
    for (int second = 0; second < 130; second++) {
      bench.pulse(60 + second);
      bench.runFor(1_000);
    }
    Map<Long, Reading> arrived = new TreeMap<>();
    List<Reading.Tally> tallies = new ArrayList<>();
    for (Pack pack : bench.receiver.packs) {
      for (Entry e : pack.entries()) {
        if (pack.lane() == Lane.NUMERIC) arrived.put(e.seq(), e.reading());
        if (e.reading() instanceof Reading.Tally t && t.numbers().lane().equals("numeric")) {
          tallies.add(t);
        }
      }
    }
    assertEquals(2, tallies.size());
    for (Reading.Tally tally : tallies) {
      long digest = 0;
      long readings = 0;
      for (long seq = tally.numbers().from(); seq <= tally.numbers().to(); seq++) {
        @Nullable Reading reading = arrived.get(seq);
        if (reading == null) throw new AssertionError("missing " + seq);
        digest += ReadingDigest.of(seq, reading);
        readings++;
      }
      assertEquals(tally.readings(), readings);
      assertEquals(tally.digest(), digest);
    }
  }

  private Bench bench() throws StoreException {
    return new Bench(outbox, 1, Bench.POLICY, QUOTA);
  }

  /** Each number up to the last is delivered, or lies in a stretch that a record names. */
  private static void explained(Bench bench) {
    IntervalSet told = new IntervalSet();
    for (Pack pack : bench.receiver.packs) {
      for (Entry e : pack.entries()) {
        if (e.reading() instanceof Reading.Removed r && r.numbers().lane().equals("numeric")) {
          told.add(r.numbers().from(), r.numbers().to());
        }
      }
    }
    long last = bench.store.stats().stored().getOrDefault(Lane.NUMERIC, 0L);
    for (long seq = 1; seq <= last; seq++) {
      boolean arrived = bench.receiver.times.containsKey("1:" + Lane.NUMERIC + ":" + seq);
      assertTrue(arrived || told.contains(seq), "number " + seq + " is missing without a word");
    }
  }

  private static Map<Lane, Long> without(Map<Lane, Long> all, Lane lane) {
    Map<Lane, Long> rest = new EnumMap<>(Lane.class);
    rest.putAll(all);
    rest.remove(lane);
    return rest;
  }

  private static void wave(Bench bench) {
    int[] samples = new int[75];
    for (int i = 0; i < samples.length; i++) samples[i] = (i * 37) % 50;
    bench.intake.offer(
        "larch-7",
        Bench.DEVICE,
        new Reading.SampleBlock(
            Bench.PULSE, Bench.ns(bench.nowMs), 13_333_333, Decimal.of(1), Decimal.of(0), samples));
  }
}
