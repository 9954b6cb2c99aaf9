package io.headwall.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hil-tests/bench/bench}: one command a question. */
@Command(
    name = "bench",
    description =
        "Figures of the store and the forwarder at the reference bed, beside their peers.",
    subcommands = {
      StoreCommand.class,
      FlashCommand.class,
      BacklogCommand.class,
      DrainCommand.class,
      MemoryCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Bench {

  private Bench() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
