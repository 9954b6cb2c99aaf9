package io.headwall.edge;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/** Sees to it that one process at a time writes to a store: two would give a number out twice. */
final class StoreLock {

  private StoreLock() {}

  /** What is done while nobody else writes. */
  interface Work<T> {
    T alone() throws StoreException, IOException;
  }

  /**
   * Does something as the only one.
   *
   * @throws StoreException where another process has the store
   */
  static <T> T hold(Path folder, Work<T> work) throws StoreException, IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) throw inUse(folder);
      return work.alone();
    } catch (OverlappingFileLockException e) {
      throw inUse(folder);
    }
  }

  private static StoreException inUse(Path folder) {
    return new StoreException(
        "another headwall runs with the store "
            + folder
            + "; stop it first (systemctl stop"
            + " headwall), or give this one a store.folder of its own");
  }
}
