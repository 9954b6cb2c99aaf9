package io.headwall.driver.puritanbennett;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.driver.SessionCounts;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bytes to answers. An answer begins with {@code MISCF,} or {@code MISCA,} and ends with CR; no
 * other CR stands in it. The protocol has no checksum: head, both counts, the width of every field,
 * ETX and the characters are checked, and a line in which one of them is wrong is dropped whole,
 * for a field that has slipped would be read as another. Owned by the port's thread.
 */
final class PbCodec {

  /** Longest line, without its CR: a MISCF answer is 1243 bytes. */
  static final int LINE_BYTES_MAX = 1280;

  private static final byte[] HEAD = "MISC".getBytes(US_ASCII);
  private static final int HEAD_BYTES = HEAD.length + 2;
  private static final char STX = 0x02;
  private static final char ETX = 0x03;
  private static final byte CR = '\r';

  private final SessionCounts.Counter counter;
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int filled;
  private boolean collecting;
  private long firstByteNs;

  private int headMatched;
  private long headNs;
  private byte letter;

  /** Counts bytes outside answers as noise. */
  PbCodec(SessionCounts.Counter counter) {
    this.counter = counter;
  }

  /** Feeds {@code length} bytes that arrived at {@code nowNs}. */
  void feed(long nowNs, byte[] data, int length, Consumer<PbLine> lines) {
    for (int i = 0; i < length; i++) accept(nowNs, data[i], lines);
  }

  /** Whether an answer has begun and not ended. */
  boolean collecting() {
    return collecting;
  }

  /** When the answer that is being collected began. */
  long firstByteNs() {
    return firstByteNs;
  }

  /** Forgets what has been collected. */
  void reset() {
    collecting = false;
    headMatched = 0;
  }

  private void accept(long nowNs, byte b, Consumer<PbLine> lines) {
    int pending = headMatched;
    if (headEnds(nowNs, b)) {
      if (collecting) lines.accept(new PbLine.Refused("cut"));
      begin();
    } else if (!collecting) {
      counter.noise((long) pending + 1 - headMatched);
    } else if (b == CR) {
      collecting = false;
      lines.accept(parse());
    } else if (filled == LINE_BYTES_MAX) {
      collecting = false;
      lines.accept(new PbLine.Refused("too-long"));
    } else {
      line[filled++] = b;
    }
  }

  /**
   * Follows the head, wherever it stands: an answer that lost its CR must not cost the next one.
   */
  private boolean headEnds(long nowNs, byte b) {
    if (b == HEAD[0]) {
      headNs = nowNs;
      headMatched = 1;
    } else if (headMatched > 0 && fitsHead(b)) {
      headMatched++;
    } else {
      headMatched = 0;
    }
    if (headMatched < HEAD_BYTES) return false;
    headMatched = 0;
    return true;
  }

  private boolean fitsHead(byte b) {
    if (headMatched < HEAD.length) return b == HEAD[headMatched];
    if (headMatched == HEAD_BYTES - 1) return b == ',';
    letter = b;
    return b == 'F' || b == 'A';
  }

  private void begin() {
    collecting = true;
    firstByteNs = headNs;
    System.arraycopy(HEAD, 0, line, 0, HEAD.length);
    line[HEAD.length] = letter;
    line[HEAD.length + 1] = ',';
    filled = HEAD_BYTES;
  }

  private PbLine parse() {
    PbReport report = letterOf(line) == 'F' ? PbReport.MISCF : PbReport.MISCA;
    String text = new String(line, 0, filled, US_ASCII);
    int stx = text.indexOf(STX);
    if (stx < 0 || !report.hasHead(text.substring(0, stx))) return new PbLine.Refused("head");
    if (text.charAt(filled - 1) != ETX) return new PbLine.Refused("end");
    String body = text.substring(stx + 1, filled - 1);
    if (body.length() != report.bodyBytes()) return new PbLine.Refused("length");
    if (!body.chars().allMatch(c -> c >= ' ' && c <= '~')) return new PbLine.Refused("byte");
    List<String> pieces = Arrays.asList(body.split(",", -1));
    // A comma follows the last field too, so that one empty piece is left over.
    if (pieces.size() != report.fields() + 1 || !pieces.getLast().isEmpty()) {
      return new PbLine.Refused("fields");
    }
    List<String> fields = pieces.subList(0, report.fields());
    if (!widthsHold(report, fields)) return new PbLine.Refused("width");
    return new PbLine.Answer(report, firstByteNs, fields);
  }

  private static byte letterOf(byte[] line) {
    return line[HEAD.length];
  }

  private static boolean widthsHold(PbReport report, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      int width = report.width(PbReport.FIRST_FIELD + i);
      if (width != 0 && fields.get(i).length() != width) return false;
    }
    return true;
  }
}
