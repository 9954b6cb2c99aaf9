package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of the machine, each run to its end. */
final class Program {

  private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private Program() {}

  /** The program's full name; the bare one where it is not there. */
  static String find(String name) {
    return PLACES.stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(name);
  }

  static boolean isThere(String name) {
    return Path.of(find(name)).isAbsolute();
  }

  /**
   * Runs a program.
   *
   * @return what it printed
   * @throws IOException where it ends with anything but 0, with what it printed
   */
  static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.command().set(0, find(command.getFirst()));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit + ": " + text);
    }
    return text;
  }

  static String run(String... command) throws IOException {
    return run(List.of(command));
  }
}
