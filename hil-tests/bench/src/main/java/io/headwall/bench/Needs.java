package io.headwall.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a command needs of the machine, looked for before it begins. */
final class Needs {

  /** The exit code of a command that cannot run here. */
  static final int EXIT_CODE = 3;

  /** By program: the Debian package that has it. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "gcc", "gcc libsqlite3-dev",
          "strace", "strace",
          "mosquitto", "mosquitto",
          "mkfs.ext4", "e2fsprogs",
          "mkfs.xfs", "xfsprogs",
          "losetup", "mount");

  private Needs() {}

  /** Whether all programs are there; says what to install if not. */
  static boolean met(PrintWriter out, String... programs) {
    List<String> packages = new ArrayList<>();
    for (String program : programs) {
      if (!Program.isThere(program)) packages.add(PACKAGES.getOrDefault(program, program));
    }
    if (packages.isEmpty()) return true;
    out.println("bench: missing here; apt-get install " + String.join(" ", packages));
    out.flush();
    return false;
  }

  /** Whether this runs as root; says so if not. */
  static boolean root(PrintWriter out) throws IOException {
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) return true;
    out.println("bench: needs root, to make loop devices; run it with sudo");
    out.flush();
    return false;
  }
}
