package io.headwall.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo terminal whose master end is the device and whose slave end, {@code /dev/pts/N}, is the
 * port that a reader opens. Raw from the start. Closing it is pulling the cable: a reader gets end
 * of file or EIO, and its node is gone.
 *
 * <p>No slave end is kept open here. A kept one would hide the reader's coming and going, and the
 * kernel would store up to some kilobytes for a reader that is not there and hand them to the next
 * one as if they were fresh. Without it the master reports a hang-up while nobody reads: what is
 * written then is refused, and what an earlier reader left behind is thrown away.
 *
 * <p>Owned by one thread.
 */
public final class Pty implements AutoCloseable {

  private static final int BUFFER_BYTES = 4096;
  private static final int NAME_BYTES = 128;
  private static final Path NODES = Path.of("/dev/pts");
  private static final MemoryLayout POLLFD =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("fd"),
          ValueLayout.JAVA_SHORT.withName("events"),
          ValueLayout.JAVA_SHORT.withName("revents"));
  private static final long EVENTS_AT = 4;
  private static final long REVENTS_AT = 6;
  private static final long LOCAL_FLAGS_AT = 12;
  private static final int COOKED_FLAGS = 0x0B; // ISIG, ICANON, ECHO

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment errno = Libc.errnoRoom(arena);
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private final MemorySegment termios = arena.allocate(Libc.TERMIOS_BYTES);
  private final MemorySegment pollfd = arena.allocate(POLLFD);
  private final int master;
  private final Path node;
  private final @Nullable Path link;
  private boolean heard;
  private boolean open = true;

  private Pty(@Nullable Path link) throws IOException {
    int flags = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
    this.link = link;
    this.master = checked("posix_openpt", Libc.POSIX_OPENPT.call(errno, flags));
    checked("grantpt", Libc.GRANTPT.call(errno, master));
    checked("unlockpt", Libc.UNLOCKPT.call(errno, master));
    checked("ptsname_r", Libc.PTSNAME_R.call(errno, master, buffer, NAME_BYTES));
    this.node = Path.of(buffer.getString(0, UTF_8));
    clear();
  }

  /**
   * Opens a new pseudo terminal.
   *
   * @param link a symbolic link to make to its node, replacing one to another node; null for none
   * @throws IOException when the system has no more, or something else stands at the link's place
   */
  public static Pty open(@Nullable Path link) throws IOException {
    if (link != null) checkReplaceable(link);
    Pty pty = new Pty(link);
    if (link != null) {
      Path fresh = link.resolveSibling(link.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, pty.node);
      Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    }
    return pty;
  }

  private static void checkReplaceable(Path link) throws IOException {
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) return;
    if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).startsWith(NODES)) {
      throw new IOException(link + " exists and is no link to a pseudo terminal");
    }
  }

  /** The node to open, such as {@code /dev/pts/4}. */
  public Path node() {
    return node;
  }

  /** Whether somebody has the node open now. */
  public boolean isHeard() {
    boolean now = (poll(0) & Libc.POLLHUP) == 0;
    if (heard && !now) clear();
    heard = now;
    return now;
  }

  /** Waits until bytes are there, at most {@code timeoutMs}. */
  public void await(int timeoutMs) {
    if (isHeard()) {
      poll(timeoutMs);
    } else {
      // A hang-up makes poll return at once: wait on no descriptor at all.
      Libc.POLL.call(errno, MemorySegment.NULL, 0, timeoutMs);
    }
  }

  /** Waits where there is no pseudo terminal to wait for. */
  static void sleep(int timeoutMs) {
    Libc.POLL.call(Libc.errnoRoom(Arena.ofAuto()), MemorySegment.NULL, 0, timeoutMs);
  }

  /** Reads what is there without waiting; 0 for nothing, also while nobody has the node open. */
  public int read(byte[] into) throws IOException {
    long size = Math.min(into.length, BUFFER_BYTES);
    long count = Libc.READ.call(errno, master, buffer, size);
    if (count < 0) return nothing("read");
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, (int) count);
    return (int) count;
  }

  /**
   * Writes without waiting.
   *
   * @return how many bytes were taken: 0 while nobody has the node open, less than {@code length}
   *     when the reader does not keep up
   */
  public int write(byte[] data, int length) throws IOException {
    if (!isHeard()) return 0;
    int size = Math.min(length, BUFFER_BYTES);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, size);
    long count = Libc.WRITE.call(errno, master, buffer, size);
    return count < 0 ? nothing("write") : (int) count;
  }

  /** Pulls the cable. The link goes too, unless it points elsewhere by now. */
  @Override
  public void close() throws IOException {
    if (!open) return;
    open = false;
    if (link != null && Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(node)) {
      Files.delete(link);
    }
    checked("close", Libc.CLOSE.call(errno, master));
  }

  /**
   * Throws away what nobody read, and makes the node raw again if its last reader had changed it.
   */
  private void clear() {
    int flags = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
    int slave = Libc.OPEN.call(errno, arena.allocateFrom(node.toString(), UTF_8), flags);
    if (slave < 0) return; // a new reader was faster and holds it exclusively: it is theirs now
    Libc.TCFLUSH.call(errno, master, Libc.TCOFLUSH); // what is still between the two ends
    Libc.TCFLUSH.call(errno, slave, Libc.TCIFLUSH);
    Libc.TCGETATTR.call(errno, slave, termios);
    if ((termios.get(ValueLayout.JAVA_INT, LOCAL_FLAGS_AT) & COOKED_FLAGS) != 0) {
      Libc.CFMAKERAW.call(errno, termios);
      Libc.TCSETATTR.call(errno, slave, Libc.TCSANOW, termios);
    }
    Libc.CLOSE.call(errno, slave);
  }

  private int poll(int timeoutMs) {
    pollfd.set(ValueLayout.JAVA_INT, 0, master);
    pollfd.set(ValueLayout.JAVA_SHORT, EVENTS_AT, (short) Libc.POLLIN);
    pollfd.set(ValueLayout.JAVA_SHORT, REVENTS_AT, (short) 0);
    Libc.POLL.call(errno, pollfd, 1, timeoutMs);
    return pollfd.get(ValueLayout.JAVA_SHORT, REVENTS_AT);
  }

  private int nothing(String call) throws IOException {
    int code = Libc.errno(errno);
    if (code == Libc.EAGAIN || code == Libc.EIO || code == Libc.EINTR) return 0;
    throw new IOException(call + " on " + node + ": errno " + code);
  }

  private int checked(String call, int result) throws IOException {
    if (result < 0) throw new IOException(call + ": errno " + Libc.errno(errno));
    return result;
  }
}
