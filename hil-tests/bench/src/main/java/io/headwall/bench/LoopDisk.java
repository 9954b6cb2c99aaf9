package io.headwall.bench;

import io.headwall.rig.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of its own over a file in memory, to count what reaches the block device without
 * anybody else's writes among it. Needs root.
 */
final class LoopDisk implements AutoCloseable {

  private static final long BYTES = 3L << 30;
  private static final int UNMOUNT_ATTEMPTS_MAX = 50;
  private static final long UNMOUNT_WAIT_MS = 100;

  private final Path image;
  private final Path folder;
  private final String device;

  /** File systems as a box may have them. */
  enum Fs {
    EXT4("mkfs.ext4", List.of("-E", "lazy_itable_init=0,lazy_journal_init=0")),
    EXT4_FAST_COMMIT(
        "mkfs.ext4", List.of("-E", "lazy_itable_init=0,lazy_journal_init=0", "-O", "fast_commit")),
    EXT4_1K_BLOCKS(
        "mkfs.ext4", List.of("-E", "lazy_itable_init=0,lazy_journal_init=0", "-b", "1024")),
    XFS("mkfs.xfs", List.of());

    final String program;
    final List<String> options;

    Fs(String program, List<String> options) {
      this.program = program;
      this.options = options;
    }
  }

  /**
   * Makes the file system and mounts it.
   *
   * @param folder for the image, in memory, and for the place where it is mounted
   */
  LoopDisk(Fs fs, String mountOptions, Path folder) throws IOException {
    this.image = folder.resolve("image");
    this.folder = Files.createDirectories(folder.resolve("mounted"));
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    device = Program.run("losetup", "-f", "--show", image.toString()).strip();
    List<String> make = new ArrayList<>(List.of(fs.program, "-q"));
    make.addAll(fs.options);
    make.add(device);
    Program.run(make);
    Program.run("mount", "-o", mountOptions, device, this.folder.toString());
  }

  Path folder() {
    return folder;
  }

  /** Bytes that the device has taken so far, all that is still in memory included. */
  long bytesWritten() throws IOException {
    Program.run("sync", "-f", folder.toString());
    String name = String.valueOf(Path.of(device).getFileName());
    return new BlockDevice(Path.of("/sys/block", name)).bytesWritten();
  }

  @Override
  public void close() {
    try {
      unmount();
      Program.run("losetup", "-d", device);
      Files.deleteIfExists(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that has just ended may take a moment to let go. */
  private void unmount() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Program.run("umount", folder.toString());
        return;
      } catch (IOException e) {
        if (attempt == UNMOUNT_ATTEMPTS_MAX) throw e;
        Wait.ms(UNMOUNT_WAIT_MS);
      }
    }
  }
}
