package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was delivered is sent once more on request: the same identity, as history, counted once. */
final class ResendTest {

  private final MemoryOutbox outbox = new MemoryOutbox();

  private static Settled delivered(long from, long to) {
    return new Settled("cis", 1, Lane.NUMERIC, from, to, Settled.How.DELIVERED);
  }

  private static Bench delivered(MemoryOutbox outbox) throws StoreException {
    Bench bench = new Bench(outbox, 1);
    bench.runFor(100);
    for (int i = 0; i < 50; i++) {
      bench.pulse(60 + i);
      bench.runFor(100);
    }
    // Until what is settled is saved, which is done now and then.
    bench.runFor(12_000);
    assertEquals(0, bench.forwarder.stats().pending());
    return bench;
  }

  private static long times(Bench bench, long seq) {
    return bench.receiver.times.getOrDefault("1:NUMERIC:" + seq, 0);
  }

  private static void balanced(Bench bench) {
    assertTrue(bench.forwarder.stats().balanced(), bench.forwarder.stats().toString());
  }

  @Test
  void whatIsAskedForIsDeliveredOnceMoreAsHistoryAndNothingElse() throws Exception {
    Bench bench = delivered(outbox);
    long delivered = bench.forwarder.stats().delivered();
    bench.receiver.packs.clear();
    bench.store.owe(List.of(delivered(11, 20)));
    for (int step = 0; step < 300; step++) {
      bench.runFor(10);
      balanced(bench);
    }
    for (long seq = 1; seq <= 50; seq++) {
      assertEquals(seq >= 11 && seq <= 20 ? 2 : 1, times(bench, seq), "number " + seq);
    }
    assertTrue(
        bench.receiver.packs.stream()
            .filter(p -> p.lane() == Lane.NUMERIC)
            .allMatch(p -> p.kind() == Pack.Kind.HISTORY && p.epoch() == 1));
    long event = 1;
    assertEquals(delivered + event, bench.forwarder.stats().delivered());
    assertEquals(0, bench.forwarder.stats().pending());
  }

  @Test
  void anotherProcessStillOwesIt() throws Exception {
    Bench first = delivered(outbox);
    first.receiver.reachable = false;
    first.runFor(100);
    first.store.owe(List.of(delivered(11, 20)));
    first.runFor(2_000);
    assertEquals(11, first.forwarder.stats().pending());
    Bench second = new Bench(outbox, 2);
    second.runFor(5_000);
    for (long seq = 11; seq <= 20; seq++) assertEquals(1, times(second, seq), "number " + seq);
    assertEquals(0, times(second, 10));
  }

  @Test
  void anEpochThatWasDoneWithIsOwedAgain() throws Exception {
    delivered(outbox);
    Bench second = new Bench(outbox, 2);
    second.runFor(5_000);
    long delivered = second.forwarder.stats().delivered();
    assertEquals(0, times(second, 11));
    second.store.owe(List.of(delivered(11, 20), delivered(15, 30)));
    second.runFor(5_000);
    for (long seq = 1; seq <= 50; seq++) {
      assertEquals(seq >= 11 && seq <= 30 ? 1 : 0, times(second, seq), "number " + seq);
    }
    balanced(second);
    long event = 1;
    assertEquals(delivered + event, second.forwarder.stats().delivered());
    assertEquals(0, second.forwarder.stats().pending());
  }

  @Test
  void whatIsOwedToOthersIsNotSent() throws Exception {
    Bench bench = delivered(outbox);
    bench.store.owe(List.of(new Settled("ehr", 1, Lane.NUMERIC, 1, 50, Settled.How.DELIVERED)));
    bench.runFor(5_000);
    assertEquals(1, times(bench, 11));
    balanced(bench);
  }
}
