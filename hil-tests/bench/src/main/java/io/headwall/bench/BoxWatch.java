package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.rig.BoxProcess;
import io.headwall.rig.Json;
import io.headwall.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the box once a second: backlog, memory, CPU. */
final class BoxWatch {

  private static final int HEAP_EVERY = 10;

  private final BoxProcess box;
  private final long pid;
  private final List<Tick> ticks = new ArrayList<>();

  /** Watches a box that has been started by this process. */
  BoxWatch(BoxProcess box) {
    this.box = box;
    this.pid =
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().commandLine().orElse("").contains("io.headwall.edge.Main"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the box is not there"))
            .pid();
  }

  /** Takes a look; null while the box does not answer. */
  @Nullable Tick look() throws IOException {
    Json status = box.status();
    if (status == null) return null;
    Json uplink = status.named("uplinks", "cis");
    ProcessFigures process = ProcessFigures.of(pid);
    Tick tick =
        new Tick(
            Wait.nowNs(),
            uplink.number("pending"),
            uplink.number("delivered"),
            uplink.text("state"),
            ticks.size() % HEAP_EVERY == 0 ? heapBytes() : 0,
            process.residentBytes(),
            process.cpuUs());
    ticks.add(tick);
    return tick;
  }

  List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  /** CPU time of each of its threads so far, by name; threads of one name together. */
  Map<String, Long> threadCpuUs() throws IOException {
    Map<String, Long> byName = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        String name = Files.readString(task.resolve("comm"), UTF_8).strip();
        byName.merge(name, ProcessFigures.cpuUs(task.resolve("stat")), Long::sum);
      }
    }
    return byName;
  }

  /** Used bytes of the heap's generations, as jstat says. */
  private long heapBytes() throws IOException {
    String jstat = Path.of(System.getProperty("java.home"), "bin", "jstat").toString();
    String[] lines = Program.run(jstat, "-gc", Long.toString(pid)).strip().split("\n", -1);
    String[] names = lines[0].strip().split("\\s+", -1);
    String[] values = lines[1].strip().split("\\s+", -1);
    double kib = 0;
    for (int i = 0; i < names.length; i++) {
      if (List.of("S0U", "S1U", "EU", "OU").contains(names[i]))
        kib += Double.parseDouble(values[i]);
    }
    return (long) (kib * 1024);
  }
}
