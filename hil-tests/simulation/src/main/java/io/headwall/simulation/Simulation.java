package io.headwall.simulation;

import io.headwall.edge.Appliance;
import io.headwall.spi.time.Duty;
import io.headwall.store.ForwarderStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one seed: a bed, a box, a broker; a time with faults, then a time without, in which
 * everything must arrive; every checker on throughout.
 */
public final class Simulation {

  private static final long S = TimeUnit.SECONDS.toNanos(1);
  private static final long CALM_NS = 20 * S;
  private static final long DRAIN_NS_MAX = 400 * S;
  private static final long LOOK_NS = 5 * S;
  private static final long CHECK_NS = S;
  private static final int SHOWN_EVENTS = 60;
  private static final long AFTER_NS = 3 * S;
  private static final long LOG_BYTES_MAX = 8 << 20;
  private static final int WEIGHT_MIN = 4;
  private static final int WEIGHT_MAX = 32;
  private static final List<String> WATCHED = List.of("nonin-ox01", "nonin-ox02");

  private final Setup setup;
  private final Tampering tampering;
  private final SimClock clock;
  private final Trace trace;
  private final Stepper stepper;
  private final Disk disk;
  private final Truth truth = new Truth();
  private final Ledger ledger;
  private final Receiver receiver;
  private final Bed bed;
  private final Box box;
  private final Life life;
  private final Rates rates;
  private final String drawn;
  private final Storm storm;
  private long checkedNs;

  /**
   * What is to be run.
   *
   * @param minutes virtual minutes with faults
   * @param allowed faults that may strike, if the seed draws them
   */
  public record Setup(long seed, int minutes, Set<Fault> allowed) {
    public Setup {
      allowed = Set.copyOf(allowed);
    }
  }

  /**
   * How a run ended.
   *
   * @param broken the rule that was broken; empty for none
   * @param account in words, for people
   * @param strikes of each fault that was on
   */
  public record Outcome(
      Setup setup,
      String broken,
      List<String> account,
      long hash,
      String rates,
      Map<Fault, Long> strikes,
      Figures figures) {

    public boolean good() {
      return broken.isEmpty();
    }
  }

  /**
   * Counts of a run.
   *
   * @param virtualNs virtual time that passed
   * @param lives runs of the process
   * @param committed readings committed
   * @param delivered readings that arrived, each counted once
   * @param left readings that left the box, repeats included
   * @param lostWithFile readings that were lost with damage of the card
   * @param salvaged readings that came back out of damaged files
   * @param removed readings that were given up over quota
   * @param slips packets with wrong values that a device's check sum let pass
   * @param strikes of faults
   * @param samples of waves
   */
  public record Figures(
      long virtualNs,
      int lives,
      long commits,
      long committed,
      long delivered,
      long left,
      long messages,
      long messageBytes,
      long slips,
      long lostWithFile,
      long salvaged,
      long removed,
      long strikes,
      long numerics,
      long samples,
      long settings,
      long alarms) {}

  private Simulation(Setup setup, Tampering tampering, Path folder) {
    this.setup = setup;
    this.tampering = tampering;
    SplittableRandom root = new SplittableRandom(setup.seed());
    clock = new SimClock(root.split());
    trace = new Trace(clock);
    stepper = new Stepper(clock, root.split(), this::stepped);
    rates = new Rates(root.split(), setup.allowed());
    drawn = rates.toString();
    disk = new Disk(folder, root.split());
    if (rates.colours(Fault.SMALL_CARD)) {
      disk.weighs(rates.of(Fault.SMALL_CARD).nextInt(WEIGHT_MIN, WEIGHT_MAX));
    }
    ledger = new Ledger(clock, trace, truth);
    receiver = new Receiver(clock, trace, ledger, tampering.consumer(WATCHED));
    SimBroker broker = new SimBroker(stepper, trace, root.split(), receiver);
    bed = new Bed(clock, stepper, trace, root.split());
    bed.lines().values().forEach(truth::add);
    box =
        new Box(
            new Box.World(clock, stepper, disk, broker, ledger, bed.lines(), tampering),
            root.split());
    life =
        new Life(
            box,
            rates,
            new Life.Surroundings(clock, stepper, trace, disk, ledger, truth, receiver),
            root.split());
    storm =
        new Storm(
            new Storm.World(rates, stepper, clock, trace),
            new Storm.Targets(bed, broker, disk, life),
            TimeUnit.MINUTES.toNanos(setup.minutes()));
  }

  /** Runs a seed. */
  public static Outcome run(Setup setup) {
    return run(setup, new Tampering());
  }

  static Outcome run(Setup setup, Tampering tampering) {
    Path folder = freshFolder();
    try {
      return new Simulation(setup, tampering, folder).outcome();
    } finally {
      if (Files.exists(folder)) Disk.delete(folder);
    }
  }

