package io.headwall.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** A box, or a disk under it, that is wrong on purpose: cuts or failing calls must show it. */
enum Mutant {
  /**
   * The outbox does not wait for the disk at each commit: its own wait is left out, and what stays
   * is SQLite at {@code synchronous = NORMAL}.
   */
  SYNCHRONOUS_NORMAL("synchronous-normal") {
    @Override
    BoxProcess box(Path folder) throws IOException {
      return patched(folder, PatchedClass.withoutCall("force"));
    }
  },
  /** A wait for the disk that fails passes for a good one. Only a failing call can tell. */
  SWALLOWED_ERROR("swallowed-error") {
    @Override
    BoxProcess box(Path folder) throws IOException {
      return patched(folder, PatchedClass.withoutThrows());
    }
  },
  /** The disk says that it is done before it is. */
  LYING_DISK("lying-disk") {
    @Override
    BoxProcess box(Path folder) throws IOException {
      return BoxProcess.in(folder).preloading(eatMyData());
    }
  };

  /** Where Debian, Ubuntu and Alpine put the library. */
  private static final List<Path> LIBRARY_FOLDERS =
      List.of(
          Path.of("/usr/lib/" + System.getProperty("os.arch") + "-linux-gnu"),
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib/libeatmydata"),
          Path.of("/usr/lib"));

  private final String word;

  Mutant(String word) {
    this.word = word;
  }

  /** A box with this fault, in a folder. */
  abstract BoxProcess box(Path folder) throws IOException;

  String word() {
    return word;
  }

  private static BoxProcess patched(Path folder, PatchedClass.Patch patch) throws IOException {
    Path classes = folder.resolve("mutant");
    PatchedClass.write("io/headwall/store/sqlite/CommitLog", patch, classes);
    return BoxProcess.patched(folder, classes);
  }

  private static Path eatMyData() throws IOException {
    return LIBRARY_FOLDERS.stream()
        .map(folder -> folder.resolve("libeatmydata.so"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IOException("no libeatmydata.so in " + LIBRARY_FOLDERS));
  }

  /** synchronous-normal, swallowed-error, lying-disk. */
  static final class Word implements ITypeConverter<Mutant> {
    @Override
    public Mutant convert(String word) {
      return CutsCommand.named(values(), Mutant::word, word);
    }
  }
}
