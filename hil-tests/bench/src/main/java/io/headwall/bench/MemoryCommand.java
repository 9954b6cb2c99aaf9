package io.headwall.bench;

import io.headwall.rig.BoxConfig;
import io.headwall.rig.BoxProcess;
import io.headwall.rig.Broker;
import io.headwall.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench memory}: what the box takes while all is well. */
@Command(
    name = "memory",
    description = "Heap, resident memory and CPU of the real box at a bed of simulated devices.",
    mixinStandardHelpOptions = true)
final class MemoryCommand implements Callable<Integer> {

  private static final long TICK_MS = 1_000;
  private static final int ALARM_EVERY_TICKS = 5;

  @Mixin private Places places = new Places();

  @Option(names = "--seconds", defaultValue = "120", description = "default ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  public Integer call() throws IOException {
    if (!Needs.met(places.out(), "mosquitto")) return Needs.EXIT_CODE;
    Path work = Folders.fresh(places.work().resolve("bench-memory"));
    Report report = places.report("memory");
    report.line("# bench memory\n");
    report.line(MachineNote.of(work));
    System.setProperty(Broker.CHOICE, "mosquitto");
    BoxProcess box = BoxProcess.in(Files.createDirectories(work.resolve("box")));
    try (Broker broker = Broker.start(work.resolve("broker"));
        LiveBed bed = new LiveBed(work)) {
      box.configure(new BoxConfig("ICU-1", "7", broker.port(), bed.configs()));
      box.start();
      try {
        box.awaitUp();
        watch(report, bed, new BoxWatch(box));
        box.stop(Duration.ofSeconds(20));
      } finally {
        box.close();
      }
    }
    places.write(report);
    // After a failure the box's log stays there.
    Folders.delete(work);
    return 0;
  }

  private void watch(Report report, LiveBed bed, BoxWatch watch) throws IOException {
    for (int s = 0; s < seconds; s++) {
      if (s % ALARM_EVERY_TICKS == 0) bed.alarm();
      watch.look();
      Wait.ms(TICK_MS);
    }
    List<Tick> ticks = watch.ticks();
    Table table =
        new Table("The box at 21 oximeters and a ventilator", "s", "heap MB", "RSS MB", "CPU %");
    for (int i = 10; i < ticks.size(); i += 10) {
      Tick tick = ticks.get(i);
      Tick before = ticks.get(i - 10);
      double wallUs = (tick.atNs() - before.atNs()) / 1e3;
      table.row(
          i,
          tick.heapBytes() / 1e6,
          tick.residentBytes() / 1e6,
          100.0 * (tick.cpuUs() - before.cpuUs()) / wallUs);
    }
    report.table(table);
    report.line(
        "-Xmx48m -Xmn8m, serial collector, first compiler only; heap as it lies between two"
            + " collections.");
  }
}
