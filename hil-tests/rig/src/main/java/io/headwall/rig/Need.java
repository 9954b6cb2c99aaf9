package io.headwall.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a fault rig asks of the machine beyond a JDK. */
enum Need {
  ROOT(null, null),
  LOOP(null, null),
  XFS_IO("xfs_io", "xfsprogs"),
  MKFS_XFS("mkfs.xfs", "xfsprogs"),
  MKFS_EXT4("mkfs.ext4", "e2fsprogs"),
  STRACE("strace", "strace"),
  EATMYDATA("eatmydata", "eatmydata");

  private static final Path LOOP_CONTROL = Path.of("/dev/loop-control");

  private final @Nullable String program;
  private final @Nullable String debianPackage;

  Need(@Nullable String program, @Nullable String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** What is missing here, in words, with what to do about it; empty where all is there. */
  static List<String> missing(Set<Need> needs) {
    List<String> missing = new ArrayList<>();
    Set<String> packages = new TreeSet<>();
    for (Need need : new TreeSet<>(needs)) {
      String what = need.lack();
      if (what == null) continue;
      missing.add(what);
      if (need.debianPackage != null) packages.add(need.debianPackage);
    }
    if (!packages.isEmpty()) missing.add("apt-get install " + String.join(" ", packages));
    return missing;
  }

  private @Nullable String lack() {
    return switch (this) {
      case ROOT -> isRoot() ? null : "this needs root (it mounts and traces): run it with sudo";
      case LOOP -> Files.exists(LOOP_CONTROL) ? null : "no loop devices here: modprobe loop";
      case XFS_IO, MKFS_XFS, MKFS_EXT4, STRACE, EATMYDATA ->
          program != null && Program.isThere(program) ? null : "no " + program;
    };
  }

  /** The owner of a process's entry is its effective user. */
  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
