package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code powercut bigstart}: a box starts on a long backlog. */
@Command(
    name = "bigstart",
    description = {
      "Starts the box on a long backlog, which nobody holds in memory any more.",
      "Once as it was written, once after a kill, once with the head of the file lost.",
      "Each time the first reading must be committed within 10 s. The receiver is",
      "there, and the backlog is delivered meanwhile."
    },
    mixinStandardHelpOptions = true)
final class BigStartCommand implements Callable<Integer> {

  private static final Duration COMMITS_MAX = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long RUN_MS = 2_000;
  private static final String QUOTA = "quota_mb = 100000\n";
  private static final String UPLINK = "cis";

  @Mixin private RigRun run = new RigRun();

  @Option(
      names = {"-n", "--count"},
      description = "readings of the backlog; default ${DEFAULT-VALUE}")
  private long count = 10_000_000;

  @Option(
      names = "--per-block",
      description = "readings a row holds; default ${DEFAULT-VALUE}, as few as there can be")
  private int perBlock = 1;

  @Option(
      names = "--epochs",
      description = "runs of the box that left the backlog; default ${DEFAULT-VALUE}")
  private int epochs = 100;

  @Override
  public Integer call() throws IOException, StoreException {
    return run.run(EnumSet.noneOf(Need.class), this::start);
  }

  private boolean start(Path folder, Progress progress) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    Files.createDirectories(box.store());
    new LongBacklog(box.store(), UPLINK, perBlock)
        .write(count, epochs, n -> progress.at("readings", Math.toIntExact(n), (int) count));
    try (Bed bed = Bed.full(folder, box, QUOTA)) {
      List<String> faults = new ArrayList<>();
      once("as written", bed, progress, faults);
      once("after a kill", bed, progress, faults);
      Damage.LOST_HEADER.to(box.store(), new SplittableRandom(run.seed()));
      once("head of the file lost", bed, progress, faults);
      progress.faults(faults);
      return faults.isEmpty();
    }
  }

  /** A start with nothing of the file in memory; ended by a kill. */
  private static void once(String how, Bed bed, Progress progress, List<String> faults)
      throws IOException {
    int epoch = forget(bed.box.store());
    long bytes = Files.size(bed.box.store().resolve(Damage.FILE));
    long began = Wait.nowNs();
    bed.box.start();
    long answers = msUntil("it answers", began, () -> bed.box.status() != null);
    long commits = msUntil("it commits", began, () -> hasCommitted(bed.box.store(), epoch));
    long delivers = msUntil("it delivers", began, () -> !bed.subscriber.since(epoch + 1).isEmpty());
    Wait.ms(RUN_MS);
    progress.say(
        String.format(
            Locale.ROOT,
            "  %s, %d MB: answers after %d ms, commits after %d ms, delivers live after %d ms,"
                + " %s",
            how,
            bytes >> 20,
            answers,
            commits,
            delivers,
            memory(bed.box.pid())));
    if (commits > COMMITS_MAX.toMillis()) faults.add(how + ": commits after " + commits + " ms");
    bed.box.kill();
  }

  private static long msUntil(String what, long began, BooleanSupplier holds) {
    Wait.until(what, PATIENCE, holds);
    return TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - began);
  }

  /** Lets the kernel drop what it keeps of the files; gives back the last epoch so far. */
  private static int forget(Path store) throws IOException {
    Program.run("sync", "-f", store.toString());
    for (String name : List.of(Damage.FILE, Damage.FILE + "-wal")) {
      Path file = store.resolve(name);
      if (Files.exists(file)) Program.run("dd", "if=" + file, "iflag=nocache", "count=0");
    }
    return Integer.parseInt(
        Files.readString(store.resolve("identity"), UTF_8).strip().replaceAll("(?s).* ", ""));
  }

  /** Whether a run after an epoch has committed a numeric reading. */
  private static boolean hasCommitted(Path store, int epoch) {
    try (OutboxReader reader = new SqliteOutbox(store).newReader()) {
      EpochRow last = reader.epochs().getLast();
      return last.epoch() > epoch && reader.lastSeq(last.epoch(), Lane.NUMERIC) > 0;
    } catch (StoreException e) {
      return false;
    }
  }

  private static String memory(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("");
    }
  }
}
