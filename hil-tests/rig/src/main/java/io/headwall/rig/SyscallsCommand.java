package io.headwall.rig;

import io.headwall.rig.FailingCalls.Fault;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code powercut syscalls}: the n-th system call of the store fails. */
@Command(
    name = "syscalls",
    description = {
      "Lets the n-th system call of the store fail, for n from 1.",
      "For each call and error n rises until the call is not made any more: by a box",
      "that runs, for some commits; by one that opens its store again after another",
      "call has failed; by one that starts. Once all calls fail for 1.5 s.",
      "Meanwhile the box must answer and read on, and deliver within 5 s; one that",
      "starts runs, or ends and says why. What the disk holds right after the failed",
      "call, as a power cut would leave it, must have all that was told by then.",
      "Needs root, loop devices, xfsprogs and strace."
    },
    mixinStandardHelpOptions = true)
final class SyscallsCommand implements Callable<Integer> {

  private static final String EIO = "EIO";
  private static final String ENOSPC = "ENOSPC";
  private static final String SYNC = "fdatasync";
  private static final String WRITE = "pwrite64";
  private static final String UNLINK = "unlink";
  private static final Duration DELIVERS_MAX = Duration.ofSeconds(30);

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "highest n; 0, the default: until the call is not made any more")
  private int count;

  @Option(names = "--calls", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<String> calls = List.of(SYNC, "fsync", WRITE, "ftruncate", "openat", UNLINK);

  @Option(names = "--errors", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<String> errors = List.of(EIO, ENOSPC);

  @Option(
      names = "--mutant",
      description = "synchronous-normal or swallowed-error: the sweep must show a loss",
      converter = Mutant.Word.class)
  private @Nullable Mutant mutant;

  @Override
  public Integer call() throws IOException, StoreException {
    Set<Need> needs = EnumSet.of(Need.ROOT, Need.LOOP, Need.XFS_IO, Need.MKFS_EXT4, Need.STRACE);
    return run.run(needs, this::sweep);
  }

  private boolean sweep(Path folder, Progress progress) throws IOException, StoreException {
    Path boxFolder = Bed.boxFolder(folder);
    BoxProcess box = mutant == null ? BoxProcess.in(boxFolder) : mutant.box(boxFolder);
    try (LoopDisk disk = new LoopDisk(LoopDisk.Fs.EXT4, folder.resolve("disk.img"), box.store());
        Bed bed = Bed.full(folder, box, Bed.COMMIT_OFTEN)) {
      SyscallSweep sweep = new SyscallSweep(bed, disk);
      for (String call : calls) {
        for (String error : errors) one(sweep, call, error, progress);
      }
      if (mutant == null) return judged(sweep, bed, progress);
      boolean seen = sweep.ledger().receivedLost() > 0;
      progress.say(mutant.word() + (seen ? " is seen" : " was NOT seen"));
      return seen;
    }
  }

  private void one(SyscallSweep sweep, String call, String error, Progress progress)
      throws IOException, StoreException {
    int triedBefore = sweep.tried();
    long lostBefore = sweep.ledger().receivedLost();
    Fault first = first(call, error);
    sweep.endRun();
    Fault lasting = new Fault(call, error, "1+");
    // A store that is well may never make the call.
    if (!sweep.lasting(List.of(), lasting)) sweep.lasting(List.of(first), lasting);
    int running = upwards(call, error, "running", progress, sweep::whileRunning);
    int recovering =
        upwards(call, error, "recovering", progress, f -> sweep.whileRecovering(first, f));
    int starting = upwards(call, error, "starting", progress, sweep::whileStarting);
    progress.say(
        String.format(
            Locale.ROOT,
            "  %-9s %-6s n to %d running, %d recovering, %d starting: %d calls failed,"
                + " %d false acknowledgements, slowest return %d ms, %d s",
            call,
            error,
            running,
            recovering,
            starting,
            sweep.tried() - triedBefore,
            sweep.ledger().receivedLost() - lostBefore,
            sweep.takeSlowestMs(),
            progress.seconds()));
  }

  /**
   * What makes the store open its file again. Only a write that finds no room makes it give up its
   * reserve.
   */
  private static Fault first(String call, String error) {
    if (call.equals(WRITE)) return new Fault(SYNC, error, "1");
    return new Fault(WRITE, call.equals(UNLINK) ? ENOSPC : error, "1");
  }

  /** One failing call; says whether it was made. */
  @FunctionalInterface
  private interface Attempt {
    boolean of(Fault fault) throws IOException, StoreException;
  }

  /** Gives back the highest n that was made. */
  private int upwards(String call, String error, String when, Progress progress, Attempt attempt)
      throws IOException, StoreException {
    for (int n = 1; count == 0 || n <= count; n++) {
      progress.at(call + ' ' + error + ' ' + when + " no.", n, 0);
      if (!attempt.of(new Fault(call, error, Integer.toString(n)))) return n - 1;
    }
    return count;
  }

  private static boolean judged(SyscallSweep sweep, Bed bed, Progress progress)
      throws IOException, StoreException {
    if (!bed.box.isAlive()) bed.box.start();
    bed.awaitDelivery(DELIVERS_MAX);
    bed.awaitDelivered();
    bed.quiesce();
    sweep.ledger().checkAll("at the end");
    Verdict verdict = bed.verdict();
    progress.faults(sweep.faults());
    progress.faults(sweep.ledger().faults());
    progress.say(
        String.format(
            Locale.ROOT,
            "%d failed calls in %d s: %d false acknowledgements, %d committed lost, %d faults;%n"
                + "  %s",
            sweep.tried(),
            progress.seconds(),
            sweep.ledger().receivedLost(),
            sweep.ledger().committedLost(),
            sweep.faults().size() + sweep.ledger().faults().size(),
            verdict));
    // What was given up to make room is not in the store any more, and is no invention.
    return sweep.faults().isEmpty()
        && sweep.ledger().faults().isEmpty()
        && sweep.tried() > 0
        && verdict.lost() == 0
        && verdict.altered() == 0
        && bed.subscriber.conflicts().isEmpty()
        && bed.subscriber.refused().isEmpty();
  }
}
