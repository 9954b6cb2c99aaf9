package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs of the machine, each run to its end. */
final class Program {

  /** Where a program may be; the path of a user often lacks the last ones. */
  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private Program() {}

  static boolean isThere(String name) {
    return PLACES.stream().anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }

  /** The program's full name; the bare one where it is not there. */
  static String find(String name) {
    return PLACES.stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(name);
  }

  /**
   * Runs a program.
   *
   * @return what it printed
   * @throws IOException where it ends with anything but 0, with what it printed
   */
  static String run(String name, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(find(name));
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(Map.of("LC_ALL", "C"));
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(
          String.join(" ", builder.command()) + " ended with " + exit + ": " + text.strip());
    }
    return text;
  }
}
