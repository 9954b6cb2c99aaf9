package io.headwall.bench;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench backlog}: makes a store full of undelivered readings, for {@code bench drain}. */
@Command(
    name = "backlog",
    description = "Fills a folder with hours of the reference bed that nobody has received yet.",
    mixinStandardHelpOptions = true)
final class BacklogCommand implements Callable<Integer> {

  @Mixin private Places places = new Places();

  @Option(names = "--hours", defaultValue = "72", description = "default ${DEFAULT-VALUE}")
  private int hours;

  @Parameters(paramLabel = "STORE", description = "folder, made empty first")
  private Path store;

  @SuppressWarnings("NullAway.Init") // picocli injects
  BacklogCommand() {}

  @Override
  public Integer call() throws IOException, StoreException {
    Report report = places.report("backlog");
    long readings = Backlog.fill(Folders.fresh(store), hours, report);
    report.progress(readings + " readings, " + Folders.bytes(store) + " bytes");
    return 0;
  }
}
