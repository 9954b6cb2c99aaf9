package io.headwall.simulation;

import io.headwall.spi.time.TimeQuality;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Lets the faults of a run strike, each at times of its own. */
final class Storm {

  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long S = TimeUnit.SECONDS.toNanos(1);
  private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
  private static final long TEN_YEARS_NS = 3652 * DAY_NS;
  private static final long OFFLINE_NS_MAX = 240 * S;

  private final Rates rates;
  private final Stepper stepper;
  private final SimClock clock;
  private final Trace trace;
  private final Targets targets;
  private final long offlineNsMax;
  private boolean over;

  /** What it goes by. */
  record World(Rates rates, Stepper stepper, SimClock clock, Trace trace) {}

  /** What can be struck. */
  record Targets(Bed bed, SimBroker broker, Disk disk, Life life) {}

  /**
   * Plans the first strikes.
   *
   * @param lengthNs of the time with faults: the broker can be away for half of it
   */
  Storm(World world, Targets targets, long lengthNs) {
    this.rates = world.rates;
    this.offlineNsMax = Math.max(OFFLINE_NS_MAX, lengthNs / 2);
    this.stepper = world.stepper;
    this.clock = world.clock;
    this.trace = world.trace;
    this.targets = targets;
    for (Fault fault : Fault.values()) {
      if (fault.strikesByItself() && rates.on(fault)) plan(fault);
    }
  }

  /** No more of it; what has been broken is mended. */
  void end() {
    over = true;
    rates.calm();
    targets.bed.heal();
    targets.broker.heal();
    targets.disk.heal();
    clock.sync();
  }

  private void plan(Fault fault) {
    stepper.in(
        rates.waitNs(fault),
        () -> {
          if (over) return;
          rates.struck(fault);
          trace.event(fault.ordinal(), () -> "fault: " + fault.word());
          plan(fault);
          strike(fault, rates.of(fault));
        });
  }

  private void strike(Fault fault, SplittableRandom random) {
    switch (fault) {
      case CUT, LOSE, FLIP, DUPLICATE, WRONG_BAUD, SWAP, POWER_CYCLE -> onLine(fault, random);
      case DROP, OFFLINE, BLACK_HOLE, LOST_ACK, REORDER, TWICE, REFUSE -> onBroker(fault, random);
      case FULL, IO_ERROR, LATE_ERROR, READ_ERROR, SLOW, CRASH_IN_COMMIT -> onDisk(fault, random);
      case CRASH -> targets.life.crash("at a step");
      case RESTART -> targets.life.restart();
      case STALL -> stepper.stall(random.nextLong(4 * S));
      case CLOCK_STEP -> stepClock(random);
      case TORN, CORRUPT, SMALL_CARD, REBOOT, MOVE, CLOCK_UNSET ->
          throw new IllegalStateException("no strike");
    }
  }

  private void onLine(Fault fault, SplittableRandom random) {
    Line line = targets.bed.any();
    boolean ventilator = line.spec().ventilator();
    switch (fault) {
      case CUT -> {
        line.cable(false);
        until(random.nextLong(100 * MS, 30 * S), () -> line.cable(true));
      }
      case WRONG_BAUD -> line.garbageUntil(clock.nowNs() + random.nextLong(200 * MS, 5 * S));
      case SWAP -> line.replace(targets.bed.fresh(line.spec()));
      case POWER_CYCLE -> line.replace(line.model());
      // Nothing in the ventilator's protocol tells a digit from another.
      case FLIP -> {
        if (!ventilator) line.spoil(fault);
      }
      default -> line.spoil(fault);
    }
  }

  private void onBroker(Fault fault, SplittableRandom random) {
    SimBroker broker = targets.broker;
    switch (fault) {
      case DROP -> broker.drop("connection reset");
      case OFFLINE -> {
        broker.offline(true);
        until(random.nextLong(10 * S, offlineNsMax), () -> broker.offline(false));
      }
      case BLACK_HOLE -> {
        broker.blackHole(true);
        until(random.nextLong(5 * S, 90 * S), () -> broker.blackHole(false));
      }
      case LOST_ACK -> broker.loseAcks(1);
      case REORDER -> {
        broker.reorders(true);
        until(random.nextLong(20 * S), () -> broker.reorders(false));
      }
      case TWICE -> broker.twice(1);
      default -> {
        broker.refuses(true);
        until(random.nextLong(100 * MS, 20 * S), () -> broker.refuses(false));
      }
    }
  }

  private void onDisk(Fault fault, SplittableRandom random) {
    Disk disk = targets.disk;
    switch (fault) {
      case FULL -> {
        disk.full(true);
        until(random.nextLong(500 * MS, 30 * S), () -> disk.full(false));
      }
      case IO_ERROR -> disk.next(Disk.Once.FAILS_BEFORE);
      case LATE_ERROR -> disk.next(Disk.Once.FAILS_AFTER);
      case READ_ERROR -> {
        disk.unreadable(true);
        until(random.nextLong(50 * MS, 8 * S), () -> disk.unreadable(false));
      }
      case SLOW -> disk.slow(random.nextLong(100 * MS, 3 * S));
      default ->
          disk.next(random.nextBoolean() ? Disk.Once.CRASHES_BEFORE : Disk.Once.CRASHES_AFTER);
    }
  }

  private void stepClock(SplittableRandom random) {
    long step = random.nextLong(2 * TEN_YEARS_NS) - TEN_YEARS_NS;
    clock.set(clock.wall().epochNs() + step, TimeQuality.RESTORED);
    until(random.nextLong(100 * MS, 120 * S), clock::sync);
  }

  private void until(long ns, Runnable mend) {
    stepper.in(
        ns,
        () -> {
          if (!over) mend.run();
        });
  }
}
