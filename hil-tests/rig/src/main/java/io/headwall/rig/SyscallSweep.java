package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the n-th system call of the store fail and watches the box meanwhile: it answers, it goes on
 * reading, it goes on delivering soon after. Then the power is cut, so that whatever was told on
 * the strength of a call that had failed is missed.
 */
final class SyscallSweep {

  private static final Duration STARTS_MAX = Duration.ofSeconds(30);
  private static final Duration ENDS_MAX = Duration.ofSeconds(20);

  /** A call that is not made within this time is taken for one that is never made. */
  private static final Duration WINDOW = Duration.ofMillis(2500);

  /** Longest time without a sign of life, and until all is well after the fault. */
  private static final Duration WELL_MAX = Duration.ofSeconds(5);

  private static final Duration HOLD = Duration.ofMillis(1500);
  private static final String THREAD = "store";

  private final Bed bed;
  private final LoopDisk disk;
  private final Ledger ledger;
  private final List<String> faults = new ArrayList<>();
  private int tried;
  private long slowestMs;

  SyscallSweep(Bed bed, LoopDisk disk) {
    this.bed = bed;
    this.disk = disk;
    this.ledger = new Ledger(bed.box.store(), bed.subscriber);
  }

  Ledger ledger() {
    return ledger;
  }

  /** What was wrong beside what the ledger holds. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Calls that failed. */
  int tried() {
    return tried;
  }

  /** From the end of a fault to the next delivery, at worst. */
  long slowestMs() {
    return slowestMs;
  }

  /**
   * One call of the running box fails, or one and all after it for a while. When that is over, the
   * box must be well soon, and power is cut then.
   *
   * @param before another call that fails first, so that the box comes to make this one
   * @return whether the call was made at all
   */
  boolean whileRunning(List<FailingCalls.Fault> before, FailingCalls.Fault fault)
      throws IOException, StoreException {
    boolean hit;
    try (FailingCalls calls = attach(before, fault)) {
      hit = watchUntilHit(calls, fault);
      if (hit && isLasting(fault)) watch(fault, HOLD);
    }
    awaitWell(fault);
    if (hit) cut(fault);
    return hit;
  }

  /**
   * The same, but power is cut while calls still fail: what was told meanwhile was told on the
   * strength of nothing.
   */
  boolean cutWhileFailing(List<FailingCalls.Fault> before, FailingCalls.Fault fault)
      throws IOException, StoreException {
    try (FailingCalls calls = attach(before, fault)) {
      boolean hit = watchUntilHit(calls, fault);
      if (!hit) return false;
      watch(fault, HOLD);
      cut(fault);
      return true;
    }
  }

  /** One call fails while the box starts: it comes up, or says why not and ends. */
  boolean whileStarting(FailingCalls.Fault fault) throws IOException, StoreException {
    if (bed.box.isAlive()) cut(fault);
    Path output = bed.folder().resolve("strace.txt");
    Files.deleteIfExists(output);
    List<String> strace =
        new ArrayList<>(FailingCalls.command(bed.box.store(), List.of(fault), output));
    strace.addAll(1, List.of("-f", "--seccomp-bpf"));
    bed.box.startUnder(strace);
    int before = bed.subscriber.count();
    Wait.until(
        "it runs or ends with " + fault,
        STARTS_MAX,
        () -> !bed.box.isAlive() || bed.subscriber.count() > before);
    boolean hit = FailingCalls.hit(output, fault.call());
    if (hit) tried++;
    if (!bed.box.isAlive() && bed.box.exit(ENDS_MAX) != 1) {
      faults.add(fault + ": start ended with " + bed.box.exit(ENDS_MAX));
    }
    if (bed.box.isAlive()) {
      cut(fault);
    } else {
      ledger.check(fault.toString());
    }
    return hit;
  }

  private FailingCalls attach(List<FailingCalls.Fault> before, FailingCalls.Fault fault)
      throws IOException {
    if (!bed.box.isAlive()) bed.box.start();
    bed.awaitDelivery(STARTS_MAX);
    List<FailingCalls.Fault> all = new ArrayList<>(before);
    all.add(fault);
    Path output = bed.folder().resolve("strace.txt");
    return FailingCalls.in(bed.box.pid(), THREAD, bed.box.store(), all, output);
  }

  private boolean watchUntilHit(FailingCalls calls, FailingCalls.Fault fault) throws IOException {
    long began = Wait.nowNs();
    boolean hit = calls.hit(fault.call());
    while (!hit && Wait.nowNs() - began < WINDOW.toNanos()) {
      requireAnswer(fault);
      Wait.ms(10);
      hit = calls.hit(fault.call());
    }
    if (hit) tried++;
    return hit;
  }

  private static boolean isLasting(FailingCalls.Fault fault) {
    return fault.when().endsWith("+");
  }

  /** For some time: it answers and goes on reading. */
  private void watch(FailingCalls.Fault fault, Duration time) {
    long began = Wait.nowNs();
    long read = read();
    while (Wait.nowNs() - began < time.toNanos()) {
      requireAnswer(fault);
      Wait.ms(20);
    }
    if (read() <= read) faults.add(fault + ": nothing was read for " + time.toMillis() + " ms");
  }

  /** The fault is over: the store is well again, and what was read meanwhile is delivered. */
  private void awaitWell(FailingCalls.Fault fault) {
    long began = Wait.nowNs();
    int received = bed.subscriber.count();
    while (!isWell() || bed.subscriber.count() <= received) {
      requireAnswer(fault);
      if (Wait.nowNs() - began > WELL_MAX.toNanos()) {
        faults.add(fault + ": not well " + WELL_MAX.toSeconds() + " s after it: " + fault());
        return;
      }
      Wait.ms(10);
    }
    slowestMs = Math.max(slowestMs, TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - began));
  }

  private boolean isWell() {
    return fault().isEmpty();
  }

  private String fault() {
    return bed.status().node("store").text("fault");
  }

  private long read() {
    return bed.status().node("account").number("read");
  }

  private void requireAnswer(FailingCalls.Fault fault) {
    if (bed.box.status() != null) return;
    String how = bed.box.isAlive() ? "does not answer" : "has ended";
    throw new IllegalStateException(fault + ": the box " + how + "; see " + bed.box.log());
  }

  private void cut(FailingCalls.Fault fault) throws IOException, StoreException {
    ledger.look();
    disk.cut();
    bed.box.kill();
    disk.restore();
    ledger.check(fault.toString());
  }
}
