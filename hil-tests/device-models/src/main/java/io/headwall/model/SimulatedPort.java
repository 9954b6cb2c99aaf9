package io.headwall.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A simulated device behind a pseudo terminal, running on a thread of its own until it is closed.
 *
 * <pre>{@code
 * try (SimulatedPort vent = SimulatedPort.open(DeviceKind.PB840, link, 42)) {
 *   ... open the link as a serial port ...
 *   vent.order("alarm f110 HIGH");
 *   vent.unplug();
 *   vent.plug();
 *   List<Said> truth = vent.said();
 * }
 * }</pre>
 *
 * <p>All public methods may be called from any thread.
 */
public final class SimulatedPort implements AutoCloseable {

  private static final int SAID_MAX = 100_000;
  private static final int WAIT_MS_MAX = 10;

  /** Bytes leave in small groups and up to this late, as through a USB adapter. */
  private static final long GRAIN_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final PortPlan plan;
  private final DeviceOnLine device;
  private final ConcurrentLinkedQueue<Errand> errands = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Deque<Said> said = new ArrayDeque<>();
  private final byte[] heard = new byte[1024];
  private @Nullable Pty pty;
  private boolean closing;
  private volatile Optional<Path> node = Optional.empty();

  /** An order on its way to the port's thread; no order means close. */
  private record Errand(Optional<Order> order, CompletableFuture<Boolean> done) {}

  private SimulatedPort(PortPlan plan) {
    this.plan = plan;
    this.device = new DeviceOnLine(plan.name(), plan.model(), plan.scripts(), this::remember);
  }

  /** Opens a device of a known kind without a scenario; its clock shows UTC. */
  public static SimulatedPort open(DeviceKind kind, @Nullable Path link, long seed)
      throws IOException {
    DeviceModel model = kind.create(SimulatorRunner.deviceClock(), seed);
    return open(new PortPlan(kind.id(), model, link, List.of(), message -> {}));
  }

  /** Opens a device as planned and switches it on. */
  public static SimulatedPort open(PortPlan plan) throws IOException {
    SimulatedPort port = new SimulatedPort(plan);
    port.connect();
    port.device.start(SimulatorRunner.nowNs());
    SimulatorRunner.start("simulated-" + plan.name(), port::work);
    return port;
  }

  /** The name of the device. */
  public String name() {
    return plan.name();
  }

  /** The node to open, such as {@code /dev/pts/4}; empty while the cable is out. */
  public Optional<Path> node() {
    return node;
  }

  /** Pulls the cable; when this returns, the node and the link are gone. */
  public void unplug() {
    order("unplug");
  }

  /** Puts the cable in again: a new node, the same link. */
  public void plug() {
    order("plug");
  }

  /**
   * Carries out an order such as {@code "alarm f110 HIGH"} or {@code "silent 60"}.
   *
   * @return false when the device does not know it, or its arguments do not fit
   * @throws IllegalStateException when the port is closed
   */
  public boolean order(String order) {
    return ask(Optional.of(Order.parse(order)));
  }

  /** The last 100 000 values said, oldest first. */
  public List<Said> said() {
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  /** Completes when the port has ended: normally after close, else with what broke it. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  @Override
  public void close() {
    if (!ended.isDone()) ask(Optional.empty());
  }

  private boolean ask(Optional<Order> order) {
    Errand errand = new Errand(order, new CompletableFuture<>());
    errands.add(errand);
    if (ended.isDone()) dismiss();
    boolean done = errand.done.join();
    if (order.isPresent() && ended.isDone()) {
      throw new IllegalStateException("the port of " + plan.name() + " has ended");
    }
    return done;
  }

  private void remember(List<Said> message) {
    synchronized (said) {
      said.addAll(message);
      while (said.size() > SAID_MAX) said.removeFirst();
    }
    plan.truth().accept(message);
  }

  /** One turn of the port's thread. */
  private boolean work(long nowNs) {
    boolean on = false;
    try {
      listen(nowNs);
      device.tick(nowNs);
      runErrands(nowNs);
      reconnect();
      device.deliver(nowNs, this::write);
      if (!closing) pause(nowNs);
      on = !closing;
    } catch (IOException | UncheckedIOException broken) {
      ended.completeExceptionally(broken);
    } finally {
      if (!on) end();
    }
    return on;
  }

  private void listen(long nowNs) throws IOException {
    if (pty == null) return;
    int count = pty.read(heard);
    if (count > 0) device.hear(nowNs, heard, count);
  }

  private void runErrands(long nowNs) throws IOException {
    // Taken off the queue last: what fails on the way is then answered by dismiss().
    for (Errand errand = errands.peek(); errand != null; errand = errands.peek()) {
      boolean done = true;
      if (errand.order.isPresent()) {
        done = device.order(nowNs, errand.order.get());
      } else {
        closing = true;
      }
      reconnect(); // before the answer, so that whoever asked finds it done
      errands.remove(errand);
      errand.done.complete(done);
    }
  }

  private void reconnect() throws IOException {
    boolean wanted = device.cableIn() && !closing;
    if (wanted && pty == null) connect();
    if (!wanted && pty != null) {
      pty.close();
      pty = null;
      node = Optional.empty();
    }
  }

  private void connect() throws IOException {
    Pty fresh = Pty.open(plan.link());
    pty = fresh;
    node = Optional.of(fresh.node());
  }

  private int write(byte[] data, int length) {
    if (pty == null) return 0;
    try {
      return pty.write(data, length);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void pause(long nowNs) {
    long untilDueNs = Math.max(GRAIN_NS, device.nextDueNs() - nowNs);
    int waitMs = (int) Math.min(WAIT_MS_MAX, TimeUnit.NANOSECONDS.toMillis(untilDueNs));
    if (pty != null) {
      pty.await(waitMs);
    } else {
      Pty.sleep(waitMs);
    }
  }

  private void end() {
    try {
      if (pty != null) pty.close();
    } catch (IOException broken) {
      ended.completeExceptionally(broken);
    }
    if (closing) {
      ended.complete(null);
    } else {
      // Changes nothing when the port has told already what broke it.
      ended.completeExceptionally(new IllegalStateException("the port's thread has died"));
    }
    dismiss();
  }

  /** Nobody will run these any more. */
  private void dismiss() {
    for (Errand errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.done.complete(false);
    }
  }
}
