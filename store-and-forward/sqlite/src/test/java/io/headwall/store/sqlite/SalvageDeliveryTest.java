package io.headwall.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import io.headwall.store.Arrival;
import io.headwall.store.BlockKey;
import io.headwall.store.Committed;
import io.headwall.store.Entry;
import io.headwall.store.EpochRow;
import io.headwall.store.Forwarder;
import io.headwall.store.ForwarderParts;
import io.headwall.store.ForwarderPolicy;
import io.headwall.store.ForwarderStats;
import io.headwall.store.Lane;
import io.headwall.store.Mailbox;
import io.headwall.store.OpenedStore;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StoreParts;
import io.headwall.store.StorePolicy;
import io.headwall.store.Uplink;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a file that is damaged while the box runs, and what its receiver gets of it. */
class SalvageDeliveryTest {

  private static final int PAGE_BYTES = 1_024;
  private static final Place BED = new Place("ICU", "1");
  private static final long MS = 1_000_000L;

  @TempDir Path folder;
  private final Mailbox<Arrival> arrivals = new Mailbox<>(10_000, 0);
  private final Mailbox<Settled> settlements = new Mailbox<>(10_000, 0);
  private final Mailbox<Committed> news = new Mailbox<>(1_000, 0);
  private final Receiver receiver = new Receiver();
  private int epoch;
  private long nowNs = 1_000_000 * MS;
  private long values;

  private EpochRow next() {
    EpochRow row = Samples.epoch(++epoch);
    return new EpochRow(epoch, row.origin(), "boot", nowNs);
  }

  /** The store and the uplink of one process. */
  private final class Run {
    final StoreDuty store;
    final Forwarder forwarder;

    Run() throws StoreException {
      SqliteOutbox outbox = new SqliteOutbox(new StoreFile(folder, PAGE_BYTES), 0);
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
      OpenedStore opened = OpenedStore.open(outbox, SalvageDeliveryTest.this::next);
      store =
          new StoreDuty(
              new StoreParts(
                  outbox,
                  SalvageDeliveryTest.this::next,
                  arrivals,
                  settlements,
                  List.of("cis"),
                  List.of(news),
                  new VirtualClocks(),
                  random),
              StorePolicy.of(1_000 * MS, 1L << 60, 1L << 40),
              opened,
              BED);
      forwarder =
          new Forwarder(
              new ForwarderParts(
                  "cis",
                  receiver,
                  outbox.newReader(),
                  opened.epoch(),
                  news,
                  settlements,
                  text -> {},
                  () -> "{}",
                  random),
              ForwarderPolicy.DEFAULT);
    }

    /** Three readings a second. */
    void record(int seconds) {
      for (int second = 0; second < seconds; second++) {
        for (int n = 0; n < 3; n++) {
          arrivals.offer(new Arrival("device-1", Samples.numeric(++values, nowNs)));
        }
        for (int step = 0; step < 20; step++) {
          nowNs += 50 * MS;
          store.doWork(nowNs);
          forwarder.doWork(nowNs);
        }
      }
    }

    void stop() {
      store.close();
      forwarder.close();
    }
  }

  @Test
  void whatIsWholeIsDeliveredOnceUnderItsOldIdentity() throws Exception {
    Run run = new Run();
    run.record(40);
    long before = receiver.packs.size();
    assertTrue(before > 0);
    receiver.reachable = false;
    run.record(400);
    run.stop();
    run = new Run();
    run.record(60);
    damagePage();
    receiver.reachable = true;
    run.record(60);
    assertFalse(run.store.stats().salvaging());
    String said = run.store.stats().salvaged();
    assertTrue(said.contains("readings of 2 epochs are back"), said);
    assertEquals(3, receiver.packs.stream().mapToInt(Pack::epoch).distinct().count());
    explained(run);
    run.stop();
  }

  @Test
  void aBoxThatStartsOverADamagedFileDeliversToo() throws Exception {
    Run run = new Run();
    receiver.reachable = false;
    run.record(400);
    run.stop();
    // Opening takes what is in the log into the file.
    run = new Run();
    run.stop();
    damagePage();
    damageHead();
    run = new Run();
    run.record(60);
    receiver.reachable = true;
    run.record(60);
    assertEquals(2, receiver.packs.stream().mapToInt(Pack::epoch).distinct().count());
    explained(run);
    run.stop();
  }

  /** Each value once, with bed and time as it was read; each that is missing told of. */
  private void explained(Run run) {
    Map<Long, Entry> byValue = new TreeMap<>();
    long told = 0;
    for (Pack pack : receiver.packs) {
      assertEquals(BED, pack.place());
      for (Entry e : pack.entries()) {
        assertTrue(e.measured().quality().trusted(), () -> "" + e);
        if (e.reading() instanceof Reading.Removed r) told += r.readings();
        if (!(e.reading() instanceof Reading.Numeric n) || n.value() == null) continue;
        assertEquals(null, byValue.put(n.value().unscaled(), e), "twice: " + e);
        assertEquals(
            n.measuredNs() + 1_700_000_000_000_000_000L, e.measured().epochNs(), () -> "" + e);
      }
    }
    assertTrue(told > 0, "the damage must hit something");
    assertEquals(values, byValue.size() + told);
    ForwarderStats stats = run.forwarder.stats();
    assertEquals(0, stats.pending());
    assertEquals(stats.stored(), stats.delivered() + stats.dead() + stats.lost());
  }

  /** Writes zeros over a page of numerics, in the midst of their epoch. */
  private void damagePage() throws Exception {
    Path path = folder.resolve("outbox.db");
    try (Found found = new Found(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      List<BlockKey> numerics = new ArrayList<>(found.blocks.keySet());
      numerics.removeIf(key -> key.lane() != Lane.NUMERIC || key.epoch() != 1);
      numerics.sort(Comparator.comparingLong(BlockKey::firstSeq));
      Set<Integer> pages = found.pagesOf.getOrDefault(numerics.get(numerics.size() / 2), Set.of());
      file.seek((Collections.max(pages) - 1L) * PAGE_BYTES);
      file.write(new byte[PAGE_BYTES]);
    }
  }

  private void damageHead() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("outbox.db").toFile(), "rw")) {
      file.write(new byte[50]);
    }
  }

  private final class VirtualClocks implements Clocks {
    @Override
    public long bootNs() {
      return nowNs;
    }

    @Override
    public String bootId() {
      return "boot";
    }

    @Override
    public WallTime wall() {
      return new WallTime(nowNs, nowNs + 1_700_000_000_000_000_000L, TimeQuality.SYNCED, 0);
    }
  }

  /** Takes whatever comes, as long as it can be reached. */
  private static final class Receiver implements Uplink {
    boolean reachable = true;
    final List<Pack> packs = new ArrayList<>();
    private final List<Pack> undecided = new ArrayList<>();
    private boolean connecting;
    private boolean up;

    @Override
    public void connect(long nowNs) {
      connecting = true;
    }

    @Override
    public void send(long nowNs, Pack pack) {
      undecided.add(pack);
    }

    @Override
    public void status(long nowNs, String json) {}

    @Override
    public void poll(long nowNs, Events out) {
      if (connecting) {
        connecting = false;
        up = reachable;
        if (up) out.up(8);
        else out.down("refused");
      }
      if (up && !reachable) {
        up = false;
        undecided.clear();
        out.down("reset");
      }
      for (Pack pack : undecided) {
        packs.add(pack);
        out.accepted(pack.id());
      }
      undecided.clear();
    }

    @Override
    public void disconnect(long nowNs) {
      up = false;
    }

    @Override
    public void close() {}
  }
}
