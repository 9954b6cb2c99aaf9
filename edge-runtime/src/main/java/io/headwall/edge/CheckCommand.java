package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.config.Port;
import io.headwall.config.Uplink;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code headwall check}: reads a configuration and says what it means, or all that is wrong with
 * it.
 */
@Command(
    name = "check",
    description = "Checks a configuration; all problems at once, each with its line and a fix.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is right", "1:it is refused", "2:wrong usage"})
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the configuration")
  private Path file;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  CheckCommand() {}

  @Override
  public Integer call() {
    LoadResult.Loaded loaded = ConfigFile.load(file, spec.commandLine().getErr());
    if (loaded == null) return 1;
    HeadwallConfig config = loaded.config();
    PrintWriter out = spec.commandLine().getOut();
    String bed = config.place().label().map(l -> l.unit() + "/" + l.bed()).orElse("unassigned");
    out.printf(
        Locale.ROOT,
        "%s is right: environment %s, bed %s%n",
        file,
        config.environment().word(),
        bed);
    for (Port port : config.ports()) {
      out.printf(
          Locale.ROOT,
          "  port %s: %s at %s, %s%s%n",
          port.name(),
          port.driver(),
          port.device(),
          port.link().inWords(),
          port.listenOnly() ? ", listens only" : "");
    }
    for (Uplink uplink : config.uplinks()) {
      out.printf(Locale.ROOT, "  uplink %s: %s%n", uplink.name(), uplink.kind());
    }
    out.flush();
    return 0;
  }
}
