package io.headwall.rig;

import io.headwall.store.Lane;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code powercut full}: no room, and no file, is left on the disk. */
@Command(
    name = "full",
    description = {
      "Fills the disk under the store, while the receiver is away.",
      "The store is on a small tmpfs and a third as large already, all of it owed;",
      "its quota is larger than the disk. Others take the rest, then every byte that",
      "comes free, then every file. The box must live, answer, read on, log little,",
      "store again 5 s after there is room, give up waves first and alarms last,",
      "count all it gives up, and deliver all it kept once the receiver is back.",
      "Needs root."
    },
    mixinStandardHelpOptions = true)
final class FullCommand implements Callable<Integer> {

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "how many times all of it; default ${DEFAULT-VALUE}")
  private int count = 1;

  @Option(names = "--size-mb", description = "of the disk; default ${DEFAULT-VALUE}")
  private int sizeMb = 64;

  @Option(
      names = "--seconds",
      description = "how long each of the three ways lasts; default ${DEFAULT-VALUE}")
  private int seconds = 12;

  @Override
  public Integer call() throws IOException, StoreException {
    return run.run(EnumSet.of(Need.ROOT), this::fill);
  }

  private boolean fill(Path folder, Progress progress) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Tmpfs disk = new Tmpfs(box.store(), sizeMb);
        Bed bed = Bed.full(folder, box, Bed.COMMIT_OFTEN)) {
      Map<Lane, Long> old = OldReadings.fill(box.store(), (long) sizeMb * 300_000);
      progress.say("  owed from before: " + old);
      bed.subscriber.leave();
      bed.broker.takeAway();
      box.start();
      box.awaitUp();
      // What a start has to say is not held against a full disk.
      bed.awaitSpeaking();
      FullDisk full = new FullDisk(bed, disk, Duration.ofSeconds(seconds), progress);
      for (int round = 1; round <= count; round++) {
        full.crowd();
        full.choke();
        full.noFiles();
        progress.at("filled", round, count);
      }
      full.account();
      full.requireEvents(FullDisk.WAYS * count);
      return delivered(bed, progress) && none(full, progress);
    }
  }

  private static boolean none(FullDisk full, Progress progress) {
    progress.faults(full.faults());
    return full.faults().isEmpty();
  }

  /** The receiver is back: all that was kept is delivered. */
  private static boolean delivered(Bed bed, Progress progress) throws IOException, StoreException {
    Map<Identity, String> kept = StoreReadout.all(bed.box.store());
    bed.broker.bringBack();
    bed.subscriber.connect();
    bed.awaitDelivered();
    bed.quiesce();
    Verdict verdict = Verdict.of(kept, bed.subscriber.readings());
    progress.say("  the receiver is back: " + verdict);
    progress.faults(bed.subscriber.conflicts());
    progress.faults(bed.subscriber.refused());
    return verdict.lost() == 0
        && verdict.altered() == 0
        && bed.subscriber.conflicts().isEmpty()
        && bed.subscriber.refused().isEmpty();
  }
}
