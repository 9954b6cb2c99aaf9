package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What waits to be saved of what is settled. */
final class SettledNewsTest {

  private static final long LATER_NS = TimeUnit.SECONDS.toNanos(10);

  private final Mailbox<Settled> mailbox = new Mailbox<>(1000, 0);
  private final SettledNews news = new SettledNews(mailbox);

  @Test
  void whatFollowsOnIsOneStretchOfItsKind() {
    for (int i = 0; i < 100; i++) {
      tell(Lane.NUMERIC, 10L * i + 1, 10L * i + 10, Settled.How.DELIVERED);
      tell(Lane.WAVE, 5L * i + 1, 5L * i + 5, Settled.How.DELIVERED);
    }
    tell(Lane.WAVE, 501, 505, Settled.How.LOST);
    news.take(0);
    assertEquals(
        List.of(
            new Settled("cis", 1, Lane.NUMERIC, 1, 1000, Settled.How.DELIVERED),
            new Settled("cis", 1, Lane.WAVE, 1, 500, Settled.How.DELIVERED),
            new Settled("cis", 1, Lane.WAVE, 501, 505, Settled.How.LOST)),
        news.due(LATER_NS));
  }

  @Test
  void whatIsInACommitGrowsNoMore() {
    tell(Lane.NUMERIC, 1, 10, Settled.How.DELIVERED);
    news.take(0);
    List<Settled> first = news.due(LATER_NS);
    tell(Lane.NUMERIC, 11, 20, Settled.How.DELIVERED);
    news.take(LATER_NS);
    news.committed(
        new Commit(List.of(), Map.of(), first, List.of(), List.of(), List.of(), List.of()));
    tell(Lane.NUMERIC, 21, 30, Settled.How.DELIVERED);
    news.take(LATER_NS);
    news.hurry(LATER_NS);
    List<Settled> second = news.due(LATER_NS);
    assertEquals(List.of(1L, 10L), List.of(first.getFirst().from(), first.getLast().to()));
    assertEquals(List.of(11L, 30L), List.of(second.getFirst().from(), second.getLast().to()));
  }

  private void tell(Lane lane, long from, long to, Settled.How how) {
    mailbox.offer(new Settled("cis", 1, lane, from, to, how));
  }
}
