package io.headwall.driver.nonin;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.driver.SessionCounts;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Bytes to frames, whichever format the device streams. While one format is locked the others are
 * not listened for; the first byte that does not fit it opens the search again. Owned by the port's
 * thread.
 */
final class NoninCodec {

  private static final int UNKNOWN = -1;
  private static final byte ACK = 0x06;
  private static final byte NAK = 0x15;

  private final Set<NoninFormat> formats;
  private final SessionCounts.Counter counter = new SessionCounts.Counter();
  private final PacketCodec packets;
  private final LineCodec lines;
  private long fedBytes;
  private long frameBytes;
  private int revision = UNKNOWN;
  private int newRevision = UNKNOWN;
  private boolean answerDue;

  NoninCodec(Set<NoninFormat> formats) {
    this.formats = formats;
    packets = new PacketCodec(formats, counter);
    lines = new LineCodec(counter);
  }

  /** Feeds {@code length} bytes; hands each good frame on, and counts what is none. */
  void feed(long nowNs, byte[] data, int length, Consumer<NoninFrame> frames) {
    for (int i = 0; i < length; i++) accept(nowNs, data[i], frames);
  }

  /** The line has been opened, or has been silent: nothing of what came before counts. */
  void restart() {
    packets.restart();
    lines.restart();
    revision = UNKNOWN;
    newRevision = UNKNOWN;
    answerDue = false;
  }

  /** A command has been sent: the next byte may be ACK or NAK. */
  void expectAnswer() {
    answerDue = true;
  }

  /** Bytes that were part of no good frame. */
  long noiseBytes() {
    return fedBytes - frameBytes - held();
  }

  SessionCounts counts() {
    SessionCounts counts = counter.counts();
    return new SessionCounts(counts.frames(), counts.rejects(), noiseBytes());
  }

  private int held() {
    return Math.max(packets.held(), lines.held());
  }

  private void accept(long nowNs, byte b, Consumer<NoninFrame> frames) {
    fedBytes++;
    if (answered(b)) return;
    if (formats.contains(NoninFormat.ASCII) && !packets.locked()) {
      Line line = lines.accept(nowNs, b);
      if (line != null) {
        packets.restart();
        handOn(line, frames);
      }
    }
    if (!lines.locked()) {
      Packet packet = packets.accept(nowNs, b);
      if (packet != null) {
        lines.skipToNext();
        if (revisionHolds(packet.revision())) handOn(packet, frames);
        else counter.reject("revision");
      }
    }
  }

  /**
   * Whether this byte is the device's answer to a command. Only the first byte after it is taken
   * for one, and only between frames: in a stream 06 and 15 are data like any other.
   */
  private boolean answered(byte b) {
    boolean answer = answerDue && held() == 0 && (b == ACK || b == NAK);
    answerDue = false;
    if (!answer) return false;
    frameBytes++;
    if (b == ACK) counter.frame();
    else counter.reject("nak");
    return true;
  }

  private void handOn(NoninFrame frame, Consumer<NoninFrame> frames) {
    frameBytes += frame.length();
    counter.frame();
    frames.accept(frame);
  }

  /**
   * Whether the firmware is what it was. A frame too many at the start of a packet shifts pulse,
   * SpO2 and revision by one place, and no checksum tells; a revision that never changes does.
   * Another device is believed at its second packet.
   */
  private boolean revisionHolds(int said) {
    boolean holds = revision == UNKNOWN || said == revision || said == newRevision;
    if (holds) revision = said;
    newRevision = holds ? UNKNOWN : said;
    return holds;
  }
}
