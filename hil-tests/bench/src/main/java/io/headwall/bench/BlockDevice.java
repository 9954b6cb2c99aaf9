package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A block device and what was ever written to it, by everybody.
 *
 * @param folder in sysfs
 */
record BlockDevice(Path folder) {

  private static final int SECTOR_BYTES = 512;

  /** In {@code stat}, Documentation/block/stat.rst: write I/Os, write sectors. */
  private static final int WRITES = 4;

  private static final int SECTORS_WRITTEN = 6;

  /** The device that a folder lies on; null where it lies on none, as in tmpfs. */
  static @Nullable BlockDevice of(Path folder) throws IOException {
    long device = (Long) Files.getAttribute(folder, "unix:dev");
    long major = (device >> 8) & 0xFFF;
    long minor = (device & 0xFF) | ((device >> 12) & 0xFFF00);
    Path sys = Path.of("/sys/dev/block", major + ":" + minor);
    return Files.exists(sys) ? new BlockDevice(sys.toRealPath()) : null;
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  long bytesWritten() throws IOException {
    return stat(SECTORS_WRITTEN) * SECTOR_BYTES;
  }

  long writes() throws IOException {
    return stat(WRITES);
  }

  private long stat(int field) throws IOException {
    String[] fields = Files.readString(folder.resolve("stat"), UTF_8).strip().split("\\s+", -1);
    return Long.parseLong(fields[field]);
  }
}
