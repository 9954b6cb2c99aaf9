package io.headwall.bench;

import io.headwall.store.Arrival;
import io.headwall.store.BlockKey;
import io.headwall.store.Committed;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Mailbox;
import io.headwall.store.OpenedStore;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StoreParts;
import io.headwall.store.StorePolicy;
import io.headwall.store.StoreStats;
import java.util.List;
import java.util.random.RandomGenerator;

/** The real store duty, fed second by second on a clock of its own. */
final class StoreLoad implements AutoCloseable {

  static final long SECOND_NS = 1_000_000_000L;
  static final Origin ORIGIN = new Origin(0x0200_00FF_FE00_0001L);

  private static final int ARRIVALS_MAX = 1 << 20;
  private static final int NEWS_MAX = 1 << 10;
  private static final String UPLINK = "cis";
  private static final long AT_RISK_NS = SECOND_NS;
  private static final long FOREVER_NS = 365 * 86_400 * SECOND_NS;

  /** Nothing has to go. */
  static final StorePolicy ALL_KEPT = keeping(FOREVER_NS, Long.MAX_VALUE / 2);

  private final StepClock clock;
  private final Mailbox<Arrival> mailbox = new Mailbox<>(ARRIVALS_MAX, 0);
  private final Mailbox<Settled> settlements = new Mailbox<>(NEWS_MAX, 0);
  private final Mailbox<Committed> news = new Mailbox<>(NEWS_MAX, 0);
  private final StoreDuty duty;
  private long nowNs;

  /**
   * Opens an outbox and begins at the first second.
   *
   * @param policy how much is kept
   */
  StoreLoad(
      Outbox outbox, EpochRow epoch, StepClock clock, StorePolicy policy, RandomGenerator random)
      throws StoreException {
    this.clock = clock;
    duty =
        new StoreDuty(
            new StoreParts(
                outbox,
                () -> epoch,
                mailbox,
                settlements,
                List.of(UPLINK),
                List.of(news),
                clock,
                random),
            policy,
            OpenedStore.open(outbox, () -> epoch),
            new Place("ICU-1", "7"));
    duty.doWork(0);
  }

  /** A second at risk, and a limit of age and of size. */
  static StorePolicy keeping(long ns, long bytes) {
    return StorePolicy.of(AT_RISK_NS, ns, bytes);
  }

  /** Keeps what fits. */
  static StorePolicy keepingBytes(long bytes) {
    return keeping(FOREVER_NS, bytes);
  }

  /** An epoch for a fresh store. */
  static EpochRow firstEpoch(String bootId) {
    return new EpochRow(1, ORIGIN, bootId, 0);
  }

  /** Stores what a second brought, each alarm before anything that comes later, as in life. */
  void second(List<Arrival> arrivals) throws StoreException {
    for (Arrival arrival : arrivals) {
      offer(arrival);
      if (Lane.of(arrival.reading()) == Lane.ALARM) duty.doWork(nowNs);
    }
    commitAll();
  }

  /**
   * The same, where all of a second is there at once, and a receiver has it soon: an alarm is
   * committed with the rest.
   */
  void secondAtOnce(List<Arrival> arrivals) throws StoreException {
    for (Arrival arrival : arrivals) offer(arrival);
    commitAll();
    deliver();
  }

  /** A receiver has all that was committed so far: the next commit says so. */
  void deliver() {
    for (Committed committed : news.takeNow()) {
      for (BlockKey key : committed.blocks()) {
        Settled done =
            new Settled(
                UPLINK,
                key.epoch(),
                key.lane(),
                key.firstSeq(),
                key.lastSeq(),
                Settled.How.DELIVERED);
        if (!settlements.offer(done)) throw new IllegalStateException("mailbox full");
      }
    }
  }

  /** There is no receiver. */
  void deliverNothing() {
    news.takeNow();
  }

  StoreStats stats() {
    return duty.stats();
  }

  @Override
  public void close() {
    duty.close();
  }

  private void offer(Arrival arrival) {
    if (!mailbox.offer(arrival)) throw new IllegalStateException("mailbox full");
  }

  /** When this returns, all that was offered is durable. */
  private void commitAll() throws StoreException {
    while (mailbox.size() > 0) duty.doWork(nowNs);
    nowNs += SECOND_NS;
    clock.moveTo(nowNs);
    duty.doWork(nowNs);
    StoreStats stats = duty.stats();
    if (!stats.fault().isEmpty()) throw new StoreException(stats.fault());
    if (stats.atRisk() > 0) throw new IllegalStateException(stats.atRisk() + " left over");
  }
}
