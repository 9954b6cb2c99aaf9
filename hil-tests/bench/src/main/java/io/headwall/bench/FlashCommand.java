package io.headwall.bench;

import io.headwall.bench.LoopDisk.Fs;
import io.headwall.rig.Wait;
import io.headwall.store.StoreException;
import io.headwall.store.StorePolicy;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench flash}: what a day at the reference bed writes to the card. */
@Command(
    name = "flash",
    description = {
      "Bytes that reach the block device in a day of the reference bed, one commit a second:",
      "the outbox as it is, and other layouts by SQLite in C. A loop device over memory; root."
    },
    mixinStandardHelpOptions = true)
final class FlashCommand implements Callable<Integer> {

  private static final int DAY_S = 86_400;
  private static final int HOUR_S = 3_600;
  private static final long PACE_MS = 10;
  private static final int PACED_S = 3_000;
  private static final int SEED = 20_261_124;

  /** Age in its steady state soon. */
  private static final StorePolicy HOUR =
      StoreLoad.keeping(TimeUnit.HOURS.toNanos(1), Long.MAX_VALUE / 2);

  /** About half an hour of the reference bed: the quota in its steady state soon. */
  private static final StorePolicy FULL = StoreLoad.keepingBytes(6_000_000);

  @Mixin private Places places = new Places();

  @Option(names = "--memory", defaultValue = "/dev/shm", description = "a folder in memory")
  private Path memory;

  @Option(
      names = "--real-minutes",
      defaultValue = "0",
      description = "also the outbox at one commit in a real second, so long on each file system")
  private int realMinutes;

  @Option(
      names = "--pages",
      split = ",",
      paramLabel = "BYTES",
      defaultValue = "512,1024,4096",
      description = "page sizes of the outbox; default ${DEFAULT-VALUE}")
  private List<Integer> pages = List.of();

  @Option(names = "--no-layouts", description = "the outbox only")
  private boolean noLayouts;

  private @Nullable RawSqlite raw;

  @SuppressWarnings("NullAway.Init") // picocli injects
  FlashCommand() {}

  @Override
  public Integer call() throws IOException, StoreException {
    if (!Needs.root(places.out())) return Needs.EXIT_CODE;
    if (!Needs.met(places.out(), "gcc", "losetup", "mkfs.ext4", "mkfs.xfs")) {
      return Needs.EXIT_CODE;
    }
    Path work = Folders.fresh(memory.resolve("headwall-bench-flash"));
    try {
      Report report = places.report("flash");
      report.line("# bench flash\n");
      report.line(MachineNote.of(places.work()));
      report.line(
          "Loop device over memory; sectors of the loop device, final sync included; 1 GB ="
              + " 10^9 bytes. Virtual time: the commits of hours as fast as they go, so the"
              + " timer-driven writeback of the kernel is rarer, and fsync often finds no changed"
              + " time stamp to write. Paced: a commit every "
              + PACE_MS
              + " ms.");
      outbox(work, report);
      if (!noLayouts) layouts(work, report);
      places.write(report);
      return 0;
    } finally {
      Folders.delete(work);
    }
  }

  private void outbox(Path work, Report report) throws IOException, StoreException {
    Table table =
        new Table(
            "The outbox, GB a day",
            "file system",
            "page",
            "all kept",
            "an hour kept",
            "full",
            "an hour kept, paced",
            "in real time");
    for (Fs fs : List.of(Fs.EXT4, Fs.EXT4_FAST_COMMIT, Fs.XFS)) {
      for (int page : pages) {
        boolean usual = page == SqliteOutbox.PAGE_BYTES_DEFAULT;
        int realS = usual ? (int) TimeUnit.MINUTES.toSeconds(realMinutes) : 0;
        table.row(
            word(fs),
            page + (usual ? " (as shipped)" : ""),
            ours(work, fs, new Play(page, StoreLoad.ALL_KEPT, 0, HOUR_S, 2 * HOUR_S)),
            ours(work, fs, new Play(page, HOUR, 0, 2 * HOUR_S, 3 * HOUR_S)),
            ours(work, fs, new Play(page, FULL, 0, 2 * HOUR_S, 3 * HOUR_S)),
            ours(work, fs, new Play(page, HOUR, PACE_MS, 2 * HOUR_S, PACED_S)),
            realS == 0
                ? Double.NaN
                : ours(work, fs, new Play(page, HOUR, 1_000, 2 * HOUR_S, realS)));
        report.progress(word(fs) + ", page " + page);
      }
    }
    report.table(table);
    report.line(
        "An hour kept: what is older goes by age, all of it delivered. Full: a quota of 6 MB does"
            + " it.");
  }

  /**
   * How seconds are played.
   *
   * @param policy what is kept
   * @param paceMs from second to second; 0 for none
   * @param warmS not measured
   */
  private record Play(int pageBytes, StorePolicy policy, long paceMs, int warmS, int seconds) {}

