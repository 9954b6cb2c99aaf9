package io.headwall.store.sqlite;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The write-ahead log, as what makes a commit durable: SQLite appends to it, and this waits until
 * it is on the disk.
 *
 * <p>SQLite would do it by itself at {@code synchronous = FULL}, with fsync where its library is
 * built without {@code HAVE_FDATASYNC}, as the one in sqlite-jdbc is. The log is overwritten in
 * place and keeps its size, so all that fsync adds is the time of the last change, for a commit of
 * the file system's journal each: on ext4 as many bytes to the flash again as the readings take.
 */
final class CommitLog implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  /**
   * Opens the log beside SQLite, which holds its locks on other files: closing this descriptor
   * gives none of them up.
   */
  CommitLog(Path path) throws StoreException {
    this.path = path;
    try {
      channel = FileChannel.open(path, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException("cannot open " + path, e);
    }
  }

  /** Returns when all that SQLite has committed is durable (fdatasync). */
  void sync() throws StoreException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new StoreException("cannot make durable " + path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost with it: what was not made durable was never promised.
    }
  }
}
