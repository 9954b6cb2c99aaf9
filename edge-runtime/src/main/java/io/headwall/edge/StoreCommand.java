package io.headwall.edge;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwall store}; its subcommands do the work. */
@Command(
    name = "store",
    description = {
      "Looks into a store: of a running box, of one that stands still, or on a card of another."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class StoreCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  private StoreCommand() {}

  /** The command with all its subcommands. */
  static CommandLine commandLine(StoreLook look, RunCommand.MachineFinder machines) {
    return new CommandLine(new StoreCommand())
        .addSubcommand(new StoreVerifyCommand(look))
        .addSubcommand(new StoreStatsCommand(look))
        .addSubcommand(new StoreExportCommand(look))
        .addSubcommand(new StoreResendCommand(look))
        .addSubcommand(new StoreSalvageCommand(machines));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say which command, for example: headwall store stats");
  }
}