  private static double ours(Path work, Fs fs, Play play) throws IOException, StoreException {
    try (LoopDisk disk = new LoopDisk(fs, "defaults", work)) {
      Path folder = Files.createDirectories(disk.folder().resolve("store"));
      ReferenceBed bed = new ReferenceBed(0, new SplittableRandom(SEED));
      try (StoreLoad load =
          new StoreLoad(
              new SqliteOutbox(folder, play.pageBytes()),
              StoreLoad.firstEpoch("bench"),
              new StepClock("bench", Places.WALL_NS),
              play.policy(),
              new SplittableRandom(SEED))) {
        for (int s = 0; s < play.warmS(); s++) {
          load.second(bed.next(s * StoreLoad.SECOND_NS));
          load.deliver();
        }
        long before = disk.bytesWritten();
        long dueNs = Wait.nowNs();
        for (int s = play.warmS(); s < play.warmS() + play.seconds(); s++) {
          load.second(bed.next(s * StoreLoad.SECOND_NS));
          load.deliver();
          dueNs += TimeUnit.MILLISECONDS.toNanos(play.paceMs());
          pace(dueNs);
        }
        return perDay(disk.bytesWritten() - before, play.seconds());
      }
    }
  }

  private static void pace(long dueNs) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(dueNs - Wait.nowNs());
    if (leftMs > 0) Wait.ms(leftMs);
  }

  private static double perDay(long bytes, double seconds) {
    return bytes / seconds * DAY_S / 1e9;
  }

  /** Other layouts of the same blocks. */
  private void layouts(Path work, Report report) throws IOException, StoreException {
    Path tools = Folders.fresh(work.resolve("tools"));
    raw = new RawSqlite(tools);
    Path dump = tools.resolve("dump");
    double commitsPerS = dump(dump, tools);
    Table table =
        new Table(
            "The same blocks in other layouts (SQLite in C), GB a day",
            "layout",
            "ext4",
            "fast_commit",
            "ext4, 1 KiB blocks",
            "xfs");
    for (String layout : layoutsToTry()) {
      List<Object> row = new ArrayList<>(List.of(layout));
      for (Fs fs : List.of(Fs.EXT4, Fs.EXT4_FAST_COMMIT, Fs.EXT4_1K_BLOCKS, Fs.XFS)) {
        row.add(layout(work, dump, fs, layout, commitsPerS));
      }
      table.row(row.toArray());
      report.progress(layout);
    }
    report.table(table);
    report.line(
        "tables: 4 = one a lane; row=commit: one table, all lanes of a commit in a row. hours=N:"
            + " a file of its own for N commits, the oldest unlinked; retain=N: commits kept; step:"
            + " commits deleted at a time; turn: of these, commits of one table before the next"
            + " one's turn; settled=N: each Nth commit says what is delivered; percent: of each"
            + " block's bytes, for a denser coding; mount: options. All stand in raw-sqlite.c.");
  }

  private static List<String> layoutsToTry() {
    String usual = "page=512 sync=fdatasync ";
    String denser = usual + "percent=48 ";
    String hour = "retain=22278 step=3713 skip=46412 limit=68690";
    String minute = "retain=22278 step=62 skip=46412 limit=68690";
    return List.of(
        usual,
        "page=512 sync=fsync",
        "page=4096 sync=fdatasync",
        "page=512 sync=fsync pace=10 limit=6000",
        usual + "pace=10 limit=6000",
        "page=512 sync=fsync mount=noatime,lazytime",
        usual + "log=1048576",
        usual + "log=16777216",
        usual + "fill=4194304",
        usual + minute,
        usual + hour,
        usual + hour + " turn=62",
        usual + hour + " secure=ON",
        usual + hour + " row=commit",
        denser,
        denser + minute + " settled=1",
        denser + minute + " settled=10",
        denser + hour + " turn=62 settled=10",
        denser + minute + " settled=10 tables=1",
        denser + minute + " settled=10 row=commit",
        denser + "hours=22278 retain=44556 skip=55556 limit=100112");
  }

  private double layout(Path work, Path dump, Fs fs, String layout, double commitsPerS)
      throws IOException {
    List<String> options = new ArrayList<>(List.of(layout.split(" ", -1)));
    String mount = "defaults";
    for (String option : List.copyOf(options)) {
      if (option.startsWith("mount=")) mount = option.substring(6);
    }
    if (!layout.contains("skip=")) options.add("skip=3713");
    if (!layout.contains("limit=")) options.add("limit=11139");
    RawSqlite program = raw;
    if (program == null) throw new IllegalStateException("not compiled");
    try (LoopDisk disk = new LoopDisk(fs, mount, work)) {
      long[] before = new long[1];
      RawSqlite.Figures figures =
          program.run(
              dump,
              disk.folder().resolve("outbox.db"),
              () -> before[0] = disk.bytesWritten(),
              options);
      return perDay(disk.bytesWritten() - before[0], figures.commits() / commitsPerS);
    }
  }

  /** Writes two hours of the bed; returns commits a second. */
  private static double dump(Path dump, Path folder) throws IOException, StoreException {
    ReferenceBed bed = new ReferenceBed(0, new SplittableRandom(SEED));
    int seconds = 2 * HOUR_S;
    try (BlockDump outbox = new BlockDump(new SqliteOutbox(folder), dump);
        StoreLoad load =
            new StoreLoad(
                outbox,
                StoreLoad.firstEpoch("bench"),
                new StepClock("bench", Places.WALL_NS),
                StoreLoad.ALL_KEPT,
                new SplittableRandom(SEED))) {
      for (int s = 0; s < seconds; s++) load.second(bed.next(s * StoreLoad.SECOND_NS));
      return (double) outbox.commits() / seconds;
    }
  }

  private static String word(Fs fs) {
    return switch (fs) {
      case EXT4 -> "ext4";
      case EXT4_FAST_COMMIT -> "ext4 fast_commit";
      case EXT4_1K_BLOCKS -> "ext4, 1 KiB blocks";
      case XFS -> "xfs";
    };
  }
}
