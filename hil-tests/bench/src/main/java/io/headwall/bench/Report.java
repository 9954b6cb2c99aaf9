package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command found: printed as it comes, and kept as a file of text and one of figures. */
final class Report {

  private final String name;
  private final PrintWriter out;
  private final StringBuilder markdown = new StringBuilder();
  private final StringBuilder csv = new StringBuilder();

  /**
   * An empty report.
   *
   * @param name of its files
   */
  Report(String name, PrintWriter out) {
    this.name = name;
    this.out = out;
  }

  void line(String line) {
    out.println(line);
    out.flush();
    markdown.append(line).append('\n');
  }

  void table(Table table) {
    line("");
    line(table.markdown());
    csv.append(table.csv()).append('\n');
  }

  /** Printed only: how far the work has got. */
  void progress(String line) {
    out.println("  " + line);
    out.flush();
  }

  /** Writes {@code NAME.md} and {@code NAME.csv}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), markdown, UTF_8);
    Files.writeString(folder.resolve(name + ".csv"), csv, UTF_8);
    out.println("written: " + folder.resolve(name + ".md") + " and .csv");
    out.flush();
  }
}
