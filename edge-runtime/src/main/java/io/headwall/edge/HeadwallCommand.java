package io.headwall.edge;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code headwall}; its subcommands do the work. */
@Command(
    name = "headwall",
    description = {
      "Reads the devices at an ICU bed, keeps every reading, and forwards it.",
      "For documentation in retrospect; not a monitor and no part of any alarm path."
    },
    mixinStandardHelpOptions = true,
    versionProvider = HeadwallCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it could not be done; the message says why",
      "2:wrong usage, or the configuration is refused"
    },
    footer = {
      "",
      "Begin with: headwall drivers",
      "Write a configuration, then: headwall check FILE",
      "headwall COMMAND --help says more about a command."
    })
final class HeadwallCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  HeadwallCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say which command, for example: headwall status");
  }

  /** Version from the jar's manifest, or the build tree's. */
  static final class Version implements CommandLine.IVersionProvider {
    static String text() {
      String packaged = HeadwallCommand.class.getPackage().getImplementationVersion();
      return packaged == null ? "0.1.0-SNAPSHOT" : packaged;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"headwall " + text()};
    }
  }
}
