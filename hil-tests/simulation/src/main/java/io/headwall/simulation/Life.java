package io.headwall.simulation;

import io.headwall.spi.time.TimeQuality;
import io.headwall.store.StoreException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the box running as its service manager does: starts it, and starts it again wherever it has
 * ended.
 */
final class Life {

  private static final long RESTART_NS_MIN = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long RESTART_NS_MAX = TimeUnit.SECONDS.toNanos(20);
  private static final long AFTER_FAILURE_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long SYNC_NS_MAX = TimeUnit.SECONDS.toNanos(120);

  private final Box box;
  private final Rates rates;
  private final Surroundings around;
  private final SplittableRandom random;
  private int lives;
  private int crashes;

  /** What a start and an end touch. */
  record Surroundings(
      SimClock clock,
      Stepper stepper,
      Trace trace,
      Disk disk,
      Ledger ledger,
      Truth truth,
      Receiver receiver) {}

  Life(Box box, Rates rates, Surroundings around, SplittableRandom random) {
    this.box = box;
    this.rates = rates;
    this.around = around;
    this.random = random;
  }

  /** The process ends without a word, if one runs. */
  void crash(String where) {
    if (!box.runs()) return;
    crashes++;
    around.trace.event(crashes, () -> "the process ends " + where);
    box.crash();
    if (rates.colours(Fault.TORN)) around.disk.tearLog();
    if (rates.colours(Fault.CORRUPT) && around.disk.damage()) {
      around.ledger.damageStruck();
      around.trace.event(crashes, () -> "the database is damaged");
    }
    ended();
  }

  /** The process is told to stop, and started again. */
  void restart() {
    if (!box.runs()) return;
    around.trace.event(lives, () -> "the process is told to stop");
    box.stop();
    ended();
  }

  private void ended() {
    around.receiver.processEnded();
    if (rates.colours(Fault.REBOOT)) reboot();
    if (rates.colours(Fault.MOVE)) box.move();
    around.stepper.in(random.nextLong(RESTART_NS_MIN, RESTART_NS_MAX), this::start);
  }

  private void reboot() {
    SimClock clock = around.clock;
    clock.boot();
    around.trace.event(lives, () -> "the kernel boots anew");
    if (!rates.colours(Fault.CLOCK_UNSET)) return;
    clock.set(0, TimeQuality.NONE);
    around.stepper.in(random.nextLong(SYNC_NS_MAX), clock::sync);
  }

  /** Starts it, as often as that takes. */
  void start() {
    try {
      box.start();
      lives++;
      around.truth.blind(around.clock.nowNs());
      around.trace.event(lives, () -> "the process runs, epoch " + around.ledger.latest().number);
    } catch (StoreException e) {
      around.trace.event(lives, () -> "the process cannot start: " + e.getMessage());
      around.stepper.in(AFTER_FAILURE_NS, this::start);
    }
  }

  /** Runs of the process so far. */
  int lives() {
    return lives;
  }
}
