package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The C program {@code raw-sqlite.c}, compiled here: SQLite with nothing around it. */
final class RawSqlite {

  private static final String SOURCE = "raw-sqlite.c";
  private static final byte[] GO = {'\n'};

  private final Path program;

  /** Compiles the program into a folder. Needs gcc and the header of libsqlite3. */
  RawSqlite(Path folder) throws IOException {
    Path source = folder.resolve(SOURCE);
    program = folder.resolve("raw-sqlite");
    try (InputStream in = RawSqlite.class.getResourceAsStream(SOURCE)) {
      if (in == null) throw new IOException("no " + SOURCE + " on the class path");
      Files.write(source, in.readAllBytes());
    }
    Program.run(List.of("gcc", "-O2", "-o", program.toString(), source.toString(), "-lsqlite3"));
  }

  /** What a run came to. */
  record Figures(
      long commits,
      long readings,
      long bytes,
      double seconds,
      double cpuSeconds,
      long syncs,
      long fileBytes,
      long writtenBytes) {

    private static Figures parse(String line) throws IOException {
      String[] f = line.split(" ", -1);
      if (f.length != 8) throw new IOException("raw-sqlite said " + line);
      return new Figures(
          Long.parseLong(f[0]),
          Long.parseLong(f[1]),
          Long.parseLong(f[2]),
          Double.parseDouble(f[3]),
          Double.parseDouble(f[4]),
          Long.parseLong(f[5]),
          Long.parseLong(f[6]),
          Long.parseLong(f[7]));
    }
  }

  /** Something to do between the commits that are not measured and those that are. */
  @FunctionalInterface
  interface Mark {
    void reached() throws IOException;
  }

  /**
   * Plays a dump.
   *
   * @param options as the source's head says
   * @param mark called after the commits that {@code skip=} names
   */
  Figures run(Path dump, Path database, Mark mark, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), dump.toString(), database.toString()));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader(UTF_8);
        OutputStream go = process.getOutputStream()) {
      String line = lines.readLine();
      if ("MARK".equals(line)) {
        mark.reached();
        go.write(GO);
        go.flush();
        line = lines.readLine();
      }
      if (line == null) throw new IOException("raw-sqlite ended with " + process.onExit().join());
      return Figures.parse(line);
    }
  }
}
