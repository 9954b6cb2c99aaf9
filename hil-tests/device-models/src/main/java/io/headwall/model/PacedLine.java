package io.headwall.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A serial line at 8N1: ten bits a byte, one byte after the other, none before it is due. When the
 * last byte of a message has left it tells what was said. Pure; owned by the thread of its port.
 */
public final class PacedLine implements Wire {

  /** Takes bytes off the line. */
  @FunctionalInterface
  public interface Sink {
    /** Returns how many of the first {@code length} bytes were taken by a listener, 0 for none. */
    int take(byte[] data, int length);
  }

  private static final long BITS_PER_BYTE = 10;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int BURST_BYTES_MAX = 1024;
  private static final int QUEUED_BYTES_MAX = 1 << 16;

  private final String device;
  private final long byteNs;
  private final Consumer<List<Said>> truth;
  private final Deque<Piece> queue = new ArrayDeque<>();
  private final byte[] burst = new byte[BURST_BYTES_MAX];
  private long freeNs = Long.MIN_VALUE;
  private int queuedBytes;
  private long messages;

  /** A message on its way, and how much of it a listener took. */
  private static final class Tally {
    final Message message;
    final long number;
    int taken;

    Tally(Message message, long number) {
      this.message = message;
      this.number = number;
    }
  }

  /** The rest of a part: {@code left} bytes, the first of which starts at {@code startNs}. */
  private static final class Piece {
    final Tally tally;
    final byte[] bytes;
    final boolean last;
    long startNs;
    int sent;

    Piece(Tally tally, byte[] bytes, boolean last, long startNs) {
      this.tally = tally;
      this.bytes = bytes;
      this.last = last;
      this.startNs = startNs;
    }
  }

  /** A line of {@code baud} bit/s; {@code truth} hears the values of each message at its end. */
  public PacedLine(String device, int baud, Consumer<List<Said>> truth) {
    if (baud <= 0) throw new IllegalArgumentException("baud must be positive: " + baud);
    this.device = device;
    this.byteNs = BITS_PER_BYTE * SECOND_NS / baud;
    this.truth = truth;
  }

  @Override
  public void send(Message message) {
    Tally tally = new Tally(message, ++messages);
    int length = message.length();
    if (length == 0) throw new IllegalArgumentException("a message has at least one byte");
    if (queuedBytes + length > QUEUED_BYTES_MAX) {
      // The line is slower than its model speaks: a device's transmit buffer is no larger.
      tell(message.dueNs(), tally);
      return;
    }
    queuedBytes += length;
    for (Message.Part part : message.parts()) {
      long startNs = Math.max(part.dueNs, freeNs);
      freeNs = startNs + part.bytes.length * byteNs;
      boolean last = part == message.parts().getLast();
      queue.add(new Piece(tally, part.bytes, last, startNs));
    }
  }

  /** Hands on all bytes whose last bit has left by {@code nowNs}. */
  public void deliver(long nowNs, Sink sink) {
    int filled = fill(nowNs);
    while (filled > 0) {
      settle(sink.take(burst, filled), filled);
      filled = fill(nowNs);
    }
  }

  /** When the next byte will have left; {@link Long#MAX_VALUE} when the line is idle. */
  public long nextDueNs() {
    Piece head = queue.peek();
    return head == null ? Long.MAX_VALUE : head.startNs + (head.sent + 1) * byteNs;
  }

  /** Power is gone: what has not left will not. */
  void clear() {
    Tally told = null;
    while (!queue.isEmpty()) {
      Piece piece = queue.remove();
      if (piece.tally != told) tell(piece.startNs, piece.tally);
      told = piece.tally;
    }
    queuedBytes = 0;
    freeNs = Long.MIN_VALUE;
  }

  private int fill(long nowNs) {
    int filled = 0;
    Iterator<Piece> pieces = queue.iterator();
    while (pieces.hasNext() && filled < burst.length) {
      Piece piece = pieces.next();
      int count = Math.min(due(piece, nowNs), burst.length - filled);
      System.arraycopy(piece.bytes, piece.sent, burst, filled, count);
      filled += count;
      if (piece.sent + count < piece.bytes.length) break;
    }
    return filled;
  }

  private int due(Piece piece, long nowNs) {
    if (nowNs <= piece.startNs) return 0;
    long byNow = (nowNs - piece.startNs) / byteNs;
    return (int) Math.min(byNow, piece.bytes.length) - piece.sent;
  }

  private void settle(int taken, int filled) {
    int heard = taken;
    int rest = filled;
    queuedBytes -= filled;
    while (rest > 0) {
      Piece piece = queue.element();
      int count = Math.min(rest, piece.bytes.length - piece.sent);
      int heardOfIt = Math.clamp(heard, 0, count);
      piece.sent += count;
      piece.tally.taken += heardOfIt;
      heard -= heardOfIt;
      rest -= count;
      if (piece.sent < piece.bytes.length) return;
      queue.remove();
      if (piece.last) tell(piece.startNs + piece.bytes.length * byteNs, piece.tally);
    }
  }

  private void tell(long atNs, Tally tally) {
    Said.Fate fate = fate(tally);
    List<Said> said =
        tally.message.sayings().stream()
            .map(saying -> new Said(atNs, device, tally.number, fate, saying))
            .toList();
    if (!said.isEmpty()) truth.accept(said);
  }

  private static Said.Fate fate(Tally tally) {
    if (tally.taken == 0) return Said.Fate.UNHEARD;
    if (tally.message.isDamaged()) return Said.Fate.DAMAGED;
    return tally.taken < tally.message.length() ? Said.Fate.PARTLY : Said.Fate.HEARD;
  }
}
