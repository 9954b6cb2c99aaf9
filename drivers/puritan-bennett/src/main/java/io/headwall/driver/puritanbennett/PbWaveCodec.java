package io.headwall.driver.puritanbennett;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Range;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes to lines of the waveform port. Lines end with CR, LF or both; there is no checksum, so the
 * form of a line and the bounds of its numbers are all that can be checked. Owned by the port's
 * thread.
 */
final class PbWaveCodec {

  /** Longest line without its end; a line of the ventilator is under 20. */
  static final int LINE_BYTES_MAX = 64;

  private static final int SCALE_MAX = 3;

  private static final Pattern START = Pattern.compile("BS,\\s*S:(\\d{1,9}),");
  private static final Pattern SAMPLE =
      Pattern.compile("(-?\\d{1,3}(?:\\.\\d*)?),\\s*(-?\\d{1,3}(?:\\.\\d*)?)");
  // Ours: wider than the ventilator can deliver or measure.
  private static final Range FLOW = Range.decimal(-300, 300, 0);
  private static final Range PRESSURE = Range.decimal(-60, 150, 0);

  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int filled;
  private long firstByteNs;

  /** Takes lines as they end. */
  interface Lines {
    /**
     * A line has ended.
     *
     * @param firstByteNs when its first byte arrived
     */
    void line(long firstByteNs, PbWaveLine line);
  }

  /** Feeds {@code length} bytes that arrived at {@code nowNs}. */
  void feed(long nowNs, byte[] data, int length, Lines lines) {
    for (int i = 0; i < length; i++) {
      byte b = data[i];
      if (b == '\r' || b == '\n') {
        if (filled > 0) lines.line(firstByteNs, parse());
        filled = 0;
      } else {
        if (filled == 0) firstByteNs = nowNs;
        // Of a line that is too long only the fact is kept.
        if (filled < LINE_BYTES_MAX) line[filled++] = b;
      }
    }
  }

  /** Forgets a half-read line. */
  void reset() {
    filled = 0;
  }

  private PbWaveLine parse() {
    if (filled == LINE_BYTES_MAX) return new PbWaveLine.Unknown("too-long");
    String text = new String(line, 0, filled, US_ASCII).strip();
    Matcher start = START.matcher(text);
    if (start.matches()) return new PbWaveLine.BreathStart(Long.parseLong(start.group(1)));
    if (text.startsWith("BE")) return new PbWaveLine.BreathEnd();
    Matcher sample = SAMPLE.matcher(text);
    if (!sample.matches()) return new PbWaveLine.Unknown("line");
    Decimal flow = Decimal.parse(sample.group(1));
    Decimal pressure = Decimal.parse(sample.group(2));
    if (flow == null || pressure == null) return new PbWaveLine.Unknown("line");
    if (flow.scale() > SCALE_MAX || pressure.scale() > SCALE_MAX) {
      return new PbWaveLine.Unknown("digits");
    }
    if (!FLOW.holds(flow) || !PRESSURE.holds(pressure)) return new PbWaveLine.Unknown("range");
    return new PbWaveLine.Sample(flow, pressure);
  }
}
