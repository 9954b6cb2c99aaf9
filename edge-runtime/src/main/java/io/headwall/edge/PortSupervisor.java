package io.headwall.edge;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Runs every port on a thread of its own and watches that each goes on. A port whose native call
 * hangs is given up, reported and parked, also for the next start; the others run on. So is a port
 * whose driver fails again and again.
 */
final class PortSupervisor implements Duty {

  private static final long HANGS_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long FAILURES_PARK = 10;
  private static final long STOP_MS_MAX = 1500;

  private final Map<String, Watched> ports = new LinkedHashMap<>();
  private final ParkedPorts parked;
  private final Clocks clocks;

  private record Watched(Port port, DutyThread thread) {}

  PortSupervisor(List<Port> ports, ParkedPorts parked, Clocks clocks, RandomGenerator random) {
    this.parked = parked;
    this.clocks = clocks;
    for (Port port : ports) {
      this.ports.put(port.name(), new Watched(port, new DutyThread(port, clocks, random)));
    }
  }

  @Override
  public String name() {
    return "supervisor";
  }

  /** Starts every port that is not parked. */
  void start() {
    for (Watched watched : ports.values()) {
      String port = watched.port.status().name();
      String why = parked.reason(port);
      if (why == null) {
        watched.thread.start();
      } else {
        Logger.warn("port={} stays parked ({}); clear with: headwall unpark {}", port, why, port);
        watched.port.park(why);
      }
    }
  }

  @Override
  public int doWork(long nowNs) {
    for (Watched watched : ports.values()) {
      String port = watched.port.status().name();
      if (watched.port.parked()) continue;
      if (nowNs - watched.thread.checkpointNs() > HANGS_NS) {
        giveUp(watched, port, "a call to the operating system hangs");
      } else if (watched.thread.failures() >= FAILURES_PARK) {
        giveUp(watched, port, "the driver failed " + watched.thread.failures() + " times");
      }
    }
    return 0;
  }

  private void giveUp(Watched watched, String port, String why) {
    Logger.error("port={} parked: {}; clear with: headwall unpark {}", port, why, port);
    watched.thread.stop();
    watched.port.park(why);
    parked.park(port, why);
  }

  /** Ends all ports at once and waits for those that can end. */
  @Override
  public void close() {
    for (Watched watched : ports.values()) watched.thread.stop();
    long deadline = clocks.bootNs() + TimeUnit.MILLISECONDS.toNanos(STOP_MS_MAX);
    for (Watched watched : ports.values()) {
      if (watched.port.parked()) continue;
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - clocks.bootNs());
      if (!watched.thread.ended(Math.max(1, leftMs))) {
        Logger.warn("{} did not end in time", watched.thread.name());
      }
    }
  }

  /** All ports, in the order of the configuration. */
  List<PortStatus> status() {
    List<PortStatus> all = new ArrayList<>();
    for (Watched watched : ports.values()) all.add(watched.port.status());
    return all;
  }
}
