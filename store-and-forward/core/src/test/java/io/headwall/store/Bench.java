package io.headwall.store;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Store and forwarder on one virtual clock, with an outbox in memory and a receiver of the test's.
 */
final class Bench {

  static final Metric PULSE =
      new Metric(
          Mdc.PULS_OXIM_PULS_RATE,
          MdcUnit.BEAT_PER_MIN,
          Containment.of(Mdc.DEV_PLETH_VMD, Mdc.DEV_PLETH_VMD, Mdc.DEV_PLETH_VMD));
  static final Metric ALARM = Metric.unitless(Mdc.EVT_ALARM, PULSE.containment());
  static final DeviceIdentity DEVICE =
      new DeviceIdentity("Larch", "T1", "7", null, "", Mdc.DEV_PLETH_VMD);
  static final Place BED_1 = new Place("ICU", "1");

  static final ForwarderPolicy POLICY =
      new ForwarderPolicy(
          Set.of(Lane.values()),
          ForwarderPolicy.UNLIMITED,
          ForwarderPolicy.UNLIMITED,
          1_000_000_000L,
          4_000_000_000L);

  final MemoryOutbox outbox;
  final Mailbox<Arrival> arrivals = new Mailbox<>(10_000, 0);
  final Mailbox<Settled> settlements = new Mailbox<>(10_000, 0);
  final Mailbox<Committed> news = new Mailbox<>(1000, 0);
  private final Mailbox<Committed> otherNews = new Mailbox<>(1000, 0);
  private final List<Forwarder> others = new ArrayList<>();
  final Intake intake = new Intake(arrivals);
  final Receiver receiver = new Receiver();
  final StoreDuty store;
  final Forwarder forwarder;
  final EpochRow epoch;
  long nowMs = 1_000_000;

  Bench(MemoryOutbox outbox, int epochNumber) throws StoreException {
    this(outbox, epochNumber, POLICY);
  }

  Bench(MemoryOutbox outbox, int epochNumber, ForwarderPolicy policy) throws StoreException {
    this(outbox, epochNumber, policy, 1L << 40);
  }

  Bench(MemoryOutbox outbox, int epochNumber, ForwarderPolicy policy, long quotaBytes)
      throws StoreException {
    this.outbox = outbox;
    this.epoch = new EpochRow(epochNumber, new Origin(0x0200_00FF_FE00_0001L), "boot", ns(nowMs));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    store =
        new StoreDuty(
            new StoreParts(
                outbox,
                this::nextEpoch,
                arrivals,
                settlements,
                List.of("cis"),
                List.of(news, otherNews),
                new VirtualClocks(),
                random),
            StorePolicy.of(ns(1000), ns(1_000_000_000), quotaBytes),
            OpenedStore.open(outbox, () -> epoch),
            BED_1);
    forwarder =
        new Forwarder(
            new ForwarderParts(
                "cis",
                receiver,
                outbox.newReader(),
                epoch,
                news,
                settlements,
                text -> intake.event(ns(nowMs), text),
                () -> "{}",
                random),
            policy);
  }

  private EpochRow nextEpoch() {
    return new EpochRow(epoch.epoch() + 1 + outbox.setAside, epoch.origin(), "boot", ns(nowMs));
  }

  /** A second receiver, told of commits from now on. */
  Receiver alsoTo(String name) throws StoreException {
    Receiver other = new Receiver();
    otherNews.takeNow();
    others.add(
        new Forwarder(
            new ForwarderParts(
                name,
                other,
                outbox.newReader(),
                epoch,
                otherNews,
                settlements,
                text -> intake.event(ns(nowMs), text),
                () -> "{}",
                RandomGeneratorFactory.of("L64X128MixRandom").create(2)),
            POLICY));
    return other;
  }

  /** Lets time pass in steps of 10 ms. */
  void runFor(long ms) {
    for (long end = nowMs + ms; nowMs < end; nowMs += 10) {
      store.doWork(ns(nowMs));
      forwarder.doWork(ns(nowMs));
      for (Forwarder other : others) other.doWork(ns(nowMs));
    }
  }

  void pulse(long value) {
    intake.offer("larch-7", DEVICE, reading(value));
  }

  Reading reading(long value) {
    return Reading.Numeric.of(PULSE, ns(nowMs), Decimal.of(value));
  }

  void alarm(String text) {
    intake.offer(
        "larch-7",
        DEVICE,
        new Reading.Alarm(
            ALARM, ns(nowMs), Reading.AlarmState.ACTIVE, Reading.AlarmPriority.HIGH, text));
  }

  static long ns(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private final class VirtualClocks implements Clocks {
    @Override
    public long bootNs() {
      return ns(nowMs);
    }

    @Override
    public String bootId() {
      return "boot";
    }

    @Override
    public WallTime wall() {
      return new WallTime(ns(nowMs), ns(nowMs) + 1_700_000_000_000_000_000L, TimeQuality.SYNCED, 0);
    }
  }

  /** A receiver that does as the test says. */
  static final class Receiver implements Uplink {
    boolean reachable = true;
    boolean answers = true;
    @Nullable String refuses;
    Pack.@Nullable Kind refusesKind;
    long oldestLiveNs;
    int window = 8;
    final List<Pack> packs = new ArrayList<>();
    final Map<String, Integer> times = new HashMap<>();
    private boolean connecting;
    private boolean up;
    private final List<Pack> undecided = new ArrayList<>();

    @Override
    public void connect(long nowNs) {
      connecting = true;
    }

    @Override
    public void send(long nowNs, Pack pack) {
      if (!up) throw new IllegalStateException("sent while down");
      undecided.add(pack);
      for (Entry e : pack.entries()) {
        if (pack.kind() == Pack.Kind.HISTORY) break;
        oldestLiveNs = Math.max(oldestLiveNs, nowNs - e.reading().measuredNs());
      }
      if (undecided.size() > window) throw new IllegalStateException("window exceeded");
    }

    @Override
    public void status(long nowNs, String json) {}

    @Override
    public void poll(long nowNs, Events out) {
      if (connecting) {
        connecting = false;
        up = reachable;
        if (reachable) out.up(window);
        else out.down("refused");
      }
      if (up && !reachable) {
        up = false;
        undecided.clear();
        out.down("reset");
      }
      if (!up || !answers) return;
      for (Pack pack : undecided) decide(pack, out);
      undecided.clear();
    }

    private void decide(Pack pack, Events out) {
      String refusing = refuses;
      boolean contains =
          refusing != null
              && pack.entries().stream().anyMatch(e -> e.toString().contains(refusing));
      if (contains || pack.kind() == refusesKind) {
        out.rejected(pack.id(), "400");
        return;
      }
      packs.add(pack);
      for (Entry e : pack.entries()) {
        times.merge(pack.epoch() + ":" + pack.lane() + ":" + e.seq(), 1, Integer::sum);
      }
      out.accepted(pack.id());
    }

    List<Pack> packs(Pack.Kind kind) {
      return packs.stream().filter(p -> p.kind() == kind).toList();
    }

    long readings(Lane lane) {
      return times.keySet().stream().filter(k -> k.contains(":" + lane + ":")).count();
    }

    @Override
    public void disconnect(long nowNs) {
      up = false;
    }

    @Override
    public void close() {}
  }
}
