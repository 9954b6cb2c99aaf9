package io.headwall.rig;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A disk in a file with a file system of its own, whose power can be cut: what was not synchronised
 * by then is gone. Needs root.
 */
final class LoopDisk implements AutoCloseable {

  /** The least that mkfs.xfs takes is 300 MB; the file is sparse. */
  private static final long BYTES = 400L << 20;

  private static final int UNMOUNT_ATTEMPTS_MAX = 50;
  private static final long UNMOUNT_WAIT_MS = 100;

  private final Path image;
  private final Path folder;
  private boolean mounted;

  /** Kinds of file systems that know how to lose their power. */
  enum Fs {
    EXT4,
    XFS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Makes the file system and mounts it.
   *
   * @param image the disk's file, made here
   * @param folder where it is mounted, made here
   */
  LoopDisk(Fs fs, Path image, Path folder) throws IOException {
    this.image = image;
    this.folder = Files.createDirectories(folder);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Program.run("mkfs." + fs.word(), "-q", image.toString());
    mount();
  }

  private LoopDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /**
   * Cuts the power: from now on nothing reaches the disk, and every call of those who have files
   * open fails. Nothing is flushed before.
   */
  void cut() throws IOException {
    Program.run("xfs_io", "-x", "-c", "shutdown", folder.toString());
  }

  /** Power is back: the file system replays its journal. Nobody may have a file open. */
  void restore() throws IOException {
    unmount();
    mount();
  }

  /**
   * What a power cut at this moment would leave. Nobody may write meanwhile; nothing is flushed.
   *
   * @param copy the copied disk's file, made here
   * @param mountedAt where the copy is mounted, made here
   */
  LoopDisk copy(Path copy, Path mountedAt) throws IOException {
    Program.run("cp", "--sparse=always", image.toString(), copy.toString());
    return new LoopDisk(copy, Files.createDirectories(mountedAt));
  }

  /** Power is back on a copy: the file system replays its journal. */
  void begin() throws IOException {
    mount();
  }

  @Override
  public void close() {
    try {
      if (mounted) unmount();
      Files.deleteIfExists(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mount() throws IOException {
    Program.run("mount", "-o", "loop", image.toString(), folder.toString());
    mounted = true;
  }

  /** A process that was killed may take a moment to let go. */
  private void unmount() throws IOException {
    for (int attempt = 1; mounted; attempt++) {
      try {
        Program.run("umount", folder.toString());
        mounted = false;
      } catch (IOException e) {
        if (attempt == UNMOUNT_ATTEMPTS_MAX) throw e;
        Wait.ms(UNMOUNT_WAIT_MS);
      }
    }
  }
}
