package io.headwall.bench;

import io.headwall.rig.Wait;
import io.headwall.store.Arrival;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench store}: how many readings a second become durable, and what each costs. */
@Command(
    name = "store",
    description = {
      "Readings a second that become durable: the store duty over SQLite at FULL, fed with the",
      "reference bed times N, beside SQLite in C and beside what else people keep readings in."
    },
    mixinStandardHelpOptions = true)
final class StoreCommand implements Callable<Integer> {

  private static final double STEP = 1.5;
  private static final int BEDS_MAX = 20_000;
  private static final int WARM_SECONDS = 100;
  private static final int WARM_RUNS = 5;
  private static final String DUMP = "dump";
  private static final int SIZE_SECONDS = 600;
  private static final int SYNC_SECONDS = 120;
  private static final int PEER_SECONDS = 200;
  private static final int SEED = 20_261_124;

  @Mixin private Places places = new Places();

  @Option(names = "--no-peers", description = "leave the peers out")
  private boolean noPeers;

  @Option(names = "--peer-seconds", defaultValue = "15", description = "limit of each peer")
  private int peerSeconds;

  @Option(
      names = "--once",
      hidden = true,
      description = "store so many seconds of one bed, no more")
  private int once;

  @SuppressWarnings("NullAway.Init") // set before it is used, in call()
  private Report report;

  @SuppressWarnings("NullAway.Init")
  private RawSqlite raw;

  private double best;

  /** Commits of the dump's first second, which is not measured. */
  private long dumpWarm;

  @Override
  public Integer call() throws IOException, StoreException, InterruptedException {
    if (!Needs.met(places.out(), "gcc")) return Needs.EXIT_CODE;
    if (!noPeers && !Needs.met(places.out(), "mosquitto")) return Needs.EXIT_CODE;
    Path work = Folders.fresh(places.work().resolve("bench-store"));
    try {
      if (once > 0) {
        run(work, new Seconds(1, once, _ -> true), 0);
        return 0;
      }
      report = places.report("store");
      report.line("# bench store\n");
      report.line(MachineNote.of(work));
      raw = new RawSqlite(work);
      ladder(work);
      costs(work);
      sizes(work);
      if (!noPeers) peers(work);
      places.write(report);
      return 0;
    } finally {
      Folders.delete(work);
    }
  }

  private void ladder(Path work) throws IOException, StoreException {
    Table table =
        new Table(
            "Durable readings/s, one second of the reference bed x N after the other, no pause",
            "beds",
            "offered/s",
            "samples/s",
            "ms for a second's worth",
            "durable/s",
            "of C, fsync",
            "of C, fdatasync",
            "commits",
            "CPU us/reading",
            "C CPU us/reading");
    for (int i = 0; i < WARM_RUNS; i++) run(work, new Seconds(10, WARM_SECONDS, _ -> true), 1);
    boolean keepsUp = true;
    for (int beds = 1; keepsUp && beds <= BEDS_MAX; beds = next(beds)) {
      keepsUp = rung(work, beds, table);
    }
    report.table(table);
    report.line(
        "A reading is a number, a setting, an alarm or a block of one second of one waveform."
            + " C: raw-sqlite.c writes the very same blocks with the same pragmas, page size and"
            + " log; ours encodes them first. sqlite-jdbc's library calls fsync, Debian's"
            + " fdatasync: both are shown. CPU is that of the process, JIT and GC included.");
  }

  private static int next(int beds) {
    return beds < 10 ? beds * 10 : (int) (beds * STEP);
  }

  /** One N; whether a second's worth took less than a second. */
  private boolean rung(Path work, int beds, Table table) throws IOException, StoreException {
    int measured = Math.clamp(1_000 / beds, 5, 300);
    Cost ours = run(work, new Seconds(beds, measured + 1, _ -> true), 1);
    dump(work, new Seconds(beds, measured + 1, _ -> true));
    RawSqlite.Figures fsync = c(work, "fsync");
    RawSqlite.Figures fdatasync = c(work, "fdatasync");
    double perSecond = ours.readings / ours.seconds;
    double ms = ours.seconds * 1000 / measured;
    table.row(
        beds,
        (double) ours.readings / measured,
        (double) ours.samples / measured,
        ms,
        perSecond,
        perSecond / (fsync.readings() / fsync.seconds()),
        perSecond / (fdatasync.readings() / fdatasync.seconds()),
        ours.commits,
        (double) ours.cpuUs / ours.readings,
        fsync.cpuSeconds() * 1e6 / fsync.readings());
    report.progress(beds + " beds: " + Table.text(perSecond) + " readings/s durable");
    if (ms <= 1000) best = Math.max(best, perSecond);
    return ms <= 1000;
  }

