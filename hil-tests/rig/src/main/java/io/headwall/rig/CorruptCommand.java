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

/** {@code powercut corrupt}: the files of the outbox are damaged. */
@Command(
    name = "corrupt",
    description = {
      "Damages the files of the outbox, between runs and under the running box.",
      "Pages are zeroed, bytes flipped, the header is lost, file or log are cut,",
      "noise stands in the log, the -shm is missing. The box must start within",
      "10 s, throw no file away, deliver again, bring back what it can of the",
      "damaged file, and never give a reading another content."
    },
    mixinStandardHelpOptions = true)
final class CorruptCommand implements Callable<Integer> {

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "how many damages; default ${DEFAULT-VALUE}")
  private int count = 20;

  @Option(names = "--verbose", description = "a line for each damage")
  private boolean verbose;

  @Override
  public Integer call() throws IOException, StoreException {
    return run.run(EnumSet.noneOf(Need.class), this::damage);
  }

  private boolean damage(Path folder, Progress progress) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box, Bed.COMMIT_OFTEN)) {
      Corruption corruption = new Corruption(bed, run.seed());
      for (int i = 1; i <= count; i++) {
        String what = corruption.round();
        if (verbose) progress.say("  " + i + " " + what);
        else progress.at("damage", i, count);
      }
      progress.faults(corruption.faults());
      progress.faults(bed.subscriber.conflicts());
      progress.faults(bed.subscriber.refused());
      progress.say(
          String.format(
              Locale.ROOT,
              "%d damages in %d s: %d files set aside, slowest start %d ms,%n"
                  + "  %d stored readings never came back, %d faults, %d with two contents",
              count,
              progress.seconds(),
              corruption.setAside(),
              corruption.slowestMs(),
              corruption.missing(),
              corruption.faults().size(),
              bed.subscriber.conflicts().size()));
      return corruption.faults().isEmpty()
          && bed.subscriber.conflicts().isEmpty()
          && bed.subscriber.refused().isEmpty();
    }
  }
}
