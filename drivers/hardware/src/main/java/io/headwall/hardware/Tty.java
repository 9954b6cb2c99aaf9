package io.headwall.hardware;

import java.nio.file.Path;

/**
 * A non-blocking descriptor of a terminal, beside jSerialComm's own: the library cannot bound a
 * write on Linux, nor a read below 100 ms. A write in its blocking mode hangs for as long as the
 * line takes nothing; in its non-blocking mode it repeats a refused write in a native loop that
 * ends only when the line moves. Owned by the port's thread.
 */
final class Tty implements AutoCloseable {

  private static final int ROOM_WAIT_MS = 10;

  /** Waits for room in one write: 100 ms together. */
  private static final int ROOM_WAITS_MAX = 10;

  private final int fd;

  private Tty(int fd) {
    this.fd = fd;
  }

  static Tty open(Path node) throws CannotOpen {
    int flags = UnixLibc.O_RDWR | UnixLibc.O_NOCTTY | UnixLibc.O_NONBLOCK | UnixLibc.O_CLOEXEC;
    int fd = UnixLibc.open(node, flags);
    if (fd < 0) throw CannotOpen.node(node, -fd);
    Tty tty = new Tty(fd);
    if (!UnixLibc.isTerminal(fd)) {
      tty.close();
      throw new CannotOpen(node + " is not a serial device: check the path");
    }
    // A fresh terminal echoes: at once, or a device that speaks by itself gets its bytes back.
    int result = UnixLibc.stopEcho(fd);
    if (result == 0) return tty;
    tty.close();
    throw CannotOpen.node(node, -result);
  }

  /** Throws away what was received, perhaps in another setting of the line, or echoed. */
  void flush() {
    UnixLibc.flush(fd);
  }

  /** What a wait for bytes came to. */
  enum Input {
    NONE,
    BYTES,
    /** The line has ended; bytes may still be there. */
    HUNG_UP
  }

  Input awaitInput(int timeoutMs) {
    int events = UnixLibc.poll(fd, UnixLibc.POLLIN, timeoutMs);
    if (events == 0 || events == -UnixLibc.EINTR) return Input.NONE;
    return events == UnixLibc.POLLIN ? Input.BYTES : Input.HUNG_UP;
  }

  /** What the kernel took of a transmission. */
  enum Taken {
    WHOLE,
    /** Nothing of it; the line may yet move. */
    NOTHING,
    /** A part of it, or the line is gone. */
    BROKEN
  }

  /** Hands bytes to the kernel; waits 100 ms for room at most. */
  Taken write(byte[] bytes) {
    int taken = 0;
    for (int waits = 0; waits <= ROOM_WAITS_MAX; waits++) {
      int count = UnixLibc.write(fd, bytes, taken);
      if (count >= 0) taken += count;
      else if (count != -UnixLibc.EAGAIN && count != -UnixLibc.EINTR) return Taken.BROKEN;
      if (taken == bytes.length) return Taken.WHOLE;
      if (waits < ROOM_WAITS_MAX) UnixLibc.poll(fd, UnixLibc.POLLOUT, ROOM_WAIT_MS);
    }
    return taken == 0 ? Taken.NOTHING : Taken.BROKEN;
  }

  @Override
  public void close() {
    UnixLibc.close(fd);
  }
}
