package io.headwall.model;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A device, its line, its cable and the scripts it plays: everything of a simulated port that needs
 * no clock and no I/O. Used by {@link SimulatedPort}, and by tests under a virtual clock.
 *
 * <p>Owned by the thread of its port.
 */
public final class DeviceOnLine {

  /** What every device understands beside its own orders. */
  public static final List<OrderKind> COMMON_ORDERS =
      List.of(
          OrderKind.of("silent", "SECONDS", "says nothing for so long; 0 ends it"),
          OrderKind.of("power-cycle", "", "off and on again"),
          OrderKind.of("unplug", "", "cable out: the reader sees a hang-up"),
          OrderKind.of("plug", "", "cable in again, on a new pseudo terminal"));

  private static final int SILENT_S_MAX = 86_400;

  private final DeviceModel model;
  private final PacedLine line;
  private final List<Script> scripts;
  private final Wire wire = this::send;
  private long startNs;
  private long silentUntilNs = Long.MIN_VALUE;
  private boolean cableIn = true;

  /** {@code truth} hears the values of each message when it has left, or was lost. */
  public DeviceOnLine(
      String name, DeviceModel model, List<Script> scripts, Consumer<List<Said>> truth) {
    this.model = model;
    this.line = new PacedLine(name, model.baud(), truth);
    this.scripts = List.copyOf(scripts);
  }

  /** Switches the device on; its scripts start. */
  public void start(long nowNs) {
    startNs = nowNs;
    model.onPowerOn(nowNs, wire);
  }

  /** Bytes from the other end have arrived. */
  public void hear(long nowNs, byte[] data, int length) {
    model.onBytes(nowNs, data, length, wire);
  }

  /** Plays the scripts and lets the device speak. */
  public void tick(long nowNs) {
    for (Script script : scripts) {
      for (Order order : script.due(nowNs - startNs)) {
        if (!order(nowNs, order)) throw new IllegalStateException("no such order: " + order.text());
      }
    }
    model.onTick(nowNs, wire);
  }

  /** Hands on the bytes that have left the device by now. */
  public void deliver(long nowNs, PacedLine.Sink sink) {
    line.deliver(nowNs, sink);
  }

  /** When the next byte will have left; {@link Long#MAX_VALUE} when the line is idle. */
  public long nextDueNs() {
    return line.nextDueNs();
  }

  /** Whether the cable ought to be in. */
  public boolean cableIn() {
    return cableIn;
  }

  /** Carries out an order; false when there is none of that name, or its arguments do not fit. */
  public boolean order(long nowNs, Order order) {
    return switch (order.name()) {
      case "silent" -> silent(nowNs, Numbers.count(order.arg(0, ""), SILENT_S_MAX));
      case "power-cycle" -> {
        line.clear();
        model.onPowerOn(nowNs, wire);
        yield true;
      }
      case "unplug" -> {
        cableIn = false;
        yield true;
      }
      case "plug" -> {
        cableIn = true;
        yield true;
      }
      default -> model.order(nowNs, order);
    };
  }

  private boolean silent(long nowNs, int seconds) {
    if (seconds < 0) return false;
    silentUntilNs = nowNs + TimeUnit.SECONDS.toNanos(seconds);
    return true;
  }

  private void send(Message message) {
    if (message.dueNs() >= silentUntilNs) line.send(message);
  }
}
