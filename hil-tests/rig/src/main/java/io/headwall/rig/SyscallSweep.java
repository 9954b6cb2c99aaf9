package io.headwall.rig;

import io.headwall.rig.FailingCalls.Fault;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets the n-th system call of the store fail and watches the box meanwhile: it answers, it goes on
 * reading, it goes on delivering soon after.
 *
 * <p>Right after the call has failed, and before the store can mend anything, the box stands still
 * while its disk is copied: that is what a power cut at this moment would leave. Whatever was told
 * on the strength of the failed call is missed in the copy. So one life of the box serves many
 * calls.
 */
final class SyscallSweep {

  private static final Duration STARTS_MAX = Duration.ofSeconds(30);
  private static final Duration ENDS_MAX = Duration.ofSeconds(20);

  /** A call that is not made within so many commits of a store that is well, is not made. */
  private static final int COMMITS_MAX = 5;

  /** The same, however slow they are, or the store's way back after a failure. */
  private static final Duration WINDOW = Duration.ofSeconds(3);

  /** From a failed call to what the subscriber hears of it; less than the store waits. */
  private static final long TOLD_MS = 40;

  /** Longest time without a sign of life, and until all is well after the fault. */
  private static final Duration WELL_MAX = Duration.ofSeconds(5);

  private static final Duration HOLD = Duration.ofMillis(1500);

  /** A run is ended by a power cut after so many calls, so that the next look at it is short. */
  private static final int CALLS_A_RUN_MAX = 30;

  private static final String THREAD = "store";

  private final Bed bed;
  private final LoopDisk disk;
  private final Ledger ledger;
  private final List<String> faults = new ArrayList<>();
  private int ofRun;
  private int tried;
  private long slowestMs;

  SyscallSweep(Bed bed, LoopDisk disk) {
    this.bed = bed;
    this.disk = disk;
    this.ledger = Ledger.ofCrowded(bed.box.store(), bed.subscriber);
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

  /** From a fault, or the end of a lasting one, to the next delivery: the longest since asked. */
  long takeSlowestMs() {
    long ms = slowestMs;
    slowestMs = 0;
    return ms;
  }

  /** One call of the running box fails; says whether it was made at all. */
  boolean whileRunning(Fault fault) throws IOException, StoreException {
    boolean hit;
    try (FailingCalls calls = attach(List.of(fault))) {
      hit = watchUntilHit(calls, fault);
      if (hit) checkCopy(fault, TOLD_MS);
    }
    awaitWell(fault);
    return hit;
  }

  /** Two calls fail, the second while the store mends the first. */
  boolean whileRecovering(Fault first, Fault second) throws IOException, StoreException {
    boolean hit;
    try (FailingCalls calls = attach(List.of(first, second))) {
      hit = watchUntilHit(calls, second);
      if (hit) checkCopy(second, TOLD_MS);
    }
    awaitWell(second);
    return hit;
  }

  /**
   * All calls fail for a while; what is told meanwhile is told on the strength of nothing.
   *
   * @param before what makes the store come to make the call
   */
  boolean lasting(List<Fault> before, Fault fault) throws IOException, StoreException {
    List<Fault> all = new ArrayList<>(before);
    all.add(fault);
    boolean hit;
    try (FailingCalls calls = attach(all)) {
      hit = watchUntilHit(calls, fault);
      if (hit) {
        watch(fault, HOLD);
        checkCopy(fault, 0);
      }
    }
    awaitWell(fault);
    return hit;
  }

  /** One call fails while the box starts: it comes up, or says why not and ends. */
  boolean whileStarting(Fault fault) throws IOException, StoreException {
    endRun();
    Path output = output();
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
      cut(fault.toString());
    } else {
      ledger.check(fault.toString());
    }
    return hit;
  }

  private FailingCalls attach(List<Fault> all) throws IOException, StoreException {
    if (ofRun >= CALLS_A_RUN_MAX) endRun();
    if (!bed.box.isAlive()) bed.box.start();
    bed.awaitDelivery(STARTS_MAX);
    return FailingCalls.in(bed.box.pid(), THREAD, bed.box.store(), all, output());
  }

  private Path output() {
    return bed.folder().resolve("strace.txt");
  }

  /**
   * Until the call fails, or the store is well again after a failure, or has made some commits
   * without the call.
   */
  private boolean watchUntilHit(FailingCalls calls, Fault fault) throws IOException {
    long began = Wait.nowNs();
    long commits = commits();
    boolean failed = false;
    boolean hit = calls.hit(fault.call());
    while (!hit && Wait.nowNs() - began < WINDOW.toNanos()) {
      requireAnswer(fault);
      boolean well = isWell();
      if (well && (failed || commits() >= commits + COMMITS_MAX)) break;
      failed = failed || !well;
      Wait.ms(5);
      hit = calls.hit(fault.call());
    }
    hit = hit || calls.hit(fault.call());
    if (hit) {
      tried++;
      ofRun++;
    }
    return hit;
  }

  /** For some time: it answers and goes on reading. */
  private void watch(Fault fault, Duration time) {
    long began = Wait.nowNs();
    long read = read();
    while (Wait.nowNs() - began < time.toNanos()) {
      requireAnswer(fault);
      Wait.ms(20);
    }
    if (read() <= read) faults.add(fault + ": nothing was read for " + time.toMillis() + " ms");
  }

  /** The fault is over: the store is well again, and what was read meanwhile is delivered. */
  private void awaitWell(Fault fault) {
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

  private long commits() {
    return bed.status().node("store").number("commits");
  }

  private long read() {
    return bed.status().node("account").number("read");
  }

  private void requireAnswer(Fault fault) {
    if (bed.box.status() != null) return;
    String how = bed.box.isAlive() ? "does not answer" : "has ended";
    throw new IllegalStateException(fault + ": the box " + how + "; see " + bed.box.log());
  }

  /** Holds what has been told by now against what a cut would leave. */
  private void checkCopy(Fault fault, long toldMs) throws IOException {
    Wait.ms(toldMs);
    bed.box.freeze();
    Map<Identity, String> told;
    Path folder = bed.folder();
    try (LoopDisk copy = disk.copy(folder.resolve("copy.img"), folder.resolve("copy"))) {
      told = ledger.told();
      bed.box.thaw();
      copy.begin();
      ledger.checkCopy(fault.toString(), copy.folder(), told);
    }
  }

  /** Cuts the power of a box that runs; what follows begins in a life of its own. */
  void endRun() throws IOException, StoreException {
    if (bed.box.isAlive()) cut("in between");
  }

  private void cut(String when) throws IOException, StoreException {
    ofRun = 0;
    ledger.look(bed.status());
    disk.cut();
    bed.box.kill();
    disk.restore();
    ledger.check(when);
  }
}
