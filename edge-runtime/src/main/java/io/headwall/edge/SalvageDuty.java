package io.headwall.edge;

import io.headwall.spi.time.Duty;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreStats;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A store that does nothing but bring back what damaged files hold, until it has. */
final class SalvageDuty implements Duty {

  private final StoreDuty store;
  private final Consumer<String> said;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile String fault = "";
  private String last = "";
  private long steps;

  /**
   * Around a store that was opened.
   *
   * @param said told what came of each file, and now and then nothing at all: it goes on
   */
  SalvageDuty(StoreDuty store, Consumer<String> said) {
    this.store = store;
    this.said = said;
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public int doWork(long nowNs) {
    if (over.getCount() == 0) return 0;
    int work = store.doWork(nowNs);
    StoreStats stats = store.stats();
    if (work > 0 && ++steps % 10 == 0) said.accept("");
    if (!stats.salvaged().equals(last)) {
      last = stats.salvaged();
      said.accept(last);
    }
    if (!stats.fault().isEmpty()) fault = stats.fault();
    if (!stats.fault().isEmpty() || !stats.salvaging()) over.countDown();
    return work;
  }

  @Override
  public void close() {
    store.close();
  }

  /** Why it could not go on; empty where all is done. Waits until one or the other is known. */
  String result() throws InterruptedException {
    over.await();
    return fault;
  }
}
