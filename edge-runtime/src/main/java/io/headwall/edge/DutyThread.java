package io.headwall.edge;

import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Runs one duty on a platform thread of its own until it is stopped. What a duty throws is a bug:
 * it is reported once, counted, and the duty goes on after a wait.
 */
final class DutyThread {

  private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long FAILURE_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long FAILURE_LONGEST_NS = TimeUnit.SECONDS.toNanos(30);

  private final Duty duty;
  private final Clocks clocks;
  private final Backoff backoff;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long checkpointNs;
  private final AtomicLong failures = new AtomicLong();
  private String lastFailure = "";

  DutyThread(Duty duty, Clocks clocks, RandomGenerator random) {
    this.duty = duty;
    this.clocks = clocks;
    this.backoff = new Backoff(FAILURE_FIRST_NS, FAILURE_LONGEST_NS, random);
    this.checkpointNs = clocks.bootNs();
    this.thread = Thread.ofPlatform().name(duty.name()).daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks the duty to end; it does so within its own step. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Waits until the duty has ended. */
  boolean ended(long waitMs) {
    try {
      return thread.join(Duration.ofMillis(waitMs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String name() {
    return duty.name();
  }

  /** When the duty last began a step, in monotonic nanoseconds. A duty that hangs stays behind. */
  long checkpointNs() {
    return checkpointNs;
  }

  /** Steps that ended in an exception. */
  long failures() {
    return failures.get();
  }

  private void run() {
    while (!stopping) {
      checkpointNs = clocks.bootNs();
      if (step() == 0 && !stopping) LockSupport.parkNanos(IDLE_NS);
    }
    try {
      duty.close();
    } catch (RuntimeException | Error e) {
      Logger.error(e, "duty={} failed while closing", duty.name());
    }
  }

  private int step() {
    try {
      int work = duty.doWork(checkpointNs);
      if (work > 0) backoff.reset();
      return work;
    } catch (RuntimeException | Error e) {
      failures.incrementAndGet();
      report(e);
      pauseNs(backoff.next());
      return 1;
    }
  }

  private void report(Throwable e) {
    String distinct = e.toString();
    if (!distinct.equals(lastFailure)) Logger.error(e, "duty={} failed", duty.name());
    lastFailure = distinct;
  }

  private void pauseNs(long ns) {
    long end = clocks.bootNs() + ns;
    while (!stopping && clocks.bootNs() < end) {
      checkpointNs = clocks.bootNs();
      LockSupport.parkNanos(Math.min(ns, TimeUnit.MILLISECONDS.toNanos(100)));
    }
  }
}