  /** Writes the blocks of some seconds for the C program. */
  private void dump(Path work, Seconds seconds) throws IOException, StoreException {
    Path folder = Folders.fresh(work.resolve("dumped"));
    try (BlockDump outbox = new BlockDump(new SqliteOutbox(folder), work.resolve(DUMP));
        StoreLoad load = load(outbox)) {
      load.secondAtOnce(seconds.one());
      dumpWarm = outbox.commits();
      for (List<List<Arrival>> some = seconds.some(); !some.isEmpty(); some = seconds.some()) {
        for (List<Arrival> second : some) load.secondAtOnce(second);
      }
    }
  }

  private RawSqlite.Figures c(Path work, String sync) throws IOException {
    Path database = Folders.fresh(work.resolve("c")).resolve("outbox.db");
    return raw.run(
        work.resolve(DUMP),
        database,
        () -> {},
        List.of("sync=" + sync, "skip=" + dumpWarm, "page=" + SqliteOutbox.PAGE_BYTES_DEFAULT));
  }

  private void costs(Path work) throws IOException, StoreException {
    BlockDevice device = BlockDevice.of(work);
    long before = device == null ? 0 : device.bytesWritten();
    Cost cost = run(work, new Seconds(1, SIZE_SECONDS, _ -> true), 1);
    Program.run("sync", "-f", work.toString());
    long disk = device == null ? 0 : device.bytesWritten() - before;
    Table table =
        new Table("What a reading costs at one bed, one commit a second", "what", "figure");
    table.row("readings/s offered", (double) cost.readings / (SIZE_SECONDS - 1));
    table.row("commits", cost.commits);
    table.row("fsyncs per commit (strace)", syncsPerCommit(work));
    table.row("bytes sent to the disk per reading (/proc/self/io)", per(cost.writtenBytes, cost));
    table.row("bytes at the block device per reading, by everybody", per(disk, cost));
    table.row("CPU us per reading", per(cost.cpuUs, cost));
    report.table(table);
  }

  private static double per(long what, Cost cost) {
    return (double) what / cost.readings;
  }

