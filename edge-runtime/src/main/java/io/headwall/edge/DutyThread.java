package io.headwall.edge;

import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Runs one duty on a platform thread of its own until it is stopped. What a duty throws is a bug:
 * it is reported once, counted, and the duty goes on after a wait. A duty with nothing to do pauses
 * for 1 ms, then twice as long each time, up to its longest pause.
 */
final class DutyThread implements Runner {

  /** Failures this far apart have nothing to do with each other. */
  static final long CALM_NS = TimeUnit.MINUTES.toNanos(2);

  private static final long IDLE_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long FAILURE_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long FAILURE_LONGEST_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long FAILURE_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int REPORTED_MAX = 100;

  private final Duty duty;
  private final long idleLongestNs;
  private final Clocks clocks;
  private final Backoff backoff;
  private final Thread thread;
  private final Set<String> reported = new HashSet<>();
  private long idleNs = IDLE_FIRST_NS;
  private long failedNs;
  private volatile boolean stopping;
  private volatile boolean awake;
  private volatile long checkpointNs;
  private volatile int failuresInRow;

  /**
   * A thread that is not started yet.
   *
   * @param idleLongestMs longest pause of a duty that has nothing to do
   */
  DutyThread(Duty duty, long idleLongestMs, Clocks clocks, RandomGenerator random) {
    this.duty = duty;
    this.idleLongestNs = TimeUnit.MILLISECONDS.toNanos(idleLongestMs);
    this.clocks = clocks;
    this.backoff = new Backoff(FAILURE_FIRST_NS, FAILURE_LONGEST_NS, random);
    this.thread = Thread.ofPlatform().name(duty.name()).daemon(true).unstarted(this::run);
  }

  @Override
  public void start() {
    checkpointNs = clocks.bootNs();
    thread.start();
  }

  @Override
  public void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void wake() {
    awake = true;
    LockSupport.unpark(thread);
  }

  @Override
  public boolean ended(long waitMs) {
    if (thread.getState() == Thread.State.NEW) return true;
    try {
      return thread.join(Duration.ofMillis(Math.max(1, waitMs)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String name() {
    return duty.name();
  }

  @Override
  public long checkpointNs() {
    return checkpointNs;
  }

  @Override
  public int failuresInRow() {
    return failuresInRow;
  }

  private void run() {
    while (!stopping) {
      checkpointNs = clocks.bootNs();
      if (step() > 0) idleNs = IDLE_FIRST_NS;
      else pause();
    }
    try {
      duty.close();
    } catch (RuntimeException | Error e) {
      Logger.error(e, "duty={} failed while closing", duty.name());
    }
  }

  private void pause() {
    if (!stopping && !awake) LockSupport.parkNanos(idleNs);
    idleNs = awake ? IDLE_FIRST_NS : Math.min(2 * idleNs, idleLongestNs);
    awake = false;
  }

  private int step() {
    try {
      return duty.doWork(checkpointNs);
    } catch (RuntimeException | Error e) {
      failed(e);
      return 1;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
  private void failed(Throwable e) {
    long nowNs = clocks.bootNs();
    if (failuresInRow > 0 && nowNs - failedNs > CALM_NS) {
      failuresInRow = 0;
      backoff.reset();
    }
    failuresInRow++;
    failedNs = nowNs;
    if (reported.size() < REPORTED_MAX && reported.add(e.toString())) {
      Logger.error(e, "duty={} failed", duty.name());
    }
    waitFor(nowNs, backoff.next());
  }

  private void waitFor(long fromNs, long ns) {
    while (!stopping && clocks.bootNs() - fromNs < ns) {
      checkpointNs = clocks.bootNs();
      LockSupport.parkNanos(Math.min(ns, FAILURE_STEP_NS));
    }
  }
}
