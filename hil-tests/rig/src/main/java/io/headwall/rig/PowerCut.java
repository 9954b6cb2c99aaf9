package io.headwall.rig;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code hil-tests/powercut}: the real process against the ways in which a machine fails under it.
 */
@Command(
    name = "powercut",
    description = {
      "The real box process, with simulated devices on pseudo terminals, a broker and a"
          + " subscriber,",
      "against the ways in which a machine fails under it. Each command has a count.",
      "Most need root (mounts, traces) on Linux; a command that cannot run here says why."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CutsCommand.class,
      KillsCommand.class,
      SyscallsCommand.class,
      FullCommand.class,
      BigStartCommand.class,
      CorruptCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all held; with a mutant: the mutant was seen",
      "1:something was lost, altered, used twice, or hung",
      "2:wrong usage",
      "3:the machine lacks what the command needs; the message names it"
    })
public final class PowerCut {

  private PowerCut() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new PowerCut())
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          command.getErr().println("powercut " + command.getCommandName() + ": " + failure);
          command.getErr().flush();
          return RigRun.BROKEN;
        });
  }
}
