package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel counts of a process.
 *
 * @param cpuUs user and system time, in steps of 10 ms
 * @param writtenBytes that it caused to be sent to a disk, the file system's journal not counted
 * @param residentBytes in memory now
 */
record ProcessFigures(long cpuUs, long writtenBytes, long residentBytes) {

  private static final long TICK_US = 10_000;
  private static final int UTIME = 11;
  private static final int STIME = 12;

  static ProcessFigures self() throws IOException {
    return of(ProcessHandle.current().pid());
  }

  static ProcessFigures of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return new ProcessFigures(
        cpuUs(proc.resolve("stat")),
        number(proc.resolve("io"), "write_bytes:"),
        number(proc.resolve("status"), "VmRSS:") << 10);
  }

  /** User and system time of a process or thread. */
  static long cpuUs(Path statFile) throws IOException {
    String stat = Files.readString(statFile, UTF_8);
    // The second field is the program's name in brackets and may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * TICK_US;
  }

  private static long number(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file, UTF_8)) {
      if (line.startsWith(name)) return Long.parseLong(line.replaceAll("\\D+", ""));
    }
    throw new IOException(file + " has no " + name);
  }
}
