package io.headwall.model;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes what was said to a file, one JSON object a line: the format is described in the module's
 * README. Several ports may share one.
 */
final class TruthFile implements Consumer<List<Said>>, Closeable {

  private final BufferedWriter writer;

  /** Starts a new file; what stood at {@code path} is gone. */
  TruthFile(Path path) throws IOException {
    writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void accept(List<Said> message) {
    try {
      for (Said said : message) {
        writer.write(line(said, SimulatorRunner.wallAt(said.atNs()).toString()));
      }
      writer.flush();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }

  static String line(Said said, String wall) {
    return "{\"atNs\":"
        + said.atNs()
        + ",\"wall\":"
        + quoted(wall)
        + ",\"device\":"
        + quoted(said.device())
        + ",\"message\":"
        + said.message()
        + ",\"fate\":"
        + quoted(said.fate().name().toLowerCase(Locale.ROOT))
        + ",\"key\":"
        + quoted(said.saying().key())
        + ",\"value\":"
        + quoted(said.saying().value())
        + ",\"unit\":"
        + quoted(said.saying().unit())
        + "}\n";
  }

  /** Texts here are printable, by the checks on orders and bed files. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
