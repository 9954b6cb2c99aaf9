package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  private static final int RUNNING = 20_000;

  @Test
  void alarmsOfAnyEpochComeFirstAndThenTheOldest() {
    Backlog backlog = new Backlog(3);
    for (int epoch = 1; epoch <= 3; epoch++) backlog.committed(epoch, Lane.NUMERIC, 10);
    backlog.committed(3, Lane.ALARM, 2);
    assertEquals(new Backlog.Owed(3, Lane.ALARM, 1, 2), backlog.next());
    backlog.claim(3, Lane.ALARM, 1, 2);
    assertEquals(new Backlog.Owed(1, Lane.NUMERIC, 1, 10), backlog.next());
    backlog.claim(1, Lane.NUMERIC, 1, 10);
    assertEquals(new Backlog.Owed(2, Lane.NUMERIC, 1, 10), backlog.next());
    backlog.releaseAll();
    assertEquals(new Backlog.Owed(3, Lane.ALARM, 1, 2), backlog.next());
  }

  @Test
  void theLaneThatLagsMostIsNext() {
    Backlog backlog = new Backlog(1);
    backlog.committed(1, Lane.NUMERIC, 10);
    backlog.committed(1, Lane.WAVE, 10);
    backlog.claim(1, Lane.NUMERIC, 1, 5);
    backlog.reached(1, Lane.NUMERIC, 500);
    backlog.reached(1, Lane.WAVE, 400);
    assertEquals(new Backlog.Owed(1, Lane.WAVE, 1, 10), backlog.next());
    backlog.claim(1, Lane.WAVE, 1, 5);
    backlog.reached(1, Lane.WAVE, 600);
    assertEquals(new Backlog.Owed(1, Lane.NUMERIC, 6, 10), backlog.next());
  }

  @Test
  void anEpochThatIsWhollySettledCountsAndIsDoneWith() {
    Backlog backlog = new Backlog(2);
    backlog.committed(1, Lane.EVENT, 10);
    backlog.committed(2, Lane.EVENT, 1);
    assertEquals(6, backlog.settle(settled(1, 1, 6, Settled.How.DELIVERED)));
    assertEquals(4, backlog.settle(settled(1, 5, 10, Settled.How.LOST)));
    assertEquals(0, backlog.settle(settled(1, 1, 10, Settled.How.LOST)));
    assertTrue(backlog.free(1, Lane.EVENT, 1, 10).isEmpty());
    assertFalse(backlog.isFree(1, Lane.EVENT, 3));
    backlog.release(1, Lane.EVENT, 1, 10);
    assertEquals(new Backlog.Owed(2, Lane.EVENT, 1, 1), backlog.next());
    assertEquals(1, backlog.settle(settled(2, 1, 1, Settled.How.DELIVERED)));
    assertNull(backlog.next());
    backlog.committed(2, Lane.EVENT, 2);
    assertEquals(new Backlog.Owed(2, Lane.EVENT, 2, 2), backlog.next());
    assertEquals(
        List.of(12L, 7L, 4L, 1L),
        List.of(
            backlog.stored(),
            backlog.settled(Settled.How.DELIVERED),
            backlog.settled(Settled.How.LOST),
            backlog.pending()));
  }

  /** As many steps as this would take minutes, were every epoch looked at in each. */
  @Test
  void tenThousandOldEpochsCostNothing() {
    Backlog backlog = new Backlog(RUNNING);
    for (int epoch = 1; epoch < 10_000; epoch++) {
      backlog.committed(epoch, Lane.EVENT, 5);
      if (epoch % 2 == 0) backlog.settle(settled(epoch, 1, 5, Settled.How.DELIVERED));
    }
    for (long seq = 1; seq <= 1_000_000; seq++) {
      backlog.committed(RUNNING, Lane.EVENT, seq);
      assertEquals(1, backlog.settle(settled(RUNNING, seq, seq, Settled.How.DELIVERED)));
      assertEquals(new Backlog.Owed(1, Lane.EVENT, 1, 5), backlog.next());
      assertEquals(25_000, backlog.pending());
    }
  }

  private static Settled settled(int epoch, long from, long to, Settled.How how) {
    return new Settled("cis", epoch, Lane.EVENT, from, to, how);
  }
}
