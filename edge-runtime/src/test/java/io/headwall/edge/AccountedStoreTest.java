package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Intake;
import io.headwall.store.Lane;
import io.headwall.store.Mailbox;
import io.headwall.store.OpenedStore;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Salvaged;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StoreParts;
import io.headwall.store.StorePolicy;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account at each step of the store. */
final class AccountedStoreTest {

  private final VirtualClock clock = new VirtualClock();
  private final Mailbox<Arrival> arrivals = new Mailbox<>(10, 0);
  private final Intake intake = new Intake(arrivals);
  private final FakeOutbox outbox = new FakeOutbox();
  private int told;
  private final AccountedStore store = around(new ResendRequest(Path.of("/none")));

  private AccountedStore around(ResendRequest requests) {
    return new AccountedStore(
        new StoreDuty(
            new StoreParts(
                outbox,
                () -> new EpochRow(2, new Origin(1), "boot", clock.bootNs()),
                arrivals,
                new Mailbox<>(10, 0),
                List.of(),
                List.of(),
                clock,
                PortBench.random()),
            StorePolicy.of(VirtualClock.ns(1000), Long.MAX_VALUE, Long.MAX_VALUE),
            new OpenedStore(new EpochRow(1, new Origin(1), "boot", clock.bootNs()), Map.of(), ""),
            Place.UNASSIGNED),
        intake,
        requests,
        () -> told++);
  }

  @Test
  void itBalancesAtEveryStepAlsoWhereReadingsAreDropped() {
    for (int step = 0; step < 100; step++) {
      for (int i = 0; i < step % 14; i++) reads();
      clock.advance(100);
      outbox.fails = step > 40 && step < 60;
      store.doWork(clock.bootNs());
      assertTrue(store.account().balanced(), store.account().toString());
    }
    outbox.fails = false;
    clock.advance(20_000);
    store.doWork(clock.bootNs());
    store.close();
    AccountedStore.Account end = store.account();
    assertTrue(end.intake().droppedTotal() > 0);
    assertEquals(0, end.store().atRisk());
    assertEquals(
        end.intake().read() + end.store().made(),
        end.store().storedTotal() + end.intake().droppedTotal());
  }

  @Test
  void theForwardersAreToldOfEachCommit() {
    store.doWork(clock.bootNs());
    assertEquals(1, told, "the box's place");
    reads();
    store.doWork(clock.bootNs());
    assertEquals(1, told, "not yet due");
    clock.advance(1_000);
    store.doWork(clock.bootNs());
    assertEquals(2, told);
  }

  @Test
  void aRequestGoesOnlyWhenItIsDurable(@TempDir Path folder) throws IOException {
    Settled again = new Settled("cis", 1, Lane.NUMERIC, 3, 9, Settled.How.DELIVERED);
    new ResendRequest(folder).leave(List.of(again));
    AccountedStore asked = around(new ResendRequest(folder));
    outbox.fails = true;
    asked.doWork(clock.bootNs());
    assertTrue(Files.exists(folder.resolve(ResendRequest.FILE)));
    outbox.fails = false;
    clock.advance(20_000);
    asked.doWork(clock.bootNs());
    asked.doWork(clock.bootNs());
    assertFalse(Files.exists(folder.resolve(ResendRequest.FILE)));
    assertEquals(List.of(again), outbox.owed);
    asked.close();
    assertTrue(asked.account().balanced(), asked.account().toString());
  }

  @Test
  void anImbalanceThatStaysIsShown() {
    store.doWork(clock.bootNs());
    reads();
    assertEquals(1, arrivals.take().size(), "lost on the way");
    store.doWork(clock.bootNs());
    assertTrue(store.account().balanced(), "it may pass");
    clock.advance(1_000);
    store.doWork(clock.bootNs());
    assertFalse(store.account().balanced());
  }

  private void reads() {
    intake.offer(
        "larch-7",
        LarchDriver.device("7", ""),
        Reading.Numeric.of(LarchDriver.TEMPERATURE, clock.bootNs(), Decimal.of(37)));
  }

  private static final class FakeOutbox implements Outbox {
    boolean fails;
    final List<Settled> owed = new ArrayList<>();

    @Override
    public Map<Lane, Long> open(EpochRow epoch) {
      return Map.of();
    }

    @Override
    public void commit(Commit commit) throws StoreException {
      if (fails) throw new StoreException("told to fail");
      owed.addAll(commit.owed());
    }

    @Override
    public void setAside() {}

    @Override
    public Salvaged salvage(List<String> uplinks, long bytesMax) {
      return Salvaged.NOTHING;
    }

    @Override
    public StoreSize size() {
      return new StoreSize(Map.of(), Map.of(), 0, true);
    }

    @Override
    public OutboxReader newReader() {
      Class<?>[] reader = {OutboxReader.class};
      return (OutboxReader)
          Proxy.newProxyInstance(
              OutboxReader.class.getClassLoader(),
              reader,
              (proxy, method, args) -> method.getReturnType() == List.class ? List.of() : null);
    }

    @Override
    public void close() {}
  }
}
