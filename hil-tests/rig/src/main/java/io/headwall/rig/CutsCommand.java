package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code powercut cuts}: the disk under the store loses its power. */
@Command(
    name = "cuts",
    description = {
      "Cuts the power of the disk under the store.",
      "The store is on a file system in a file, which is shut down under load,",
      "as by a power cut, and mounted again. What the subscriber had received and",
      "what was seen committed must be there, the file sound, no number used twice.",
      "With a mutant the cuts must show a loss, and the first one ends it.",
      "Needs root, loop devices and xfsprogs."
    },
    mixinStandardHelpOptions = true)
final class CutsCommand implements Callable<Integer> {

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = "--fs",
      description = "file system: ext4 (default) or xfs",
      converter = FsWord.class)
  private LoopDisk.Fs fs = LoopDisk.Fs.EXT4;

  @Option(
      names = {"-n", "--count"},
      description = "how many cuts; default ${DEFAULT-VALUE}")
  private int count = 10;

  @Option(
      names = "--run-ms",
      description = "longest time between a run's first delivery and its cut; ${DEFAULT-VALUE}")
  private int runMsMax = 1500;

  @Option(
      names = "--mutant",
      description = "synchronous-normal or lying-disk",
      converter = Mutant.Word.class)
  private @Nullable Mutant mutant;

  @Override
  public Integer call() throws IOException, StoreException {
    Set<Need> needs =
        EnumSet.of(
            Need.ROOT,
            Need.LOOP,
            Need.XFS_IO,
            fs == LoopDisk.Fs.XFS ? Need.MKFS_XFS : Need.MKFS_EXT4);
    if (mutant == Mutant.LYING_DISK) needs.add(Need.EATMYDATA);
    return run.run(needs, this::storm);
  }

  private boolean storm(Path folder, Progress progress) throws IOException, StoreException {
    Path boxFolder = Bed.boxFolder(folder);
    BoxProcess box = mutant == null ? BoxProcess.in(boxFolder) : mutant.box(boxFolder);
    try (LoopDisk disk = new LoopDisk(fs, folder.resolve("disk.img"), box.store());
        Bed bed = Bed.full(folder, box, Bed.COMMIT_OFTEN)) {
      CutStorm storm = new CutStorm(bed, disk, run.seed(), runMsMax);
      return mutant == null ? holds(storm, bed, progress) : loses(storm, mutant, progress);
    }
  }

  private boolean holds(CutStorm storm, Bed bed, Progress progress)
      throws IOException, StoreException {
    for (int cut = 1; cut <= count; cut++) {
      storm.round(cut);
      progress.at(fs.word() + ", cut", cut, count);
    }
    Verdict verdict = storm.drain();
    progress.faults(storm.ledger().faults());
    progress.say(
        String.format(
            Locale.ROOT,
            "%d cuts of %s in %d s: %d received lost, %d committed lost, %d faults;%n"
                + "  %s, %d sent again under their numbers, %d numbers with two contents",
            count,
            fs.word(),
            progress.seconds(),
            storm.ledger().receivedLost(),
            storm.ledger().committedLost(),
            storm.ledger().faults().size(),
            verdict,
            bed.subscriber.repeated(),
            bed.subscriber.conflicts().size()));
    return storm.ledger().faults().isEmpty()
        && verdict.clean()
        && verdict.committed() > 0
        && bed.subscriber.conflicts().isEmpty()
        && bed.subscriber.refused().isEmpty();
  }

  private boolean loses(CutStorm storm, Mutant mutant, Progress progress)
      throws IOException, StoreException {
    for (int cut = 1; cut <= count; cut++) {
      storm.round(cut);
      progress.at(fs.word() + ", cut", cut, count);
      Ledger ledger = storm.ledger();
      if (ledger.faults().isEmpty()) continue;
      progress.faults(ledger.faults());
      progress.say(
          String.format(
              Locale.ROOT,
              "%s on %s is seen at cut %d: %d received lost, %d committed lost",
              mutant.word(),
              fs.word(),
              cut,
              ledger.receivedLost(),
              ledger.committedLost()));
      return ledger.receivedLost() > 0;
    }
    progress.say(mutant.word() + " on " + fs.word() + " was NOT seen in " + count + " cuts");
    return false;
  }

  /** ext4, xfs. */
  static final class FsWord implements ITypeConverter<LoopDisk.Fs> {
    @Override
    public LoopDisk.Fs convert(String word) {
      return named(LoopDisk.Fs.values(), LoopDisk.Fs::word, word);
    }
  }

  static <T> T named(T[] all, Function<T, String> name, String word) {
    for (T one : all) if (name.apply(one).equals(word)) return one;
    String names = Arrays.stream(all).map(name).collect(Collectors.joining(" or "));
    throw new TypeConversionException(names + ", not " + word);
  }
}