  private double syncsPerCommit(Path work) throws IOException {
    if (!Program.isThere("strace")) return Double.NaN;
    Path counts = work.resolve("strace");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", counts.toString()));
    command.addAll(SelfCommand.of("store", "--once", Integer.toString(SYNC_SECONDS)));
    command.addAll(List.of("--folder", work.resolve("traced").toString()));
    Program.run(command);
    long calls = 0;
    for (String line : Files.readAllLines(counts)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length >= 5 && fields[fields.length - 1].matches("f(data)?sync")) {
        calls += Long.parseLong(fields[3]);
      }
    }
    return (double) calls / SYNC_SECONDS;
  }

  private void sizes(Path work) throws IOException, StoreException {
    Table table =
        new Table(
            "Bytes in the file, " + SIZE_SECONDS + " s of one bed",
            "lane",
            "readings",
            "samples",
            "bytes",
            "per reading",
            "per sample");
    for (Lane lane : List.of(Lane.NUMERIC, Lane.WAVE, Lane.EVENT)) {
      size(work, table, lane.wireName(), a -> Lane.of(a.reading()) == lane);
    }
    size(work, table, "all", _ -> true);
    report.table(table);
    report.line("Each lane alone in a file of its own, pages of the tables' own included.");
  }

  private void size(Path work, Table table, String name, Predicate<Arrival> which)
      throws IOException, StoreException {
    Path folder = Folders.fresh(work.resolve("size"));
    long empty;
    try (StoreLoad load = load(new SqliteOutbox(folder))) {
      load.secondAtOnce(new Seconds(1, 1, which).one());
    }
    empty = Folders.bytes(folder);
    Cost cost = run(work, new Seconds(1, SIZE_SECONDS, which), 0);
    double bytes = Folders.bytes(work.resolve("ours")) - empty;
    table.row(
        name,
        cost.readings,
        cost.samples,
        bytes,
        bytes / cost.readings,
        cost.samples == 0 ? Double.NaN : bytes / cost.samples);
  }

  private void peers(Path work) throws IOException, InterruptedException {
    List<Arrival> readings = new ArrayList<>();
    Seconds seconds = new Seconds(1, PEER_SECONDS, _ -> true);
    for (int s = 0; s < PEER_SECONDS; s++) readings.addAll(seconds.one());
    Table table =
        new Table(
            "Peers, one reading a message as their users do",
            "peer",
            "readings",
            "readings/s",
            "ours is x",
            "CPU us/reading",
            "disk bytes/reading",
            "files bytes/reading",
            "an ack means");
    for (Peer peer :
        List.of(
            new PahoPeer(), new MosquittoPeer(true), new MosquittoPeer(false), new HivePeer())) {
      Path folder = Folders.fresh(work.resolve("peer"));
      report.progress(peer.name() + " ...");
      Peer.Figures f = peer.store(folder, readings, Duration.ofSeconds(peerSeconds));
      double perSecond = f.readings() / f.seconds();
      table.row(
          peer.name(),
          f.readings(),
          perSecond,
          best / perSecond,
          (double) f.cpuUs() / f.readings(),
          (double) f.writtenBytes() / f.readings(),
          (double) f.fileBytes() / f.readings(),
          peer.promise());
    }
    report.table(table);
    report.line("Ours: " + Table.text(best) + " durable readings/s, the largest N that kept up.");
  }

  private record Cost(
      long readings, long samples, double seconds, long commits, long cpuUs, long writtenBytes) {

    Cost and(Cost more) {
      return new Cost(
          readings + more.readings,
          samples + more.samples,
          seconds + more.seconds,
          commits,
          cpuUs + more.cpuUs,
          writtenBytes + more.writtenBytes);
    }

    Cost withCommits(long n) {
      return new Cost(readings, samples, seconds, n, cpuUs, writtenBytes);
    }
  }

  /** Stores seconds in a fresh outbox; the first {@code warm} of them are not measured. */
  private Cost run(Path work, Seconds seconds, int warm) throws IOException, StoreException {
    Path folder = Folders.fresh(work.resolve("ours"));
    try (StoreLoad load = load(new SqliteOutbox(folder))) {
      for (int s = 0; s < warm; s++) load.secondAtOnce(seconds.one());
      long commits = load.stats().commits();
      Cost cost = new Cost(0, 0, 0, 0, 0, 0);
      for (List<List<Arrival>> some = seconds.some(); !some.isEmpty(); some = seconds.some()) {
        cost = cost.and(store(load, some));
      }
      return cost.withCommits(load.stats().commits() - commits);
    }
  }

  private static Cost store(StoreLoad load, List<List<Arrival>> seconds)
      throws IOException, StoreException {
    ProcessFigures before = ProcessFigures.self();
    long beganNs = Wait.nowNs();
    for (List<Arrival> second : seconds) load.secondAtOnce(second);
    double elapsed = (Wait.nowNs() - beganNs) / 1e9;
    ProcessFigures after = ProcessFigures.self();
    return new Cost(
        seconds.stream().mapToLong(List::size).sum(),
        seconds.stream().mapToLong(Load::samples).sum(),
        elapsed,
        0,
        after.cpuUs() - before.cpuUs(),
        after.writtenBytes() - before.writtenBytes());
  }

  private static StoreLoad load(Outbox outbox) throws StoreException {
    return new StoreLoad(
        outbox,
        StoreLoad.firstEpoch("bench"),
        new StepClock("bench", Places.WALL_NS),
        StoreLoad.ALL_KEPT,
        new SplittableRandom(SEED));
  }
}
