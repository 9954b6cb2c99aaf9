package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwall unpark}: puts a port that was given up into use again. */
@Command(
    name = "unpark",
    description = "Puts a port that was given up into use again, from the next start on.",
    mixinStandardHelpOptions = true)
final class UnparkCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PORT", description = "the port's name in the configuration")
  private String port;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "configuration; default ${DEFAULT-VALUE}")
  private Path file;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  UnparkCommand() {}

  @Override
  public Integer call() throws IOException {
    HeadwallConfig config = ConfigFile.load(file, spec.commandLine().getErr());
    if (config == null) return 2;
    if (config.ports().stream().noneMatch(p -> p.name().equals(port))) {
      spec.commandLine().getErr().println("no port '" + port + "' in " + file);
      return 2;
    }
    boolean was = new ParkedPorts(config.runtime().folder()).unpark(port);
    spec.commandLine()
        .getOut()
        .println(was ? port + " is in use again from the next start on" : port + " is not parked");
    return 0;
  }
}
