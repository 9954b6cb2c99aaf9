package io.headwall.edge;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * Has every port run on its own and watches that each goes on. A port whose native call hangs is
 * given up, reported and parked, also for the next start; the others run on. So is a port whose
 * driver fails again and again.
 */
final class PortSupervisor implements Duty {

  private static final long HANGS_NS = TimeUnit.SECONDS.toNanos(5);

  /**
   * Time between two looks that counts at most: where the whole process stood still, no port hung.
   */
  private static final long LOOK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int FAILURES_PARK = 10;
  private static final long IDLE_MS = 50;
  private static final long STOP_MS_MAX = 1000;

  private final List<Watched> ports = new ArrayList<>();
  private final ParkedPorts parked;
  private final Clocks clocks;
  private long lookedNs;

  /** A port, what runs it, and how long that has stood still. */
  private static final class Watched {
    private final String name;
    private final Port port;
    private final Runner runner;
    private long checkpointNs;
    private long stoodNs;

    Watched(Port port, Runner runner) {
      this.name = port.status().name();
      this.port = port;
      this.runner = runner;
    }

    boolean hangs(long sinceLastLookNs) {
      long now = runner.checkpointNs();
      stoodNs = now == checkpointNs ? stoodNs + sinceLastLookNs : 0;
      checkpointNs = now;
      return stoodNs > HANGS_NS;
    }
  }

  PortSupervisor(List<Port> ports, ParkedPorts parked, Clocks clocks, Machine.Runners runners) {
    this.parked = parked;
    this.clocks = clocks;
    for (Port port : ports) {
      this.ports.add(new Watched(port, runners.runner(port, IDLE_MS)));
    }
  }

  @Override
  public String name() {
    return "supervisor";
  }

  /** Starts every port that is not parked. */
  void start() {
    lookedNs = clocks.bootNs();
    for (Watched watched : ports) {
      String port = watched.name;
      String why = parked.reason(port);
      if (why == null) {
        watched.runner.start();
      } else {
        Logger.warn("port={} stays parked ({}); clear with: headwall unpark {}", port, why, port);
        watched.port.park(why);
      }
    }
  }

  @Override
  public int doWork(long nowNs) {
    long sinceNs = Math.min(nowNs - lookedNs, LOOK_NS_MAX);
    lookedNs = nowNs;
    for (Watched watched : ports) {
      if (watched.port.parked()) continue;
      int failures = watched.runner.failuresInRow();
      if (watched.hangs(sinceNs)) {
        giveUp(watched, "a call to the operating system hangs");
      } else if (failures >= FAILURES_PARK) {
        giveUp(watched, "the driver failed " + failures + " times");
      }
    }
    return 0;
  }

  private void giveUp(Watched watched, String why) {
    String port = watched.name;
    Logger.error("port={} parked: {}; clear with: headwall unpark {}", port, why, port);
    watched.runner.stop();
    watched.port.park(why);
    parked.park(port, why);
  }

  /** Ends all ports at once and waits for those that can end. */
  @Override
  public void close() {
    for (Watched watched : ports) watched.runner.stop();
    long deadline = clocks.bootNs() + TimeUnit.MILLISECONDS.toNanos(STOP_MS_MAX);
    for (Watched watched : ports) {
      if (watched.port.parked()) continue;
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - clocks.bootNs());
      if (!watched.runner.ended(leftMs)) {
        Logger.warn("{} did not end in time", watched.runner.name());
      }
    }
  }

  /** All ports, in the order of the configuration. */
  List<PortStatus> status() {
    List<PortStatus> all = new ArrayList<>();
    for (Watched watched : ports) all.add(watched.port.status());
    return all;
  }
}
