package io.headwall.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The only place of the simulator that has threads and clocks. Everything else is told the time and
 * runs on the thread that was started here for it.
 */
final class SimulatorRunner {

  /** Something that is done over and over, and waits by itself in between. */
  @FunctionalInterface
  interface Duty {
    /** Works a little; false when there is nothing left to do, ever. */
    boolean work(long nowNs);
  }

  private SimulatorRunner() {}

  /** Runs a duty on a thread of its own until it ends; the JVM does not wait for it. */
  static void start(String name, Duty duty) {
    Thread thread = new Thread(() -> loop(duty), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void loop(Duty duty) {
    boolean on = true;
    while (on) on = duty.work(System.nanoTime());
  }

  /**
   * Runs {@code work} when the process is told to end, and then ends it with status 0, since to be
   * told to end is the ordinary end of a simulator. The result takes this back.
   */
  static Runnable whenToldToEnd(Runnable work) {
    Thread hook =
        new Thread(
            () -> {
              work.run();
              Runtime.getRuntime().halt(0);
            },
            "told-to-end");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> takeBack(hook);
  }

  private static void takeBack(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // Told to end at this very moment: the hook runs already, and does the same.
    }
  }

  /** Monotonic time; on Linux the same for all processes of one boot. */
  static long nowNs() {
    return System.nanoTime();
  }

  /** The time of day at a moment of {@link #nowNs}, for truth files. */
  static Instant wallAt(long atNs) {
    return Instant.now().minusNanos(System.nanoTime() - atNs);
  }

  /** What the clock of a device shows that is switched on now: UTC. */
  static LocalDateTime deviceClock() {
    return LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
  }
}
