package io.headwall.driver.nonin;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.ReportByException;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.Text;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one oximeter. Says when it falls silent and what was lost in between; where told to,
 * asks for format 7 while nothing intelligible comes.
 */
final class NoninSession implements DeviceSession {

  private static final long PACKET_SILENCE_NS = TimeUnit.SECONDS.toNanos(2);

  /** A line comes once a second: one cut line is no silence. */
  private static final long LINE_SILENCE_NS = TimeUnit.SECONDS.toNanos(5);

  /** One report and a half without any: at least one is missing. */
  private static final long PACKET_LATE_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LINE_LATE_NS = TimeUnit.MILLISECONDS.toNanos(1500);

  /** Fewer bytes than a frame are a disturbance between packets, not a loss. */
  private static final long LOSS_BYTES_MIN = Packet.FRAME_BYTES;

  private static final long REFRESH_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long ON_CHANGE_ONLY = Long.MAX_VALUE / 2;

  private final NoninCodec codec;
  private final boolean selectsFormat7;
  private final ReportByException<Metric, AlarmState> alarms =
      new ReportByException<>(ON_CHANGE_ONLY);
  private final ReportByException<Metric, String> words = new ReportByException<>(REFRESH_NS);
  private final Set<Metric> withValue = new LinkedHashSet<>();

  private SessionState state = SessionState.SILENT;
  private @Nullable NoninFrame last;
  private long noiseBytesAtLast;
  private boolean asked;
  private long askedNs;

  /**
   * A session that has heard nothing yet.
   *
   * @param formats what to listen for
   * @param selectsFormat7 whether the device may be asked for format 7
   */
  NoninSession(Set<NoninFormat> formats, boolean selectsFormat7) {
    codec = new NoninCodec(formats);
    this.selectsFormat7 = selectsFormat7 && formats.contains(NoninFormat.FORMAT_7);
  }

  @Override
  public void onLinkUp(long nowNs, SessionOutput out) {
    forget();
    last = null;
    ask(nowNs, out);
  }

  @Override
  public void onBytes(long nowNs, byte[] data, int length, SessionOutput out) {
    codec.feed(nowNs, data, length, frame -> report(frame, out));
  }

  @Override
  public void onTick(long nowNs, SessionOutput out) {
    NoninFrame heard = last;
    if (state == SessionState.SPEAKING
        && heard != null
        && nowNs - heard.lastNs() >= silenceNs(heard.format())) {
      fallSilent(nowNs, heard, out);
    }
    if (state == SessionState.SILENT) ask(nowNs, out);
  }

  @Override
  public void onLinkDown(long nowNs, SessionOutput out) {
    if (last != null) fallSilent(nowNs, last, out);
    forget();
  }

  @Override
  public SessionCounts counts() {
    return codec.counts();
  }

  private void report(NoninFrame frame, SessionOutput out) {
    DeviceIdentity device = NoninMapping.device(frame);
    Gap gap = gapBefore(frame);
    enter(SessionState.SPEAKING, out);
    if (gap != null) out.reading(device, gap);
    switch (frame) {
      case Packet packet -> reportPacket(packet, device, out);
      case Line line -> reportResponse(line, device, out);
    }
    for (Numeric numeric : NoninMapping.numerics(frame)) {
      if (numeric.value() == null) withValue.remove(numeric.metric());
      else withValue.add(numeric.metric());
      out.reading(device, numeric);
    }
    last = frame;
    noiseBytesAtLast = codec.noiseBytes();
  }

  private void reportPacket(Packet packet, DeviceIdentity device, SessionOutput out) {
    for (Alarm alarm : NoninMapping.alarms(packet)) {
      if (alarms.due(alarm.metric(), alarm.state(), packet.firstNs())) out.reading(device, alarm);
    }
    Text perfusion = NoninMapping.perfusion(packet);
    if (perfusion != null && words.due(perfusion.metric(), perfusion.text(), packet.firstNs())) {
      out.reading(device, perfusion);
    }
    SampleBlock pleth = NoninMapping.pleth(packet);
    if (pleth != null) out.reading(device, pleth);
  }

  private void reportResponse(Line line, DeviceIdentity device, SessionOutput out) {
    String word = NoninMapping.response(line);
    if (word == null || !words.due(NoninMapping.RESPONSE, word, line.firstNs())) return;
    out.reading(device, Setting.word(NoninMapping.RESPONSE, line.firstNs(), word));
  }

  /** What is known to be missing between the last good frame and this one; null for nothing. */
  private @Nullable Gap gapBefore(NoninFrame frame) {
    if (last == null) return null;
    long lostBytes = codec.noiseBytes() - noiseBytesAtLast;
    // Silence is a state of its own and no gap; what was heard and not understood is one.
    boolean late =
        state == SessionState.SPEAKING && frame.firstNs() - last.lastNs() > lateNs(frame.format());
    if (lostBytes < LOSS_BYTES_MIN && !late) return null;
    String reason = lostBytes > 0 ? lostBytes + " bytes not understood" : "reports missing";
    return new Gap(DeviceMetrics.gap(NoninMapping.MDS), frame.firstNs(), last.lastNs(), reason);
  }

  /** Once when the line opens, then each 30 s for as long as nothing intelligible comes. */
  private void ask(long nowNs, SessionOutput out) {
    NoninQuery query = NoninQuery.SELECT_FORMAT_7;
    if (!selectsFormat7 || (asked && nowNs - askedNs < query.template().perNs())) return;
    asked = true;
    askedNs = nowNs;
    out.send(query);
    codec.expectAnswer();
  }

  /** No value may stand as if it were still measured. */
  private void fallSilent(long nowNs, NoninFrame heard, SessionOutput out) {
    DeviceIdentity device = NoninMapping.device(heard);
    for (Metric metric : withValue) {
      out.reading(device, Numeric.absent(metric, nowNs, Quality.NO_DATA));
    }
    enter(SessionState.SILENT, out);
    forget();
  }

  /** Another device may be the next to speak. */
  private void forget() {
    codec.restart();
    alarms.clear();
    words.clear();
    withValue.clear();
  }

  private void enter(SessionState next, SessionOutput out) {
    if (next == state) return;
    state = next;
    out.state(next);
  }

  private static long silenceNs(NoninFormat format) {
    return format == NoninFormat.ASCII ? LINE_SILENCE_NS : PACKET_SILENCE_NS;
  }

  private static long lateNs(NoninFormat format) {
    return format == NoninFormat.ASCII ? LINE_LATE_NS : PACKET_LATE_NS;
  }
}
