package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.time.Duty;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DutyThreadTest {

  private static final long PATIENCE_MS = 10_000;

  private final VirtualClock clock = new VirtualClock();
  private final ScriptedDuty duty = new ScriptedDuty();
  private final DutyThread thread = new DutyThread(duty, 5, clock, PortBench.random());

  @AfterEach
  void stop() {
    thread.stop();
    assertTrue(thread.ended(PATIENCE_MS));
  }

  @Test
  void aDutyThatWasNeverStartedHasEnded() {
    assertTrue(thread.ended(PATIENCE_MS));
    assertEquals(0, duty.closed.availablePermits());
  }

  @Test
  void anIdleDutyIsCalledAgainAndClosedOnce() {
    thread.start();
    await(duty.steps, 20);
    thread.stop();
    await(duty.closed, 1);
    assertTrue(thread.ended(PATIENCE_MS));
    assertEquals(0, duty.closed.availablePermits());
  }

  @Test
  void theCheckpointIsTheTimeOfTheStep() {
    thread.start();
    await(duty.steps, 1);
    clock.advance(500);
    long nowNs = clock.bootNs();
    while (thread.checkpointNs() != nowNs) await(duty.steps, 1);
  }

  @Test
  void aWokenDutyDoesNotPause() {
    DutyThread sleeper = new DutyThread(duty, 3_600_000, clock, PortBench.random());
    sleeper.start();
    for (int i = 0; i < 100; i++) {
      await(duty.steps, 1);
      sleeper.wake();
    }
    sleeper.stop();
    assertTrue(sleeper.ended(PATIENCE_MS), "also while it pauses for an hour");
  }

  @Test
  void aFailureIsCountedAndTheDutyGoesOnAfterAWait() {
    duty.throwing = new IllegalStateException("a bug");
    thread.start();
    await(duty.steps, 1);
    for (int failures = 1; failures < 5; failures++) {
      while (thread.failuresInRow() < failures) Thread.onSpinWait();
      assertEquals(0, duty.steps.availablePermits(), "not before the wait is over");
      clock.advance(30_000);
      await(duty.steps, 1);
    }
  }

  @Test
  void theWaitAfterAFailureIsNoHang() {
    duty.throwing = new StackOverflowError();
    thread.start();
    await(duty.steps, 1);
    while (thread.failuresInRow() < 1) Thread.onSpinWait();
    clock.advance(100);
    long nowNs = clock.bootNs();
    while (thread.checkpointNs() != nowNs) Thread.onSpinWait();
    assertEquals(1, thread.failuresInRow());
  }

  @Test
  void failuresFarApartHaveNothingToDoWithEachOther() {
    duty.throwing = new IllegalStateException("a bug");
    thread.start();
    while (thread.failuresInRow() < 1) Thread.onSpinWait();
    duty.throwing = null;
    clock.advance(30_000);
    await(duty.steps, 3);
    clock.advance(TimeUnit.NANOSECONDS.toMillis(DutyThread.CALM_NS) + 1);
    duty.throwing = new IllegalStateException("another");
    duty.steps.drainPermits();
    while (!duty.threwAnother) Thread.onSpinWait();
    thread.stop();
    assertTrue(thread.ended(PATIENCE_MS));
    assertEquals(1, thread.failuresInRow());
  }

  @Test
  void aDutyThatFailsWhileClosingStillEnds() {
    duty.throwsInClose = true;
    thread.start();
    await(duty.steps, 1);
    thread.stop();
    assertTrue(thread.ended(PATIENCE_MS));
  }

  private static void await(Semaphore permits, int count) {
    try {
      assertTrue(permits.tryAcquire(count, PATIENCE_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class ScriptedDuty implements Duty {
    final Semaphore steps = new Semaphore(0);
    final Semaphore closed = new Semaphore(0);
    volatile @Nullable Throwable throwing;
    volatile boolean threwAnother;
    volatile boolean throwsInClose;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public int doWork(long nowNs) {
      steps.release();
      Throwable t = throwing;
      if (t instanceof RuntimeException e) {
        threwAnother = e.getMessage() != null && e.getMessage().equals("another");
        throw e;
      }
      if (t instanceof Error e) throw e;
      return 0;
    }

    @Override
    public void close() {
      closed.release();
      if (throwsInClose) throw new IllegalStateException("while closing");
    }
  }
}
