package io.headwall.hardware;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Path;

/**
 * The calls of the C library that Java does not offer, each as one method. Linux, 64 bit, amd64 and
 * arm64. A call that fails gives the negative errno, as the kernel does. Thread-safe.
 */
@SuppressWarnings("restricted") // the foreign function API is the whole purpose of this class
final class UnixLibc {

  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;

  static final int POLLIN = 1;
  static final int POLLOUT = 4;

  static final int CLOCK_REALTIME = 0;
  static final int CLOCK_BOOTTIME = 7;

  private static final int LOCK_EX_NB = 2 | 4;
  private static final int TCSANOW = 0;
  private static final int TCIOFLUSH = 2;
  private static final int READ_BY_ALL = 0644;
  private static final long LOCAL_FLAGS_AT = 12;
  private static final long NS_PER_S = 1_000_000_000L;

  /** {@code int open(const char *, int, mode_t)}. */
  public interface Open {
    int call(MemorySegment errno, MemorySegment path, int flags, int mode);
  }

  /** {@code int f(int)}: close, isatty. */
  public interface OnInt {
    int call(MemorySegment errno, int fd);
  }

  /** {@code int f(int, int)}: flock, kill, tcflush. */
  public interface OnInts {
    int call(MemorySegment errno, int first, int second);
  }

  /** {@code int tcgetattr(int, struct termios *)}. */
  public interface Tcgetattr {
    int call(MemorySegment errno, int fd, MemorySegment termios);
  }

  /** {@code int tcsetattr(int, int, const struct termios *)}. */
  public interface Tcsetattr {
    int call(MemorySegment errno, int fd, int when, MemorySegment termios);
  }

  /** {@code ssize_t write(int, const void *, size_t)}. */
  public interface Write {
    long call(MemorySegment errno, int fd, MemorySegment bytes, long count);
  }

  /** {@code int poll(struct pollfd *, nfds_t, int)}. */
  public interface Poll {
    int call(MemorySegment errno, MemorySegment fds, long count, int timeoutMs);
  }

  /** {@code int clock_gettime(clockid_t, struct timespec *)}. */
  public interface ClockGettime {
    int call(int clock, MemorySegment timespec);
  }

