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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code powercut syscalls}: the n-th system call of the store fails. */
@Command(
    name = "syscalls",
    description = {
      "Lets the n-th system call of the store fail, for n from 1.",
      "For each call and error n rises until the call is not made any more within",
      "2.5 s, or to the count. Meanwhile the box must answer and read on; it must",
      "deliver within 5 s; after a power cut then all that was received is there.",
      "Calls that a healthy store does not make fail while it opens again after a",
      "failed write. Twice each fails for 1.5 s on end, once with a power cut within.",
      "The same for a box that starts: it runs, or ends and says why.",
      "Needs root, loop devices, xfsprogs and strace."
    },
    mixinStandardHelpOptions = true)
final class SyscallsCommand implements Callable<Integer> {

  private static final String EIO = "EIO";
  private static final String ENOSPC = "ENOSPC";

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "highest n; 0, the default: until the call is not made any more")
  private int count;

  @Option(names = "--calls", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<String> calls =
      List.of("fdatasync", "fsync", "pwrite64", "ftruncate", "openat", "unlink");

  @Option(names = "--errors", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<String> errors = List.of(EIO, ENOSPC);

  @Override
  public Integer call() throws IOException, StoreException {
    Set<Need> needs = EnumSet.of(Need.ROOT, Need.LOOP, Need.XFS_IO, Need.MKFS_EXT4, Need.STRACE);
    return run.run(needs, this::sweep);
  }

  private boolean sweep(Path folder, Progress progress) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (LoopDisk disk = new LoopDisk(LoopDisk.Fs.EXT4, folder.resolve("disk.img"), box.store());
        Bed bed = Bed.full(folder, box)) {
      SyscallSweep sweep = new SyscallSweep(bed, disk);
      for (String call : calls) {
        for (String error : errors) {
          int running = running(sweep, call, error, progress);
          int starting = starting(sweep, call, error, progress);
          progress.say(
              String.format(
                  Locale.ROOT,
                  "  %s %s: %d failed while it ran, %d while it started",
                  call,
                  error,
                  running,
                  starting));
        }
      }
      return judged(sweep, bed, progress);
    }
  }

  private int running(SyscallSweep sweep, String call, String error, Progress progress)
      throws IOException, StoreException {
    List<Fault> before = before(call, error);
    Fault lasting = new Fault(call, error, "1+");
    if (!sweep.whileRunning(before, lasting)) return 0;
    sweep.cutWhileFailing(before, lasting);
    for (int n = 1; count == 0 || n <= count; n++) {
      progress.at(call + ' ' + error + " no.", n, count);
      if (!sweep.whileRunning(before, new Fault(call, error, Integer.toString(n)))) return n + 1;
    }
    return count + 2;
  }

  private int starting(SyscallSweep sweep, String call, String error, Progress progress)
      throws IOException, StoreException {
    for (int n = 1; count == 0 || n <= count; n++) {
      progress.at(call + ' ' + error + " at start no.", n, count);
      if (!sweep.whileStarting(new Fault(call, error, Integer.toString(n)))) return n - 1;
    }
    return count;
  }

  /** What makes the store open its file again, where a call is made only then. */
  private static List<Fault> before(String call, String error) {
    if (call.equals("fdatasync") || call.equals("pwrite64")) return List.of();
    return List.of(new Fault(error.equals(ENOSPC) ? "pwrite64" : "fdatasync", error, "1"));
  }

  private static boolean judged(SyscallSweep sweep, Bed bed, Progress progress)
      throws IOException, StoreException {
    if (!bed.box.isAlive()) bed.box.start();
    bed.awaitDelivery(Duration.ofSeconds(30));
    bed.awaitDelivered();
    bed.quiesce();
    sweep.ledger().checkAll("at the end");
    Verdict verdict = Verdict.of(StoreReadout.all(bed.box.store()), bed.subscriber.readings());
    progress.faults(sweep.faults());
    progress.faults(sweep.ledger().faults());
    progress.say(
        String.format(
            Locale.ROOT,
            "%d failed calls in %d s: %d false acknowledgements, %d committed lost, %d faults;%n"
                + "  slowest return %d ms; %s",
            sweep.tried(),
            progress.seconds(),
            sweep.ledger().receivedLost(),
            sweep.ledger().committedLost(),
            sweep.faults().size() + sweep.ledger().faults().size(),
            sweep.slowestMs(),
            verdict));
    return sweep.faults().isEmpty()
        && sweep.ledger().faults().isEmpty()
        && sweep.tried() > 0
        && verdict.clean()
        && bed.subscriber.conflicts().isEmpty()
        && bed.subscriber.refused().isEmpty();
  }
}
