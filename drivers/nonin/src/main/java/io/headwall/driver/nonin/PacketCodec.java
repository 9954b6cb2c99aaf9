package io.headwall.driver.nonin;

import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.bytes.Checksum;
import io.headwall.spi.driver.SessionCounts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds packets of format 2 or 7 in a stream: a window of 125 bytes in which all 25 frames hold,
 * with SYNC in the first only. What does not hold loses its first byte and is tried again, so a
 * packet is found at whatever byte it starts. Owned by the port's thread.
 */
final class PacketCodec {

  /**
   * Longest wait inside a packet, whose bytes come 13 ms apart at most. Whole packets lost in
   * between would leave the frames in step and mix two packets; they take longer than this.
   */
  static final long PAUSE_NS_MAX = 300_000_000L;

  private static final byte FORMAT_2_HEAD = 0x01;
  private static final int FIRST_STATUS = Packet.ALWAYS_SET | Packet.SYNC;

  private final Set<NoninFormat> formats;
  private final SessionCounts.Counter counter;
  private final byte[] window = new byte[Packet.BYTES];
  private final long[] arrivedNs = new long[Packet.BYTES];
  private int filled;
  private int goodFrames;
  private @Nullable NoninFormat locked;

  PacketCodec(Set<NoninFormat> formats, SessionCounts.Counter counter) {
    this.formats = formats;
    this.counter = counter;
  }

  /** Takes one byte in; the packet that it completes, or null. */
  @Nullable Packet accept(long nowNs, byte b) {
    if (filled > 0 && nowNs - arrivedNs[filled - 1] > PAUSE_NS_MAX) {
      if (goodFrames > 0) counter.reject("pause");
      restart();
    }
    window[filled] = b;
    arrivedNs[filled++] = nowNs;
    settle();
    if (filled < Packet.BYTES) return null;
    locked = formatOfWindow();
    Packet packet = new Packet(locked, window, arrivedNs[0], nowNs);
    filled = 0;
    goodFrames = 0;
    return packet;
  }

  /** Whether the last packet's format still holds: nothing has failed since. */
  boolean locked() {
    return locked != null;
  }

  /** Bytes that may yet become a packet. */
  int held() {
    return filled;
  }

  void restart() {
    filled = 0;
    goodFrames = 0;
    locked = null;
  }

  /** Drops bytes from the front until the rest may be the beginning of a packet. */
  private void settle() {
    for (String fault = fault(); fault != null; fault = fault()) {
      // A first frame that fails in noise is noise; after a packet it was to be a packet.
      if (goodFrames > 0 || locked != null) counter.reject(fault);
      locked = null;
      goodFrames = 0;
      filled--;
      System.arraycopy(window, 1, window, 0, filled);
      System.arraycopy(arrivedNs, 1, arrivedNs, 0, filled);
    }
  }

  /** What is wrong with the first byte or with the frames that are whole; null for nothing. */
  private @Nullable String fault() {
    if (filled > 0 && !mayBeFirst(window[0])) return "head";
    while ((goodFrames + 1) * Packet.FRAME_BYTES <= filled) {
      String fault = faultOfFrame(goodFrames * Packet.FRAME_BYTES);
      if (fault != null) return fault;
      goodFrames++;
    }
    return null;
  }

  private static boolean mayBeFirst(byte b) {
    return b == FORMAT_2_HEAD || (b & FIRST_STATUS) == FIRST_STATUS;
  }

  private @Nullable String faultOfFrame(int start) {
    NoninFormat format = formatOfWindow();
    if (!formats.contains(format)) return "head";
    if (locked != null && locked != format) return "other-format";
    boolean headed = format == NoninFormat.FORMAT_2;
    if (headed && window[start] != FORMAT_2_HEAD) return "head";
    int status = window[headed ? start + 1 : start];
    if ((status & Packet.ALWAYS_SET) == 0) return "head";
    int last = start + Packet.FRAME_BYTES - 1;
    if (Checksum.SUM_8.over(window, start, last) != (window[last] & 0xFF)) return "checksum";
    boolean first = start == 0;
    return first == ((status & Packet.SYNC) != 0) ? null : "sync";
  }

  /** Format 7 begins with a status, whose highest bit is set: the first byte tells them apart. */
  private NoninFormat formatOfWindow() {
    return window[0] == FORMAT_2_HEAD ? NoninFormat.FORMAT_2 : NoninFormat.FORMAT_7;
  }
}
