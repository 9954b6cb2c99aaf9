package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets system calls on the files of a store fail, by strace: in one thread of a running process, or
 * in a process from its first moment on. Calls on other files are as ever.
 */
final class FailingCalls implements AutoCloseable {

  private static final Duration ATTACHED_MAX = Duration.ofSeconds(10);
  private static final String HIT = "(INJECTED)";

  /**
   * All that a store may ever have in its folder but for what is only said about it, each in the
   * spelling that it is asked for by.
   */
  private static final List<String> NAMES =
      List.of(
          "",
          "outbox.db",
          "outbox.db-wal",
          "outbox.db-shm",
          "outbox.db-journal",
          "identity",
          "identity.new",
          "reserve",
          "reserve.new",
          "./reserve",
          "./reserve.new");

  private final Process strace;
  private final Path output;

  /**
   * Which call fails with what.
   *
   * @param call a system call's name
   * @param error an errno's name
   * @param when strace's expression: {@code 3} is the third, {@code 3+} the third and all after it
   */
  record Fault(String call, String error, String when) {
    @Override
    public String toString() {
      return call + " no. " + when + ' ' + error;
    }
  }

  private FailingCalls(Process strace, Path output) {
    this.strace = strace;
    this.output = output;
  }

  /**
   * Attaches to one thread of a process.
   *
   * @param output where strace writes what it sees
   */
  static FailingCalls in(long pid, String thread, Path store, List<Fault> faults, Path output)
      throws IOException {
    String tid = thread(pid, thread);
    List<String> command = new ArrayList<>(command(store, faults, output));
    command.addAll(List.of("-p", tid));
    Files.deleteIfExists(output);
    Process strace =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path status = Path.of("/proc", tid, "status");
    Wait.until("strace is attached", ATTACHED_MAX, () -> isTraced(status));
    return new FailingCalls(strace, output);
  }

  /** What to put before a process's command, so that calls fail in it from its beginning. */
  static List<String> command(Path store, List<Fault> faults, Path output) {
    List<String> command = new ArrayList<>(List.of(Program.find("strace"), "-q"));
    for (String name : NAMES) command.addAll(List.of("-P", store.resolve(name).toString()));
    command.add("-e");
    command.add("trace=" + String.join(",", faults.stream().map(Fault::call).distinct().toList()));
    for (Fault fault : faults) {
      command.add("-e");
      command.add("inject=" + fault.call() + ":error=" + fault.error() + ":when=" + fault.when());
    }
    command.addAll(List.of("-o", output.toString()));
    return command;
  }

  /** Whether a call has failed so far. */
  static boolean hit(Path output, String call) throws IOException {
    if (!Files.exists(output)) return false;
    try (Stream<String> lines = Files.lines(output, UTF_8)) {
      return lines.anyMatch(line -> line.contains(HIT) && line.contains(call + '('));
    }
  }

  boolean hit(String call) throws IOException {
    return hit(output, call);
  }

  /** Detaches: from now on nothing fails. */
  @Override
  public void close() {
    strace.destroy();
    strace.onExit().join();
  }

  private static String thread(long pid, String name) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        if (Files.readString(task.resolve("comm"), UTF_8).strip().equals(name)) {
          return task.getFileName().toString();
        }
      }
    }
    throw new IOException("process " + pid + " has no thread " + name);
  }

  private static boolean isTraced(Path status) {
    try (Stream<String> lines = Files.lines(status, UTF_8)) {
      return lines.anyMatch(line -> line.startsWith("TracerPid:") && !line.endsWith("\t0"));
    } catch (IOException e) {
      return false;
    }
  }
}
