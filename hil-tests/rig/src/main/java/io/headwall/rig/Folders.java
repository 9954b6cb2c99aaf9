package io.headwall.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are done with. */
final class Folders {

  private Folders() {}

  /** Takes away what is in it. */
  static void empty(Path folder) throws IOException {
    for (Path path : inside(folder)) if (!path.equals(folder)) Files.deleteIfExists(path);
  }

  /** Takes it away with all that is in it. */
  static void delete(Path folder) throws IOException {
    for (Path path : inside(folder)) Files.deleteIfExists(path);
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
