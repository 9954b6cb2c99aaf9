package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.config.Port;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwall unpark}: puts a port that was given up into use again. */
@Command(
    name = "unpark",
    description = {
      "Puts a port into use again, from the next start of the appliance on.",
      "A port is parked when a call to its adapter hung, or its driver failed again and again."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or it was not parked",
      "1:the mark cannot be removed",
      "2:wrong usage, no such port, or the configuration is refused"
    })
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
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return 2;
    HeadwallConfig config = loaded.config();
    List<String> ports = config.ports().stream().map(Port::name).toList();
    if (!ports.contains(port)) {
      err.printf(
          Locale.ROOT,
          "headwall unpark: no port '%s' in %s; there are: %s%n",
          port,
          file,
          String.join(", ", ports));
      err.flush();
      return 2;
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      boolean was = new ParkedPorts(config.runtime().folder()).unpark(port);
      out.println(was ? port + " is used again from the next start on" : port + " is not parked");
      out.flush();
      return 0;
    } catch (IOException e) {
      err.println("headwall unpark: " + Why.of(e));
      err.flush();
      return 1;
    }
  }
}
