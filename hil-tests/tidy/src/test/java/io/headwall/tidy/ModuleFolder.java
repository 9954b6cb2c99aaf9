package io.headwall.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a pom.xml and sources.
 *
 * @param path from the root of the repository, with slashes
 * @param folder the folder itself
 */
record ModuleFolder(String path, Path folder) {

  List<CompiledClass> mainClasses() {
    return classes("target/classes", "src/main/java");
  }

  List<CompiledClass> testClasses() {
    return classes("target/test-classes", "src/test/java");
  }

  List<Path> mainSources() {
    return files("src/main/java", ".java");
  }

  List<Path> testSources() {
    return files("src/test/java", ".java");
  }

  /** The files below a folder of this module whose names end so; none where there is no folder. */
  List<Path> files(String below, String end) {
    Path start = folder.resolve(below);
    if (!Files.isDirectory(start)) return List.of();
    try (Stream<Path> found = Files.walk(start)) {
      return found
          .filter(file -> file.toString().endsWith(end) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<CompiledClass> classes(String below, String sourceRoot) {
    return files(below, ".class").stream()
        .filter(file -> !file.endsWith("module-info.class"))
        .map(file -> parse(file, sourceRoot))
        .toList();
  }

  private CompiledClass parse(Path file, String sourceRoot) {
    try {
      return new CompiledClass(path, sourceRoot, ClassFile.of().parse(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
