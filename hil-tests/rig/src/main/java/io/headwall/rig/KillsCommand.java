package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code powercut kills}: the process dies, the machine lives. */
@Command(
    name = "kills",
    description = {
      "Kills the box, at random points under load.",
      "What was seen committed before a kill must be there after it; at the end",
      "everything stored is held against everything that the subscriber received.",
      "Twice the database is set aside in between: its numbers must not come again."
    },
    mixinStandardHelpOptions = true)
final class KillsCommand implements Callable<Integer> {

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "how many kills; default ${DEFAULT-VALUE}")
  private int count = 20;

  @Option(
      names = "--run-ms",
      description = "longest time between a run's first answer and its kill; ${DEFAULT-VALUE}")
  private int runMsMax = 2000;

  @Override
  public Integer call() throws IOException, StoreException {
    return run.run(EnumSet.noneOf(Need.class), this::storm);
  }

  private boolean storm(Path folder, Progress progress) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box, Bed.COMMIT_OFTEN)) {
      KillStorm storm = new KillStorm(bed, run.seed(), runMsMax);
      KillStorm.Outcome outcome = storm.rounds(count, kill -> progress.at("kill", kill, count));
      progress.faults(outcome.faults());
      progress.faults(outcome.conflicts());
      progress.say(
          String.format(
              Locale.ROOT,
              "%d kills in %d s: %d faults, %d numbers with two contents;%n"
                  + "  %s, %d sent again under their numbers",
              count,
              progress.seconds(),
              outcome.faults().size(),
              outcome.conflicts().size(),
              outcome.verdict(),
              outcome.repeated()));
      return outcome.clean() && outcome.verdict().committed() > 0;
    }
  }
}
