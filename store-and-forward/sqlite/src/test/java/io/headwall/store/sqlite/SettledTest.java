package io.headwall.store.sqlite;

import static io.headwall.store.sqlite.Samples.commit;
import static io.headwall.store.sqlite.Samples.epoch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What uplinks are done with lies in the file as disjoint intervals. */
class SettledTest {

  @TempDir Path folder;
  private SqliteOutbox outbox;

  @BeforeEach
  void make() {
    outbox = new SqliteOutbox(folder);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void settledIntervalsMelt() throws Exception {
    outbox.open(epoch(1));
    settle(1, 10);
    settle(11, 20);
    assertEquals(List.of(settled(1, 20)), stored());
    settle(40, 50);
    settle(30, 32);
    settle(22, 22);
    assertEquals(
        List.of(settled(1, 20), settled(22, 22), settled(30, 32), settled(40, 50)), stored());
    settle(21, 21);
    assertEquals(List.of(settled(1, 22), settled(30, 32), settled(40, 50)), stored());
    settle(25, 45);
    assertEquals(List.of(settled(1, 22), settled(25, 50)), stored());
    settle(26, 27);
    assertEquals(List.of(settled(1, 22), settled(25, 50)), stored());
    settle(23, 24);
    assertEquals(List.of(settled(1, 50)), stored());
  }

  @Test
  void whatIsOwedOnceMoreIsTakenOutOnce() throws Exception {
    outbox.open(epoch(1));
    settle(1, 20);
    settle(30, 40);
    for (int times = 0; times < 2; times++) {
      owe(settled(15, 35));
      assertEquals(List.of(settled(1, 14), settled(36, 40)), stored());
    }
    owe(settled(3, 3));
    assertEquals(List.of(settled(1, 2), settled(4, 14), settled(36, 40)), stored());
    owe(new Settled(settled(1, 1).uplink(), 2, settled(1, 1).lane(), 1, 99, Settled.How.DEAD));
    owe(settled(1, 99));
    assertEquals(List.of(), stored());
  }

  private void owe(Settled again) throws StoreException {
    outbox.commit(
        new Commit(
            List.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(again)));
  }

  @Test
  void settledIntervalsOfOthersDoNotMelt() throws Exception {
    outbox.open(epoch(1));
    List<Settled> apart =
        List.of(
            new Settled("u", 1, Lane.ALARM, 1, 5, Settled.How.DELIVERED),
            new Settled("u", 1, Lane.ALARM, 6, 7, Settled.How.FILTERED),
            new Settled("u", 1, Lane.WAVE, 8, 9, Settled.How.DELIVERED),
            new Settled("u", 2, Lane.ALARM, 6, 9, Settled.How.DELIVERED));
    outbox.commit(commit(List.of(), apart));
    outbox.commit(
        commit(List.of(), List.of(new Settled("v", 1, Lane.ALARM, 6, 6, Settled.How.DELIVERED))));
    assertEquals(apart, stored());
  }

  @Test
  void settledIntervalsAreWhatASetWouldHold() throws Exception {
    outbox.open(epoch(1));
    SplittableRandom random = new SplittableRandom(5);
    TreeSet<Long> model = new TreeSet<>();
    for (int round = 0; round < 300; round++) {
      List<Settled> some = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long from = random.nextLong(1, 2_000);
        long to = from + random.nextLong(0, 12);
        some.add(settled(from, to));
        for (long seq = from; seq <= to; seq++) model.add(seq);
      }
      outbox.commit(commit(List.of(), some));
    }
    long n = 0;
    long end = -1;
    for (Settled s : stored()) {
      assertTrue(s.from() > end + 1, () -> s + " touches the one before");
      for (long seq = s.from(); seq <= s.to(); seq++) assertTrue(model.contains(seq));
      n += s.to() - s.from() + 1;
      end = s.to();
    }
    assertEquals(model.size(), n);
  }

  @Test
  void deadLettersAreTakenBackOrDiscardedAndNothingElse() throws Exception {
    outbox.open(epoch(1));
    outbox.commit(
        commit(
            List.of(),
            List.of(
                settled(1, 10).as(Settled.How.DEAD),
                settled(11, 20),
                settled(21, 30).as(Settled.How.DEAD))));
    for (int twice = 0; twice < 2; twice++) {
      takeBack(settled(4, 6).as(Settled.How.DEAD));
      takeBack(settled(8, 25).as(Settled.How.DISCARDED));
    }
    assertEquals(
        List.of(
            settled(1, 3).as(Settled.How.DEAD),
            settled(7, 7).as(Settled.How.DEAD),
            settled(8, 10).as(Settled.How.DISCARDED),
            settled(11, 20),
            settled(21, 25).as(Settled.How.DISCARDED),
            settled(26, 30).as(Settled.How.DEAD)),
        stored());
  }

  private void takeBack(Settled stretch) throws StoreException {
    outbox.commit(
        new Commit(
            List.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(stretch)));
  }

  private void settle(long from, long to) throws StoreException {
    outbox.commit(commit(List.of(), List.of(settled(from, to))));
  }

  private static Settled settled(long from, long to) {
    return new Settled("u", 1, Lane.NUMERIC, from, to, Settled.How.DELIVERED);
  }

  private List<Settled> stored() throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      return reader.settled("u");
    }
  }
}
