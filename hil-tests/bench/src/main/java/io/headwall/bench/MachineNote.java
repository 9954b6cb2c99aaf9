package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were taken on, without its name. */
final class MachineNote {

  private MachineNote() {}

  /**
   * Processor, memory, kernel, disk and load.
   *
   * @param folder whose file system and disk are described
   */
  static String of(Path folder) throws IOException {
    String cpu = field(Path.of("/proc/cpuinfo"), "model name");
    long kib = Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").split(" ", -1)[0]);
    String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease"), UTF_8).strip();
    String load = Files.readString(Path.of("/proc/loadavg"), UTF_8).strip();
    return String.format(
        Locale.ROOT,
        "Machine: %s, %d cores, %.0f GiB; Linux %s; %s on %s; Java %s; load %s before.",
        cpu,
        Runtime.getRuntime().availableProcessors(),
        kib / 1048576.0,
        kernel.split("-", -1)[0],
        Files.getFileStore(folder).type(),
        disk(folder),
        Runtime.version(),
        load.substring(0, load.indexOf(' ')));
  }

  private static String disk(Path folder) throws IOException {
    BlockDevice device = BlockDevice.of(folder);
    if (device == null) return "no disk";
    String name = device.name();
    Path queue = Path.of("/sys/class/block", name.replaceAll("p?\\d+$", ""), "queue/rotational");
    if (!Files.exists(queue)) queue = Path.of("/sys/class/block", name, "queue/rotational");
    if (!Files.exists(queue)) return name;
    boolean turns = Files.readString(queue, UTF_8).strip().equals("1");
    return name + (turns ? " (rotational by its own word)" : " (not rotational)");
  }

  private static String field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file, UTF_8)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "unknown";
  }
}
