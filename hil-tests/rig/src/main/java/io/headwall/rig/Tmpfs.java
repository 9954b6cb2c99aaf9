package io.headwall.rig;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system in memory that can be filled by others than the box, to the last byte and to
 * the last file. Needs root.
 */
final class Tmpfs implements AutoCloseable {

  private static final int FILES_MAX = 64;
  private static final int PIECE_BYTES = 64 << 10;
  private static final int PAGE_BYTES = 4096;

  private final Path folder;
  private final Path ballast;
  private final Path crowd;

  /** Makes and mounts it. */
  Tmpfs(Path folder, int megabytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.ballast = folder.resolve("ballast");
    this.crowd = folder.resolve("crowd");
    String options = "size=" + megabytes + "m,nr_inodes=" + FILES_MAX;
    Program.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
  }

  /** Takes all the room that there is now. */
  void crowdOut() throws IOException {
    try (FileChannel out = FileChannel.open(ballast, CREATE, WRITE, APPEND)) {
      int piece = PIECE_BYTES;
      while (piece >= PAGE_BYTES) {
        long room = folder.toFile().getUsableSpace();
        if (room < piece || !written(out, piece)) piece /= 2;
      }
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** Takes all the files that there may be; says how many. */
  int crowd() throws IOException {
    Files.createDirectories(crowd);
    for (int files = 0; ; files++) {
      try {
        Files.createFile(crowd.resolve(Integer.toString(files)));
      } catch (IOException e) {
        return files;
      }
    }
  }

  /** Gives the files back. */
  void clear() throws IOException {
    Folders.delete(crowd);
  }

  @Override
  public void close() {
    try {
      Program.run("umount", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean written(FileChannel out, int bytes) {
    try {
      return out.write(ByteBuffer.allocate(bytes)) == bytes;
    } catch (IOException e) {
      return false;
    }
  }
}
