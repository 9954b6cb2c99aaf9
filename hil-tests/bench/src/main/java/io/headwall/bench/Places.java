package io.headwall.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command works and where its results go. */
final class Places {

  /** 2026-11-24T00:00Z: where a clock of the load begins. */
  static final long WALL_NS = 1_795_478_400_000_000_000L;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "hil-tests/bench/target/work",
      description = "to work in, on the disk to be measured; default ${DEFAULT-VALUE}")
  private Path folder;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "hil-tests/bench/results",
      description = "for the tables; default ${DEFAULT-VALUE}")
  private Path results;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  Places() {}

  Path work() throws IOException {
    return Files.createDirectories(folder.toAbsolutePath());
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  Report report(String name) {
    return new Report(name, out());
  }

  void write(Report report) throws IOException {
    report.write(results);
  }

  Path results() throws IOException {
    return Files.createDirectories(results);
  }
}
