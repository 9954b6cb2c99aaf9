package io.headwall.model;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The calls of the C library that pseudo terminals need. Linux with glibc or musl, 64 bit; every
 * call takes the segment that receives errno first.
 */
@SuppressWarnings("restricted") // the foreign function API is the whole purpose of this class
final class Libc {

  /** {@code int f(int)}: posix_openpt, grantpt, unlockpt, close. */
  public interface OnInt {
    int call(MemorySegment errno, int argument);
  }

  /** {@code int f(int, int)}: tcflush. */
  public interface OnInts {
    int call(MemorySegment errno, int first, int second);
  }

  /** {@code int f(int, void *)}: tcgetattr. */
  public interface OnIntPointer {
    int call(MemorySegment errno, int fd, MemorySegment pointer);
  }

  /** {@code int f(int, int, void *)}: tcsetattr. */
  public interface OnIntsPointer {
    int call(MemorySegment errno, int fd, int action, MemorySegment pointer);
  }

  /** {@code int ptsname_r(int, char *, size_t)}. */
  public interface Name {
    int call(MemorySegment errno, int fd, MemorySegment buffer, long size);
  }

  /** {@code ssize_t f(int, void *, size_t)}: read, write. */
  public interface Transfer {
    long call(MemorySegment errno, int fd, MemorySegment buffer, long size);
  }

  /** {@code int open(const char *, int, ...)}. */
  public interface Open {
    int call(MemorySegment errno, MemorySegment path, int flags);
  }

  /** {@code int poll(struct pollfd *, nfds_t, int)}. */
  public interface Poll {
    int call(MemorySegment errno, MemorySegment fds, long count, int timeoutMs);
  }

  /** {@code void cfmakeraw(struct termios *)}. */
  public interface Raw {
    void call(MemorySegment errno, MemorySegment termios);
  }

  static final int O_RDWR = 2;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int TCSANOW = 0;
  static final int TCIFLUSH = 0;
  static final int TCOFLUSH = 1;
  static final int POLLIN = 1;
  static final int POLLHUP = 0x10;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;

  /** Larger than struct termios of any Linux C library. */
  static final long TERMIOS_BYTES = 256;

  private static final MemoryLayout INT = ValueLayout.JAVA_INT;
  private static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO_OF =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private static final FunctionDescriptor ON_INT = FunctionDescriptor.of(INT, INT);
  private static final FunctionDescriptor ON_INTS = FunctionDescriptor.of(INT, INT, INT);
  private static final FunctionDescriptor ON_INT_POINTER = FunctionDescriptor.of(INT, INT, POINTER);
  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(LONG, INT, POINTER, LONG);

  static final OnInt POSIX_OPENPT = bind(OnInt.class, "posix_openpt", ON_INT);
  static final OnInt GRANTPT = bind(OnInt.class, "grantpt", ON_INT);
  static final OnInt UNLOCKPT = bind(OnInt.class, "unlockpt", ON_INT);
  static final OnInt CLOSE = bind(OnInt.class, "close", ON_INT);
  static final OnInts TCFLUSH = bind(OnInts.class, "tcflush", ON_INTS);
  static final OnIntPointer TCGETATTR = bind(OnIntPointer.class, "tcgetattr", ON_INT_POINTER);
  static final OnIntsPointer TCSETATTR =
      bind(OnIntsPointer.class, "tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
  static final Raw CFMAKERAW = bind(Raw.class, "cfmakeraw", FunctionDescriptor.ofVoid(POINTER));
  static final Name PTSNAME_R =
      bind(Name.class, "ptsname_r", FunctionDescriptor.of(INT, INT, POINTER, LONG));
  static final Transfer READ = bind(Transfer.class, "read", TRANSFER);
  static final Transfer WRITE = bind(Transfer.class, "write", TRANSFER);
  static final Poll POLL = bind(Poll.class, "poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));
  static final Open OPEN =
      bind(
          Open.class,
          "open",
          FunctionDescriptor.of(INT, POINTER, INT),
          Linker.Option.firstVariadicArg(2));

  private Libc() {}

  /** Room for errno of one thread's calls. */
  static MemorySegment errnoRoom(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  static int errno(MemorySegment room) {
    return (int) ERRNO_OF.get(room, 0L);
  }

  private static <T> T bind(
      Class<T> shape, String function, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = ERRNO;
    MemorySegment address = LINKER.defaultLookup().findOrThrow(function);
    MethodHandle handle = LINKER.downcallHandle(address, descriptor, all);
    return MethodHandleProxies.asInterfaceInstance(shape, handle);
  }
}
