package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The appliance as a process of its own, in a folder of its own: started, asked, told to stop,
 * killed. What it writes is kept in {@code box.log}.
 */
public final class BoxProcess implements AutoCloseable {

  private static final String MAIN = "io.headwall.edge.Main";
  private static final String SETSID = "/usr/bin/setsid";
  private static final int STATUS_BYTES_MAX = 1 << 20;

  /** An appliance that takes longer to say how it is, hangs. */
  static final Duration STATUS_MAX = Duration.ofSeconds(5);

  private final Path folder;
  private final String mainClass;
  private final String extraClassPath;
  private final Map<String, String> environment = new HashMap<>();
  private boolean detached;
  private @Nullable Process process;

  private BoxProcess(Path folder, String mainClass, String extraClassPath) {
    this.folder = folder;
    this.mainClass = mainClass;
    this.extraClassPath = extraClassPath;
  }

  /** The product itself. */
  public static BoxProcess in(Path folder) {
    return new BoxProcess(folder, MAIN, "");
  }

  /**
   * The product with another entry point.
   *
   * @param mainClass of a test double
   * @param classPath where it is
   */
  static BoxProcess mutant(Path folder, String mainClass, String classPath) {
    return new BoxProcess(folder, mainClass, classPath + File.pathSeparator);
  }

  /** The product with some of its classes exchanged; {@code classes} stands before its own. */
  static BoxProcess patched(Path folder, Path classes) {
    return mutant(folder, MAIN, classes.toString());
  }

  /** Out of reach of a Ctrl-C at this process's terminal. */
  BoxProcess detached() {
    detached = Files.isExecutable(Path.of(SETSID));
    return this;
  }

  /** With a library between the process and the C library. */
  BoxProcess preloading(Path library) {
    environment.put("LD_PRELOAD", library.toString());
    return this;
  }

  /** Writes the configuration that {@link #start} uses. */
  public void configure(BoxConfig config) throws IOException {
    Files.writeString(configFile(), config.toml(folder), UTF_8);
  }

  public Path configFile() {
    return folder.resolve("headwall.toml");
  }

  public Path store() {
    return folder.resolve("store");
  }

  /** Starts it; returns at once. */
  public void start() throws IOException {
    startUnder(List.of());
  }

  /** Starts it as another program's charge: the program's command stands before its own. */
  void startUnder(List<String> program) throws IOException {
    List<String> command = new ArrayList<>(program);
    if (detached) command.add(SETSID);
    command.addAll(
        List.of(
            Checkout.java(),
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-Xmn8m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Djava.io.tmpdir=" + emptyTmp(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            extraClassPath + Checkout.classPath("edge-runtime"),
            mainClass,
            "run",
            "-c",
            configFile().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Native libraries are unpacked there, and one that is killed leaves them behind. */
  private Path emptyTmp() throws IOException {
    Path tmp = Files.createDirectories(folder.resolve("tmp"));
    Folders.empty(tmp);
    return tmp;
  }

  long pid() {
    return running().pid();
  }

  /** Runs another command of {@code headwall} to its end and gives back what it printed. */
  public Answer run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Checkout.java(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            Checkout.classPath("edge-runtime"),
            MAIN));
    command.addAll(List.of(arguments));
    Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    asked.getOutputStream().close();
    String text = new String(asked.getInputStream().readAllBytes(), UTF_8);
    return new Answer(exitOf(asked, Duration.ofSeconds(20)), text);
  }

  /**
   * What a command ended with.
   *
   * @param text standard output and standard error
   */
  public record Answer(int exit, String text) {}

  /** SIGKILL: no time for anything. */
  public void kill() {
    Process running = running();
    // Under another program the box is its child, and would live on.
    List<ProcessHandle> children = running.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();
    children.forEach(child -> child.onExit().join());
    exitOf(running, Duration.ofSeconds(10));
  }

  /** SIGSTOP: all its threads stand still, and no call of theirs is under way. */
  void freeze() throws IOException {
    signal("STOP");
    Wait.until("all threads stand still", STATUS_MAX, this::isFrozen);
  }

  /** SIGCONT: it goes on. */
  void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    Program.run("sh", "-c", "kill -" + name + ' ' + pid());
  }

  private boolean isFrozen() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
      return tasks.allMatch(BoxProcess::isStopped);
    } catch (IOException e) {
      return false;
    }
  }

  /** By its letter in proc(5): T for stopped, t for stopped by a tracer. */
  private static boolean isStopped(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"), UTF_8);
      return "Tt".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGTERM; the exit code when it has ended. */
  public int stop(Duration limit) {
    Process running = running();
    running.destroy();
    return exitOf(running, limit);
  }

  /** Waits for a process that ends by itself. */
  public int exit(Duration limit) {
    return exitOf(running(), limit);
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its state as JSON, over its socket; null while it does not answer. */
  public @Nullable Json status() {
    Path socket = folder.resolve("run").resolve("headwall.sock");
    if (!Files.exists(socket)) return null;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.configureBlocking(false);
      ByteBuffer buffer = ByteBuffer.allocate(STATUS_BYTES_MAX);
      long began = Wait.nowNs();
      for (int n = 0; n >= 0; n = channel.read(buffer)) {
        if (!buffer.hasRemaining()) throw new IOException("status too long");
        if (n > 0) continue;
        if (Wait.nowNs() - began > STATUS_MAX.toNanos()) return null;
        Wait.ms(1);
      }
      return Json.parse(new String(buffer.array(), 0, buffer.position(), UTF_8));
    } catch (IOException e) {
      return null;
    }
  }

  /** Waits until it answers. */
  public void awaitUp() {
    Wait.until(
        "the appliance answers; see " + log(),
        Duration.ofSeconds(30),
        () -> {
          if (!isAlive()) throw new IllegalStateException("the appliance ended; see " + log());
          return status() != null;
        });
  }

  public Path log() {
    return folder.resolve("box.log");
  }

  /** Ends the process, if it is there, by force. */
  @Override
  public void close() {
    if (isAlive()) kill();
  }

  private Process running() {
    if (process == null) throw new IllegalStateException("not started");
    return process;
  }

  private static int exitOf(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("still running after " + limit.toSeconds() + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
