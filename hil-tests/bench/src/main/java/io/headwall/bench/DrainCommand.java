package io.headwall.bench;

import io.headwall.hardware.SystemClocks;
import io.headwall.hardware.TimeTrust;
import io.headwall.rig.BoxConfig;
import io.headwall.rig.BoxProcess;
import io.headwall.rig.Broker;
import io.headwall.rig.Wait;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench drain}: an old backlog leaves the real box while its bed goes on. */
@Command(
    name = "drain",
    description = {
      "Drains hours of backlog of the reference bed from the real box, through a real broker on",
      "loopback, with a bed of simulated devices alive at the same time."
    },
    mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {

  private static final int THREADS_SHOWN = 8;
  private static final long TICK_MS = 1_000;
  private static final int ALARM_EVERY_TICKS = 1;

  /** Not counted: what was read before the link was up, and what the devices say at first. */
  private static final long STARTS_NS = TimeUnit.SECONDS.toNanos(10);

  private static final long SETTLED_PENDING = 3_000;

  @Mixin private Places places = new Places();

  @Option(names = "--hours", defaultValue = "72", description = "of backlog; default 72")
  private int hours;

  @Option(names = "--store", description = "of 'bench backlog --hours', copied; saves making one")
  private @Nullable Path store;

  @Option(names = "--broker", defaultValue = "mosquitto", description = "mosquitto or hivemq")
  private String broker;

  @Option(names = "--outage", defaultValue = "20", description = "s without broker in the middle")
  private int outageS;

  @Option(names = "--before", defaultValue = "20", description = "s before the outage")
  private int beforeS;

  @Option(names = "--after", defaultValue = "30", description = "s after the drain")
  private int afterS;

  @Option(names = "--limit", defaultValue = "1800", description = "s until it is given up")
  private int limitS;

  @Option(names = "--uplink-line", description = "a further line of the uplink's configuration")
  private List<String> uplinkLines = List.of();

  @Option(names = "--name", defaultValue = "drain", description = "of the results' files")
  private String name;

  @SuppressWarnings("NullAway.Init") // picocli injects
  DrainCommand() {}

  @Override
  public Integer call() throws IOException, StoreException {
    if (broker.equals("mosquitto") && !Needs.met(places.out(), broker)) return Needs.EXIT_CODE;
    Path work = Folders.fresh(places.work().resolve("bench-drain"));
    Report report = places.report(name);
    report.line("# bench drain\n");
    report.line(MachineNote.of(work));
    drain(work, report);
    places.write(report);
    // After a failure the box's log stays there.
    Folders.delete(work);
    return 0;
  }

  private void drain(Path work, Report report) throws IOException, StoreException {
    BoxProcess box = BoxProcess.in(Files.createDirectories(work.resolve("box")));
    fill(box.store(), report);
    System.setProperty(Broker.CHOICE, broker);
    try (Broker running = Broker.start(work.resolve("broker"));
        LiveBed bed = new LiveBed(work);
        LiveProbe probe = new LiveProbe(running.port(), bed, new SystemClocks(TimeTrust.HOST))) {
      box.configure(new BoxConfig("ICU-1", "7", running.port(), bed.configs()));
      for (String line : uplinkLines) append(box.configFile(), line);
      probe.connect();
      box.start();
      try {
        box.awaitUp();
        run(report, new Scene(running, bed, probe, new BoxWatch(box)));
        box.stop(Duration.ofSeconds(20));
      } finally {
        box.close();
      }
    }
  }

  private record Scene(Broker broker, LiveBed bed, LiveProbe probe, BoxWatch watch) {}

  /** When the parts of a run began, on the clock of the rig; 0: it never did. */
  private static final class Times {
    long beganNs;
    long awayNs;
    long backNs;
    long drainedNs;
    long endNs;
    long upNs;
    long upAgainNs;
  }

  private void run(Report report, Scene scene) throws IOException {
    Times times = new Times();
    times.beganNs = Wait.nowNs();
    long firstPending = -1;
    while (times.endNs == 0) {
      long beforeNs = Wait.nowNs();
      long s = TimeUnit.NANOSECONDS.toSeconds(beforeNs - times.beganNs);
      int tick = scene.watch().ticks().size();
      if (tick % ALARM_EVERY_TICKS == 0) scene.bed().alarm();
      @Nullable Tick look = scene.watch().look();
      if (look != null) firstPending = Math.max(firstPending, look.pending());
      steer(scene, times, s);
      if (look != null && firstPending > SETTLED_PENDING) judge(times, look, s);
      if (tick % 20 == 0 && look != null) {
        report.progress(s + " s: " + look.state() + ", pending " + look.pending());
      }
      long leftMs = TICK_MS - TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - beforeNs);
      if (leftMs > 0) Wait.ms(leftMs);
    }
    tell(report, scene, times, firstPending);
  }

  private void steer(Scene scene, Times times, long s) {
    if (outageS > 0 && times.awayNs == 0 && s >= beforeS) {
      scene.probe().leave();
      scene.broker().takeAway();
      times.awayNs = Wait.nowNs();
    }
    if (times.awayNs != 0 && times.backNs == 0 && s >= beforeS + outageS) {
      scene.broker().bringBack();
      scene.probe().connect();
      times.backNs = Wait.nowNs();
    }
  }

  private void judge(Times times, Tick look, long s) {
    if (times.upNs == 0 && isUp(look)) times.upNs = look.atNs();
    boolean returned = times.backNs != 0 && look.atNs() > times.backNs;
    if (returned && times.upAgainNs == 0 && isUp(look)) {
      times.upAgainNs = look.atNs();
    }
    boolean steered = outageS == 0 || times.backNs != 0;
    if (times.drainedNs == 0 && steered && look.pending() < SETTLED_PENDING) {
      times.drainedNs = look.atNs();
    }
    long afterNs = TimeUnit.SECONDS.toNanos(afterS);
    boolean watched = times.drainedNs != 0 && look.atNs() - times.drainedNs > afterNs;
    if (watched || s > limitS) times.endNs = look.atNs();
  }

  private static boolean isUp(Tick look) {
    return look.state().equals("up") || look.state().equals("draining");
  }

  private void tell(Report report, Scene scene, Times times, long firstPending) throws IOException {
    List<Tick> ticks = scene.watch().ticks();
    long untilNs = times.drainedNs == 0 ? times.endNs : times.drainedNs;
    double drainS = (untilNs - times.beganNs) / 1e9 - (times.backNs - times.awayNs) / 1e9;
    double drained = firstPending - (times.drainedNs == 0 ? ticks.getLast().pending() : 0);
    double backlogS = hours * 3_600.0 * drained / firstPending;
    Tick last = ticks.stream().filter(t -> t.atNs() <= untilNs).toList().getLast();
    Table table =
        new Table("Drain of " + hours + " h, " + broker + " on loopback", "what", "figure");
    table.row("backlog, readings", firstPending);
    table.row("drained", times.drainedNs == 0 ? "no, given up" : "yes");
    table.row("time of the drain, s, the outage taken off", drainS);
    table.row("x real time", backlogS / drainS);
    table.row("readings/s", drained / drainS);
    table.row("CPU us of the box per reading", (last.cpuUs() - ticks.getFirst().cpuUs()) / drained);
    table.row("CPU of the box, cores", (last.cpuUs() - ticks.getFirst().cpuUs()) / 1e6 / drainS);
    table.row("uplink up after, s", (times.upNs - times.beganNs) / 1e9);
    if (times.upAgainNs != 0) {
      table.row("uplink up again after the outage, s", (times.upAgainNs - times.backNs) / 1e9);
    }
    table.row("history messages", scene.probe().historyMessages());
    table.row("readings per history message", drained / scene.probe().historyMessages());
    table.row("heap, highest seen, MB", highest(ticks.stream().map(t -> t.heapBytes() / 1e6)));
    table.row("RSS, first / highest / last, MB", rss(ticks));
    report.table(table);
    report.table(threads(scene.watch().threadCpuUs()));
    latencies(report, scene.probe(), times);
    DrainPicture picture =
        new DrainPicture(times.beganNs, ticks, scene.probe().arrived(), hours * 3_600.0);
    if (times.awayNs != 0) picture.outage(times.awayNs, times.backNs);
    Path svg = places.results().resolve(name + ".svg");
    Files.writeString(svg, picture.svg(), StandardCharsets.UTF_8);
    report.line("![Latency and backlog over time](" + name + ".svg)");
  }

  private static Table threads(Map<String, Long> cpuUs) {
    Table table = new Table("CPU of the box by thread", "thread", "s");
    cpuUs.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(THREADS_SHOWN)
        .forEach(e -> table.row(e.getKey(), e.getValue() / 1e6));
    return table;
  }

  private static double highest(Stream<Double> values) {
    return values.max(Double::compare).orElse(Double.NaN);
  }

  private static String rss(List<Tick> ticks) {
    return Table.text(ticks.getFirst().residentBytes() / 1e6)
        + " / "
        + Table.text(highest(ticks.stream().map(t -> t.residentBytes() / 1e6)))
        + " / "
        + Table.text(ticks.getLast().residentBytes() / 1e6);
  }

  private static void latencies(Report report, LiveProbe probe, Times times) {
    List<Arrived> all = probe.arrived().stream().filter(a -> counts(a, times)).toList();
    Table table =
        new Table(
            "From the last byte of the frame on the line to the subscriber, ms",
            "when",
            "what",
            "readings",
            "p50",
            "p99",
            "max");
    long untilNs = times.drainedNs == 0 ? times.endNs : times.drainedNs;
    for (boolean alarm : List.of(false, true)) {
      String what = alarm ? "alarms" : "live";
      row(
          table,
          "during the drain",
          what,
          Latencies.of(all, a -> a.alarm() == alarm && a.atNs() < untilNs));
      row(
          table,
          "after it",
          what,
          Latencies.of(all, a -> a.alarm() == alarm && a.atNs() > untilNs));
    }
    report.table(table);
    report.line(
        "Measured in one process on one clock: from the moment when the last byte of a packet of an"
            + " oximeter has been written to its pseudo terminal to the subscriber's callback. That"
            + " is later than the PUBACK to the box by what the broker takes to pass the message"
            + " on. Counted is what left its device 10 s after the link had come up, or later. A"
            + " packet takes 320 ms on the line; its alarm is known to the box with its last byte."
            + " Not among them: "
            + probe.unknown()
            + " live readings of the ventilator and the box.");
  }

  /** Whether a reading left its device while the link was up and had been for a while. */
  private static boolean counts(Arrived a, Times times) {
    long leftNs = a.atNs() - a.latencyNs();
    if (leftNs < times.upNs + STARTS_NS) return false;
    if (times.awayNs == 0 || leftNs < times.awayNs) return true;
    return times.upAgainNs != 0 && leftNs > times.upAgainNs + STARTS_NS;
  }

  private static void row(Table table, String when, String what, Latencies l) {
    table.row(when, what, l.count(), l.ms(0.5), l.ms(0.99), l.ms(1));
  }

  private void fill(Path to, Report report) throws IOException, StoreException {
    Files.createDirectories(to);
    if (store == null) {
      Backlog.fill(to, hours, report);
      return;
    }
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(String.valueOf(file.getFileName())),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }
}