  /** {@code int adjtimex(struct timex *)}. */
  public interface Adjtimex {
    int call(MemorySegment errno, MemorySegment timex);
  }

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final FunctionDescriptor ON_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
  private static final FunctionDescriptor ON_INTS =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);

  private static final Open OPEN =
      bind(
          Open.class,
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final OnInt CLOSE = bind(OnInt.class, "close", ON_INT, ERRNO);
  private static final OnInt ISATTY = bind(OnInt.class, "isatty", ON_INT, ERRNO);
  private static final OnInts FLOCK = bind(OnInts.class, "flock", ON_INTS, ERRNO);
  private static final OnInts KILL = bind(OnInts.class, "kill", ON_INTS, ERRNO);
  private static final OnInts TCFLUSH = bind(OnInts.class, "tcflush", ON_INTS, ERRNO);
  private static final Tcgetattr TCGETATTR =
      bind(Tcgetattr.class, "tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), ERRNO);
  private static final Tcsetattr TCSETATTR =
      bind(
          Tcsetattr.class,
          "tcsetattr",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
          ERRNO);
  private static final Write WRITE =
      bind(
          Write.class,
          "write",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
          ERRNO);
  private static final Poll POLL =
      bind(
          Poll.class, "poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), ERRNO);
  private static final Adjtimex ADJTIMEX =
      bind(Adjtimex.class, "adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS), ERRNO);

  // Answered in user space within tens of nanoseconds: the thread need not leave the Java state.
  private static final ClockGettime CLOCK_GETTIME =
      bind(
          ClockGettime.class,
          "clock_gettime",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
          Linker.Option.critical(false));

  private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

  private UnixLibc() {}

  /** Opens; what is created can be read by all. */
  static int open(Path path, int flags) {
    Room room = ROOM.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      return room.judged(OPEN.call(room.errno, name, flags, READ_BY_ALL));
    }
  }

  static int close(int fd) {
    Room room = ROOM.get();
    return room.judged(CLOSE.call(room.errno, fd));
  }

  static boolean isTerminal(int fd) {
    return ISATTY.call(ROOM.get().errno, fd) == 1;
  }

  /** Ends echo, line editing and signals from a terminal, and leaves its line as it is. */
  static int stopEcho(int fd) {
    Room room = ROOM.get();
    int result = room.judged(TCGETATTR.call(room.errno, fd, room.termios));
    if (result < 0) return result;
    room.termios.set(JAVA_INT, LOCAL_FLAGS_AT, 0);
    return room.judged(TCSETATTR.call(room.errno, fd, TCSANOW, room.termios));
  }

  /** Throws away what a terminal has received and what waits to be sent. */
  static int flush(int fd) {
    Room room = ROOM.get();
    return room.judged(TCFLUSH.call(room.errno, fd, TCIOFLUSH));
  }

  /** Takes the lock on an open file, or gives -EAGAIN at once. The kernel frees it at close. */
  static int lock(int fd) {
    Room room = ROOM.get();
    return room.judged(FLOCK.call(room.errno, fd, LOCK_EX_NB));
  }

  /** Whether a process lives, also one of another user or one that /proc hides. */
  static boolean isAlive(int pid) {
    Room room = ROOM.get();
    return room.judged(KILL.call(room.errno, pid, 0)) != -ESRCH;
  }

  /** Writes bytes from an index on; gives how many were taken. */
  static int write(int fd, byte[] bytes, int from) {
    Room room = ROOM.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rest = arena.allocate(Math.max(1, bytes.length - from));
      MemorySegment.copy(bytes, from, rest, JAVA_BYTE, 0, bytes.length - from);
      return room.judged(WRITE.call(room.errno, fd, rest, bytes.length - from));
    }
  }

  /** Waits for events on one descriptor; gives those that came, 0 for none in time. */
  static int poll(int fd, int events, int timeoutMs) {
    Room room = ROOM.get();
    room.pollfd.set(JAVA_INT, 0, fd);
    room.pollfd.set(JAVA_SHORT, 4, (short) events);
    int count = room.judged(POLL.call(room.errno, room.pollfd, 1, timeoutMs));
    return count > 0 ? room.pollfd.get(JAVA_SHORT, 6) : count;
  }

  /** A clock's time in nanoseconds. */
  static long clockNs(int clock) {
    MemorySegment timespec = ROOM.get().timespec;
    int failed = CLOCK_GETTIME.call(clock, timespec);
    // Cannot fail for a clock that the kernel has, and both are older than any kernel in use.
    if (failed != 0) throw new IllegalStateException("clock_gettime " + clock);
    return timespec.get(JAVA_LONG, 0) * NS_PER_S + timespec.get(JAVA_LONG, 8);
  }

  /** What the kernel knows of its wall clock: a query that changes nothing. */
  static KernelTime kernelTime() {
    Room room = ROOM.get();
    room.timex.fill((byte) 0); // modes = 0: read only, needs no privilege
    int state = room.judged(ADJTIMEX.call(room.errno, room.timex));
    if (state < 0) throw new IllegalStateException("adjtimex " + state);
    return new KernelTime(
        room.timex.get(JAVA_INT, 40), room.timex.get(JAVA_LONG, 24), room.timex.get(JAVA_LONG, 32));
  }

  private static <T> T bind(
      Class<T> shape, String function, FunctionDescriptor types, Linker.Option... options) {
    return MethodHandleProxies.asInterfaceInstance(
        shape, LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), types, options));
  }

  /** One thread's memory for arguments and results, so that the frequent calls allocate nothing. */
  private static final class Room {
    private static final long POLLFD_BYTES = 8;
    private static final long TIMESPEC_BYTES = 16;
    private static final long TIMEX_BYTES = 208;

    /** Larger than struct termios of any Linux C library. */
    private static final long TERMIOS_BYTES = 256;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
    private final MemorySegment pollfd = arena.allocate(POLLFD_BYTES, Long.BYTES);
    private final MemorySegment timespec = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
    private final MemorySegment timex = arena.allocate(TIMEX_BYTES, Long.BYTES);
    private final MemorySegment termios = arena.allocate(TERMIOS_BYTES, Long.BYTES);

    private int judged(long result) {
      return result < 0 ? -errno.get(JAVA_INT, 0) : (int) result;
    }
  }
}
