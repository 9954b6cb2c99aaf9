package io.headwall.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run of the command: ports are opened, then control lines obeyed until it is over. */
final class SimulatorSession implements AutoCloseable {

  private final PrintWriter out;
  private final List<SimulatedPort> ports = new ArrayList<>();
  private final CompletableFuture<Void> ending = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  SimulatorSession(PrintWriter out) {
    this.out = out;
  }

  /** Opens one more device. Its scripts start now. */
  void open(BedFile.Device device, List<Script> extra, Optional<TruthFile> truth)
      throws IOException {
    List<Script> scripts = new ArrayList<>(extra);
    device.scenario().script(device.kind(), device.seed()).ifPresent(scripts::add);
    DeviceModel model = device.kind().create(SimulatorRunner.deviceClock(), device.seed());
    Consumer<List<Said>> ear = truth.isPresent() ? truth.get() : message -> {};
    PortPlan plan = new PortPlan(device.name(), model, device.link(), scripts, ear);
    ports.add(SimulatedPort.open(plan));
  }

  List<SimulatedPort> ports() {
    return List.copyOf(ports);
  }

  /**
   * Obeys {@code control} until it says quit, a signal comes, a port breaks, or {@code seconds} are
   * over (0: no limit). The end of {@code control} ends nothing.
   *
   * @throws IOException what broke a port
   */
  void run(InputStream control, long seconds) throws IOException {
    Runnable notTold =
        SimulatorRunner.whenToldToEnd(() -> {
          ending.complete(null);
          closed.join();
        });
    try {
      ControlChannel channel = new ControlChannel(ports);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(control, StandardCharsets.UTF_8));
      SimulatorRunner.start("control", nowNs -> obey(channel, lines));
      if (seconds > 0) ending.completeOnTimeout(null, seconds, TimeUnit.SECONDS);
      Stream<CompletableFuture<Void>> any =
          Stream.concat(Stream.of(ending), ports.stream().map(SimulatedPort::ended));
      CompletableFuture.anyOf(any.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException broken) {
      throw new IOException(broken.getCause());
    } finally {
      close();
      notTold.run();
    }
  }

  /** Closes all ports; their links are gone. */
  @Override
  public void close() {
    ports.forEach(SimulatedPort::close);
    closed.complete(null);
  }

  /** One line of the control channel; false at its end. */
  private boolean obey(ControlChannel channel, BufferedReader lines) {
    try {
      String line = lines.readLine();
      if (line == null) return false;
      ControlChannel.Answer answer = channel.obey(line);
      out.println(answer.text());
      out.flush();
      if (answer.quit()) ending.complete(null);
      return !answer.quit();
    } catch (IOException | IllegalStateException broken) {
      ending.completeExceptionally(broken);
      return false;
    }
  }
}
