package io.headwall.edge;

import io.headwall.spi.time.Duty;
import io.headwall.store.Intake;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreStats;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * The store duty and what hangs on its steps: after each one the account is taken on the store's
 * own thread, where its two sides belong together, and after each commit the forwarders are told.
 */
final class AccountedStore implements Duty {

  /** Readings come in while the account is taken; an imbalance that stays is a real one. */
  private static final long IMBALANCE_STAYS_NS = TimeUnit.SECONDS.toNanos(1);

  private final StoreDuty store;
  private final Intake intake;
  private final ResendRequest requests;
  private final Runnable committed;
  private long commits;
  private long balancedNs;
  private String fault = "";
  private String salvaged = "";
  private volatile Account account;

  /** Both sides of the account. */
  record Account(Intake.Counts intake, StoreStats store) {
    /** Whether read + made = at risk + stored + dropped. */
    boolean balanced() {
      return intake.read() + store.made()
          == store.atRisk() + store.storedTotal() + intake.droppedTotal();
    }
  }

  /**
   * Around a store duty that has not begun.
   *
   * @param requests what is to be sent once more
   * @param committed run after each commit
   */
  AccountedStore(StoreDuty store, Intake intake, ResendRequest requests, Runnable committed) {
    this.store = store;
    this.intake = intake;
    this.requests = requests;
    this.committed = committed;
    this.account = new Account(intake.counts(), store.stats());
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public int doWork(long nowNs) {
    List<Settled> again = requests.due(nowNs);
    if (!again.isEmpty()) store.owe(again);
    int work = store.doWork(nowNs);
    if (!store.isOwing()) requests.done();
    report(store.stats().fault());
    reportSalvaged(store.stats().salvaged());
    Account now = new Account(intake.counts(), store.stats());
    if (now.balanced() || nowNs - balancedNs >= IMBALANCE_STAYS_NS) account = now;
    if (now.balanced()) balancedNs = nowNs;
    if (now.store().commits() != commits) {
      commits = now.store().commits();
      committed.run();
    }
    return work;
  }

  /** A fault is logged when it begins, when it becomes another one, and when it ends. */
  private void report(String now) {
    if (now.equals(fault)) return;
    if (now.isEmpty()) Logger.info("store writes again");
    else Logger.error("store cannot write: {}", now);
    fault = now;
  }

  private void reportSalvaged(String now) {
    if (!now.equals(salvaged)) Logger.warn("store salvaged: {}", now);
    salvaged = now;
  }

  @Override
  public void close() {
    store.close();
    account = new Account(intake.counts(), store.stats());
  }

  /** As of the last step; any thread may ask. */
  Account account() {
    return account;
  }
}
