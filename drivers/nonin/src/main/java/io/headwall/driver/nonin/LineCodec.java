package io.headwall.driver.nonin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.spi.driver.SessionCounts;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds ASCII lines {@code [HH:MM:SS ]SPO2=XXX HR=YYY[ F][ B][ *]} CR LF. No checksum guards them,
 * so the form is the only guard: a line is seen from its start to its end and holds nothing else,
 * and the values have all of their three places. Owned by the port's thread.
 */
final class LineCodec {

  static final int LINE_BYTES_MAX = 120;

  /** Longest wait inside a line; with more, two lines may have been joined. */
  static final long PAUSE_NS_MAX = 300_000_000L;

  /** Two places for a value of three would be one with a digit lost: 97 %, read as 9 %. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:[0-2]\\d:[0-5]\\d:[0-5]\\d +)?SPO2=(\\d{3}|---) +HR=(\\d{3}|---)"
              + "( *F)?(?: *B)?(?: *\\*)? *\r");

  private static final String DASHES = "---";

  private final SessionCounts.Counter counter;
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int filled;
  private long firstNs;
  private long lastNs;
  private boolean skipping;
  private boolean locked;

  LineCodec(SessionCounts.Counter counter) {
    this.counter = counter;
  }

  /** Takes one byte in; the line that it completes, or null. */
  @Nullable Line accept(long nowNs, byte b) {
    if (b == '\n') return end(nowNs);
    if (skipping) return null;
    if (filled > 0 && nowNs - lastNs > PAUSE_NS_MAX) {
      drop("pause");
    } else if (b != '\r' && (b < ' ' || b > '~')) {
      skipToNext();
    } else if (filled == LINE_BYTES_MAX) {
      drop("too-long");
    } else {
      if (filled == 0) firstNs = nowNs;
      line[filled++] = b;
      lastNs = nowNs;
    }
    return null;
  }

  /** Whether the last line was a reading and nothing else has come since. */
  boolean locked() {
    return locked;
  }

  /** Bytes that may yet become a line. */
  int held() {
    return filled;
  }

  /** The next byte is a line's first. */
  void restart() {
    filled = 0;
    skipping = false;
    locked = false;
  }

  /** The start of the line has not been seen: the next line counts. */
  void skipToNext() {
    restart();
    skipping = true;
  }

  private @Nullable Line end(long nowNs) {
    String text = new String(line, 0, filled, US_ASCII);
    boolean paused = filled > 0 && nowNs - lastNs > PAUSE_NS_MAX;
    boolean seenWhole = !skipping && !paused;
    int length = filled + 1;
    restart();
    if (!seenWhole) return null;
    Matcher m = LINE.matcher(text);
    if (m.matches()) {
      locked = true;
      return new Line(
          length, firstNs, nowNs, value(m.group(1)), value(m.group(2)), m.group(3) != null);
    }
    if (text.contains("SPO2") || text.contains("HR=")) counter.reject("line");
    return null;
  }

  private void drop(String reason) {
    counter.reject(reason);
    skipToNext();
  }

  private static OptionalInt value(String digits) {
    return digits.equals(DASHES) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }
}
