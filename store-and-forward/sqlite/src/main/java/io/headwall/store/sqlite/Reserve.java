package io.headwall.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Room held back for the day when the disk is full: a file of zeros beside the outbox, given up so
 * that there is room to make room. Whatever fails here is no failure of the outbox.
 */
final class Reserve {

  static final int BYTES_DEFAULT = 8 << 20;

  /** How many times its size must be free before it is made. */
  private static final int ROOM_TIMES = 4;

  /** The size of the outbox is asked for once a second: so it is tried once a minute at most. */
  private static final int ASKED_BETWEEN = 60;

  private static final int WRITE_BYTES = 64 << 10;

  private final Path path;
  private final int bytes;
  private int asked;
  private boolean givenUp;

  /**
   * The reserve of a folder.
   *
   * @param bytes its size; 0 for none
   */
  Reserve(Path folder, int bytes) {
    this.path = folder.resolve("reserve");
    this.bytes = bytes;
  }

  boolean isThere() {
    return bytes > 0 && path.toFile().length() == bytes;
  }

  /** Makes it, unless it was given up: then there was no room a moment ago. */
  void opened() {
    if (!givenUp) make();
  }

  /** Makes it again after it was given up, if it is time to look and there is room. */
  void askedForSize() {
    if (++asked % ASKED_BETWEEN == 0) make();
  }

  /** Makes it unless it is there or room is short. */
  private void make() {
    if (bytes == 0 || isThere()) return;
    // Really written, for a file with holes holds back nothing.
    Path fresh = path.resolveSibling("reserve.new");
    try {
      Files.deleteIfExists(fresh);
      long free = Files.getFileStore(path.resolveSibling(".")).getUsableSpace();
      if (free / ROOM_TIMES < bytes) return;
      try (FileChannel out =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (int left = bytes; left > 0; ) {
          left -= out.write(ByteBuffer.allocate(Math.min(left, WRITE_BYTES)));
        }
        out.force(true);
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      givenUp = false;
    } catch (IOException e) {
      // The outbox says that there is none; it is tried again.
      fresh.toFile().delete();
    }
  }

  /** Gives its room to the outbox. */
  void giveUp() {
    givenUp = true;
    asked = 0;
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Then there is no more room than before, which the next write tells.
    }
  }
}