  private static Path freshFolder() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "hw-sim")
          : Files.createTempDirectory("hw-sim");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome() {
    String broken = "";
    List<String> account = List.of();
    try {
      play();
    } catch (Violation v) {
      broken = v.rule();
      account = account(v.getMessage(), v.atNs() < 0 ? shown() : eventsUntil(v.atNs() + AFTER_NS));
    } catch (RuntimeException e) {
      // A bug of the box or of this simulation: one seed fails, the others go on.
      broken = "threw";
      account = account(e + " at " + List.of(e.getStackTrace()).subList(0, 8), shown());
    } finally {
      disk.delete();
    }
    return new Outcome(
        setup, broken, account, trace.hash(), drawn, Map.copyOf(rates.strikes()), figures());
  }

  private List<String> account(@Nullable String what, List<String> events) {
    List<String> lines = new ArrayList<>();
    lines.add("broken: " + what);
    lines.add("faults drawn: " + drawn);
    lines.add("the last events:");
    for (String event : events) lines.add("  " + event);
    return lines;
  }

  private List<String> shown() {
    return trace.lastEvents(SHOWN_EVENTS);
  }

  /**
   * What led to something that was only noticed at the end: the same run once more, up to there.
   */
  private List<String> eventsUntil(long worldNs) {
    Path folder = freshFolder();
    Simulation again = new Simulation(setup, tampering, folder);
    try {
      again.life.start();
      again.run(worldNs);
      return again.shown();
    } finally {
      again.disk.delete();
    }
  }

  private void play() {
    life.start();
    run(TimeUnit.MINUTES.toNanos(setup.minutes()));
    storm.end();
    trace.event(1, () -> "all faults end");
    run(clock.nowNs() + CALM_NS);
    bed.silence();
    long deadlineNs = clock.nowNs() + DRAIN_NS_MAX;
    while (!drained() && clock.nowNs() < deadlineNs) run(clock.nowNs() + LOOK_NS);
    if (!drained()) throw new Violation("drains", "still owed: " + ledger.owed() + "; " + owing());
    ledger.requireAllDelivered();
    truth.requireGapsMarked(clock.nowNs() - CALM_NS);
    receiver.requireGoodEnd();
  }

  private String owing() {
    Appliance.Accounts accounts = box.accounts();
    return accounts == null ? "the box does not run" : accounts.toString();
  }

  private void run(long untilNs) {
    while (clock.nowNs() < untilNs) {
      try {
        stepper.run(untilNs);
      } catch (Crash c) {
        life.crash(String.valueOf(c.getMessage()));
      }
    }
  }

  private boolean drained() {
    Appliance.Accounts accounts = box.accounts();
    return accounts != null && ledger.owed() == 0 && accounts.store().atRisk() == 0;
  }

  /** After each step of a duty. */
  private void stepped(Duty duty) {
    trace.mix(clock.nowNs());
    boolean store = duty.name().equals("store");
    if (!store && !duty.name().startsWith("forward")) return;
    Appliance.Accounts accounts = box.accounts();
    if (accounts == null) return;
    if (store) balance(accounts);
    else accounts.uplinks().forEach(this::balance);
    if (clock.nowNs() - checkedNs < CHECK_NS) return;
    checkedNs = clock.nowNs();
    requireAllowed();
    requireQuota();
  }

  private void balance(Appliance.Accounts a) {
    long settled = a.store().storedTotal() + a.store().atRisk() + a.intake().droppedTotal();
    if (a.intake().read() + a.store().made() != settled)
      throw new Violation("account", "read is not: " + a);
    long stored = ledger.committedCount() - box.committedBefore();
    boolean well = a.store().fault().isEmpty();
    if (well ? a.store().storedTotal() != stored : a.store().storedTotal() > stored) {
      throw new Violation("account", "stored is " + stored + ", not: " + a.store());
    }
  }

  private void balance(ForwarderStats s) {
    if (s.balanced()) return;
    throw new Violation("account", "stored is not what has become of it: " + s);
  }

  private void requireQuota() {
    long bytes = disk.bytes();
    if (bytes > Box.bytesMax(disk.weight()) || disk.logBytes() > LOG_BYTES_MAX) {
      throw new Violation(
          "quota",
          bytes
              + " and "
              + disk.logBytes()
              + " bytes on the card, of which one counts for "
              + disk.weight());
    }
  }

  private static final Map<Boolean, Set<String>> MAY_BE_SENT =
      Map.of(true, Set.of("SNDF\r", "SNDA\r", "RSET\r"), false, Set.of());

  private void requireAllowed() {
    for (Line line : bed.lines().values()) {
      Set<String> may = MAY_BE_SENT.getOrDefault(line.spec().ventilator(), Set.of());
      for (String sent : line.takeSent()) {
        if (!may.contains(sent)) {
          throw new Violation("allow-list", line.spec().port() + " was sent " + sent);
        }
      }
    }
  }

  private Figures figures() {
    return new Figures(
        clock.nowNs(),
        life.lives(),
        ledger.commits(),
        ledger.committedCount(),
        receiver.delivered(),
        receiver.entries(),
        receiver.messages(),
        receiver.bytes(),
        truth.slips(),
        ledger.lostWithFile(),
        ledger.salvaged(),
        ledger.removed(),
        rates.strikes().values().stream().mapToLong(Long::longValue).sum(),
        truth.load().numerics(),
        truth.load().samples(),
        truth.load().settings(),
        truth.load().alarms());
  }

  /** CPU time of this process so far. */
  static long cpuNs() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
