package io.headwall.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a file, it loads or is refused with reasons; nothing is thrown. */
class MutatedFilesTest {

  private static final long SEED = 20_261_124;
  private static final int FILES = 100_000;

  /** Files that go over the disk, so that bytes that are no UTF-8 are met. */
  private static final int FILES_ON_DISK = 2_000;

  private static final List<String> PIECES =
      List.of(
          "\"",
          "'",
          "\"\"\"",
          "[",
          "]",
          "[[",
          "]]",
          "{",
          "}",
          "=",
          ".",
          ",",
          "#",
          "\n",
          "\r",
          "\\",
          "\\u0000",
          "\\uD800",
          "\uFEFF",
          "\uD800",
          "\0",
          "0x",
          "1e9",
          "-0",
          "nan",
          "inf",
          "_",
          "true",
          "2026-01-01",
          "[store]",
          "[[port]]",
          "[port.x]",
          "port.name = 1",
          "store = {}",
          "a.b.c = 1",
          "password = \"x\"",
          "99999999999999999999",
          "line 99999999999, column 1",
          "\"x previously defined at line 1, column 1\" = 1",
          "İ",
          "ß",
          "𝕏");

  @TempDir private Path folder;

  @Test
  void neverThrows() throws IOException {
    var random = new SplittableRandom(SEED);
    List<String> originals = originals();
    int loaded = 0;
    for (int i = 0; i < FILES; i++) {
      String original = originals.get(random.nextInt(originals.size()));
      if (tolerates(mutated(original, random))) loaded++;
    }
    // Both ends must be reached for the run to mean anything.
    assertTrue(loaded > FILES / 100 && loaded < FILES / 2, loaded + " loaded");
  }

  @Test
  void neverThrowsForBytes() throws IOException {
    var random = new SplittableRandom(SEED);
    Path file = folder.resolve("bytes.toml");
    byte[] original = originals().getFirst().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < FILES_ON_DISK; i++) {
      byte[] bytes = original.clone();
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      check(ConfigLoader.load(file, Fixtures.KNOWN));
    }
  }

  private static boolean tolerates(String text) {
    return assertDoesNotThrow(
        () -> check(ConfigLoader.parse(Fixtures.FILE, text, Fixtures.KNOWN)), () -> text);
  }

  private static boolean check(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded _ -> true;
      case LoadResult.Refused(List<Problem> problems) -> {
        for (Problem p : problems) {
          assertEquals(-1, p.inWords().indexOf('\n'), "one line each");
          assertTrue(!p.what().isEmpty() && !p.fix().isEmpty(), p.inWords());
        }
        yield false;
      }
    };
  }

  private static String mutated(String original, SplittableRandom random) {
    StringBuilder text = new StringBuilder(original);
    for (int mutations = random.nextInt(1, 5); mutations > 0; mutations--) {
      int at = random.nextInt(text.length() + 1);
      int length = Math.min(random.nextInt(12), text.length() - at);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.insert(at, text.substring(at, at + length));
        default -> {
          if (at < text.length()) text.setCharAt(at, (char) random.nextInt(128));
        }
      }
    }
    return text.toString();
  }

  private static List<String> originals() throws IOException {
    Path examples = Fixtures.repository().resolve("config/examples");
    return List.of(
        Files.readString(examples.resolve("reference-bed.toml")),
        Files.readString(examples.resolve("production.toml")),
        Files.readString(examples.resolve("minimal.toml")));
  }
}
