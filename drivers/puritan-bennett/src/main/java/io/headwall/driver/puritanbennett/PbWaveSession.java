package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.SampleBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the waveform port: samples between the start and the end of a breath become blocks of
 * a second at most. A sample's time is the arrival of the breath's start and 20 ms for each sample
 * before it; what stands outside a breath has no time and is dropped.
 */
final class PbWaveSession implements DeviceSession {

  static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);
  static final int BLOCK_SAMPLES_MAX = 50;
  static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(10);

  /** A breath of two minutes is none: its end and the next start were lost. */
  static final int BREATH_SAMPLES_MAX = 6_000;

  private static final Metric FLOW =
      new Metric(Mdc.FLOW_AWAY, MdcUnit.X_L_PER_MIN, PbField.VENTILATOR);
  private static final Metric PRESSURE =
      new Metric(Mdc.PRESS_AWAY, MdcUnit.CM_H2O, PbField.VENTILATOR);
  private static final Metric GAP = DeviceMetrics.gap(Mdc.DEV_SYS_PT_VENT_MDS);

  /** The port says neither model nor serial number. */
  private static final DeviceIdentity DEVICE =
      new DeviceIdentity(
          PbMapping.MANUFACTURER, "840/980", null, null, "", Mdc.DEV_SYS_PT_VENT_MDS);

  private final SessionCounts.Counter counter = new SessionCounts.Counter();
  private final PbWaveCodec codec = new PbWaveCodec();
  private final List<PbWaveLine.@Nullable Sample> block = new ArrayList<>();

  private SessionState state = SessionState.SILENT;
  private long heardNs;
  private boolean inBreath;
  private long breathNs;
  private int breathSamples;
  private @Nullable Long sequence;

  @Override
  public void onLinkUp(long nowNs, SessionOutput out) {
    codec.reset();
    heardNs = nowNs;
  }

  @Override
  public void onBytes(long nowNs, byte[] data, int length, SessionOutput out) {
    codec.feed(nowNs, data, length, (firstByteNs, line) -> onLine(firstByteNs, line, out));
  }

  @Override
  public void onTick(long nowNs, SessionOutput out) {
    if (nowNs - heardNs >= SILENCE_NS) stop(out);
  }

  @Override
  public void onLinkDown(long nowNs, SessionOutput out) {
    codec.reset();
    sequence = null;
    stop(out);
  }

  @Override
  public SessionCounts counts() {
    return counter.counts();
  }

  private void onLine(long atNs, PbWaveLine line, SessionOutput out) {
    switch (line) {
      case PbWaveLine.BreathStart start -> startBreath(atNs, start.sequence(), out);
      case PbWaveLine.BreathEnd end -> {
        if (!inBreath) counter.reject("outside-breath");
        else good(atNs);
        endBreath(out);
      }
      case PbWaveLine.Sample sample -> {
        if (!inBreath) {
          counter.reject("outside-breath");
        } else {
          good(atNs);
          add(sample, out);
        }
      }
      case PbWaveLine.Unknown unknown -> {
        counter.reject(unknown.reason());
        // One line is one sample: its place is kept, so that the ones after it keep their time.
        if (inBreath) add(null, out);
      }
    }
  }

  private void good(long atNs) {
    counter.frame();
    heardNs = atNs;
  }

  private void startBreath(long atNs, long number, SessionOutput out) {
    long lastNs = breathNs + breathSamples * PERIOD_NS;
    endBreath(out);
    good(atNs);
    enter(SessionState.SPEAKING, out);
    if (sequence != null && number != sequence + 1) {
      String reason = "breath " + sequence + " followed by " + number;
      out.reading(DEVICE, new Gap(GAP, atNs, Math.min(lastNs, atNs), reason));
    }
    sequence = number;
    inBreath = true;
    breathNs = atNs;
    breathSamples = 0;
  }

  private void add(PbWaveLine.@Nullable Sample sample, SessionOutput out) {
    if (breathSamples == BREATH_SAMPLES_MAX) {
      counter.reject("breath-too-long");
      endBreath(out);
      return;
    }
    block.add(sample);
    breathSamples++;
    if (block.size() == BLOCK_SAMPLES_MAX) sendBlock(out);
  }

  private void endBreath(SessionOutput out) {
    sendBlock(out);
    inBreath = false;
  }

  private void sendBlock(SessionOutput out) {
    if (block.stream().anyMatch(s -> s != null)) {
      long firstNs = breathNs + (breathSamples - block.size()) * PERIOD_NS;
      List<@Nullable Decimal> flows = new ArrayList<>();
      List<@Nullable Decimal> pressures = new ArrayList<>();
      for (PbWaveLine.@Nullable Sample s : block) {
        flows.add(s == null ? null : s.flow());
        pressures.add(s == null ? null : s.pressure());
      }
      out.reading(DEVICE, samples(FLOW, firstNs, flows));
      out.reading(DEVICE, samples(PRESSURE, firstNs, pressures));
    }
    block.clear();
  }

  private static SampleBlock samples(Metric metric, long firstNs, List<@Nullable Decimal> values) {
    int scale = 0;
    for (Decimal v : values) if (v != null) scale = Math.max(scale, v.scale());
    int[] samples = new int[values.size()];
    for (int i = 0; i < samples.length; i++) {
      Decimal v = values.get(i);
      samples[i] =
          v == null ? SampleBlock.MISSING : Math.toIntExact(v.movePointRight(scale).unscaled());
    }
    return new SampleBlock(
        metric, firstNs, PERIOD_NS, Decimal.of(1, scale), Decimal.of(0), samples);
  }

  private void stop(SessionOutput out) {
    endBreath(out);
    enter(SessionState.SILENT, out);
  }

  private void enter(SessionState next, SessionOutput out) {
    if (next == state) return;
    state = next;
    out.state(next);
  }
}
