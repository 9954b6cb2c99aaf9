package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A UUCP lock file, {@code LCK..ttyUSB0} with the owner's process id, as minicom, pppd and others
 * keep and respect it; and on it a lock of the kernel's, which says among Headwall's own processes
 * who is alive. Owned by the port's thread.
 *
 * <p>The kernel's lock is flock(2). Java's file locks are fcntl(2) locks, and those all go when a
 * process closes any descriptor of the file: a second link's vain try would free the first one's.
 */
final class PortLock implements AutoCloseable {

  private static final int TRIES_MAX = 5;
  private static final Path DEV = Path.of("/dev");

  private final Path file;
  private final int fd;

  private PortLock(Path file, int fd) {
    this.file = file;
    this.fd = fd;
  }

  /**
   * Takes the lock for a node.
   *
   * @param folder where lock files are kept; must exist
   * @throws CannotOpen when another holds it
   */
  static PortLock take(Path folder, Path node) throws CannotOpen {
    Path file = fileFor(existing(folder), node);
    for (int i = 0; i < TRIES_MAX; i++) {
      int fd = openOrCreate(file);
      PortLock lock = new PortLock(file, fd);
      if (UnixLibc.lock(fd) < 0) {
        UnixLibc.close(fd);
        throw new CannotOpen("in use by " + ownerInWords(file) + " (lock file " + file + ")");
      }
      // Between open and lock its former owner may have removed it: then it locks nothing.
      if (!lock.isInPlace()) {
        UnixLibc.close(fd);
        continue;
      }
      lock.claim();
      return lock;
    }
    throw new CannotOpen("lock file " + file + " keeps changing hands; trying again");
  }

  Path file() {
    return file;
  }

  /** Removes the file, then frees the kernel's lock. */
  @Override
  public void close() {
    try {
      if (isInPlace()) Files.deleteIfExists(file);
    } catch (IOException e) {
      // It stays behind with our process id, and counts as stale when we have gone.
    }
    UnixLibc.close(fd);
  }

  static Path fileFor(Path folder, Path node) {
    Path below = node.startsWith(DEV) ? DEV.relativize(node) : node.getRoot().relativize(node);
    return folder.resolve("LCK.." + below.toString().replace('/', '_'));
  }

  private static Path existing(Path folder) throws CannotOpen {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new CannotOpen("no lock folder " + folder + ": create it");
    }
  }

  private static int openOrCreate(Path file) throws CannotOpen {
    int flags = UnixLibc.O_RDWR | UnixLibc.O_CLOEXEC;
    // First without O_CREAT: with it the kernel refuses files of others in a sticky folder.
    int fd = UnixLibc.open(file, flags);
    if (fd == -UnixLibc.ENOENT) fd = UnixLibc.open(file, flags | UnixLibc.O_CREAT);
    if (fd >= 0) return fd;
    if (Files.exists(file)) {
      throw new CannotOpen(
          "locked by " + ownerInWords(file) + "; if that has gone, remove its lock file " + file);
    }
    throw new CannotOpen(
        "cannot create lock file " + file + ": let this user write to " + file.getParent());
  }

  /** Writes our process id, unless another living process has written its own. */
  private void claim() throws CannotOpen {
    int own = Math.toIntExact(ProcessHandle.current().pid());
    OptionalInt owner = owner(file);
    // Our own id with nobody's kernel lock is a former process's, as in a container after a crash.
    if (owner.isPresent() && owner.getAsInt() != own && UnixLibc.isAlive(owner.getAsInt())) {
      UnixLibc.close(fd);
      throw new CannotOpen("in use by " + ownerInWords(file) + " (lock file " + file + ")");
    }
    try {
      Files.writeString(file, String.format(Locale.ROOT, "%10d\n", own), US_ASCII);
    } catch (IOException e) {
      close();
      throw new CannotOpen("cannot write lock file " + file + ": " + e.getMessage());
    }
  }

  /** Whether the open file is still the one at its path, and not one removed from there. */
  private boolean isInPlace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  private static String ownerInWords(Path file) {
    OptionalInt owner = owner(file);
    return owner.isPresent() ? "process " + owner.getAsInt() : "an unknown process";
  }

  private static OptionalInt owner(Path file) {
    try {
      int pid = Integer.parseInt(Files.readString(file, US_ASCII).strip());
      return pid > 0 ? OptionalInt.of(pid) : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
