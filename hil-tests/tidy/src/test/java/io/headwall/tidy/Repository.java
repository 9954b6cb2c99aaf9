package io.headwall.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The source tree, whatever modules it has.
 *
 * @param root the folder that holds LICENSE
 */
record Repository(Path root) {

  /** Walks up from the folder that the tests run in. */
  static Repository find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("LICENSE"))) return new Repository(at);
    }
    throw new IllegalStateException("no folder with LICENSE above " + start);
  }

  /** Every module but the parent, by path. */
  List<ModuleFolder> modules() {
    return files(file -> file.endsWith("pom.xml")).stream()
        .map(Path::getParent)
        .filter(folder -> !folder.equals(root))
        .map(folder -> new ModuleFolder(nameOf(folder), folder))
        .toList();
  }

  /** The files of the tree, build output and hidden folders aside. */
  List<Path> files(Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    collect(root, wanted, found);
    return found;
  }

  /** A path from the root, with slashes. */
  String nameOf(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static void collect(Path folder, Predicate<Path> wanted, List<Path> found) {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (Files.isDirectory(child)) {
        if (!name.equals("target") && !name.startsWith(".")) collect(child, wanted, found);
      } else if (wanted.test(child)) {
        found.add(child);
      }
    }
  }
}
