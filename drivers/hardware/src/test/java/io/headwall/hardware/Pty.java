package io.headwall.hardware;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The device's end of a pseudo terminal, whose other end a link opens. */
@SuppressWarnings("restricted")
final class Pty implements AutoCloseable {

  public interface OnInt {
    int call(int argument);
  }

  public interface Name {
    int call(int fd, MemorySegment name, long size);
  }

  public interface Read {
    long call(int fd, MemorySegment bytes, long count);
  }

  private static final int NAME_BYTES = 64;
  private static final int WAIT_MS_MAX = 10_000;

  private static final OnInt POSIX_OPENPT = bind(OnInt.class, "posix_openpt", JAVA_INT);
  private static final OnInt GRANTPT = bind(OnInt.class, "grantpt", JAVA_INT);
  private static final OnInt UNLOCKPT = bind(OnInt.class, "unlockpt", JAVA_INT);
  private static final Name PTSNAME_R = bind(Name.class, "ptsname_r", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final Read READ =
      MethodHandleProxies.asInterfaceInstance(
          Read.class,
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("read"),
                  FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)));

  private final Path node;
  private int master;

  private Pty() {
    master =
        POSIX_OPENPT.call(
            UnixLibc.O_RDWR | UnixLibc.O_NOCTTY | UnixLibc.O_NONBLOCK | UnixLibc.O_CLOEXEC);
    assertTrue(master >= 0, "posix_openpt");
    assertEquals(0, GRANTPT.call(master));
    assertEquals(0, UNLOCKPT.call(master));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(NAME_BYTES);
      assertEquals(0, PTSNAME_R.call(master, name, NAME_BYTES));
      node = Path.of(name.getString(0));
    }
  }

  /** A new one, with a symbolic link to its node that replaces an earlier link. */
  static Pty at(Path link) throws IOException {
    Pty pty = new Pty();
    Path fresh = link.resolveSibling(link.getFileName() + ".new");
    Files.createSymbolicLink(fresh, pty.node);
    Files.move(fresh, link, StandardCopyOption.REPLACE_EXISTING);
    return pty;
  }

  /** What the link opens, such as {@code /dev/pts/3}. */
  Path node() {
    return node;
  }

  void says(byte... bytes) {
    assertEquals(bytes.length, UnixLibc.write(master, bytes, 0));
  }

  /** Waits until bytes have arrived. */
  void awaitHeard() {
    assertEquals(UnixLibc.POLLIN, UnixLibc.poll(master, UnixLibc.POLLIN, WAIT_MS_MAX));
  }

  /** Everything that has arrived, without waiting. */
  byte[] heard() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(1 << 16);
      int count = (int) Math.max(0, READ.call(master, bytes, bytes.byteSize()));
      return Arrays.copyOf(bytes.asSlice(0, count).toArray(JAVA_BYTE), count);
    }
  }

  /** Pulls the cable: the node is gone, and who has it open sees a hang-up. */
  void pull() {
    if (master >= 0) UnixLibc.close(master);
    master = -1;
  }

  @Override
  public void close() {
    pull();
  }

  private static <T> T bind(Class<T> shape, String function, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return MethodHandleProxies.asInterfaceInstance(
        shape,
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(function),
            FunctionDescriptor.of(JAVA_INT, arguments)));
  }
}
