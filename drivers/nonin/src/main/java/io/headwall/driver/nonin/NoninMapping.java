package io.headwall.driver.nonin;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Range;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmPriority;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nonin's reports to 11073-10101. The README's table has the sources of each row. */
final class NoninMapping {

  static final Code MDS = Mdc.DEV_ANALY_SAT_O2_MDS;

  private static final Containment SPO2_CHANNEL =
      Containment.of(MDS, Mdc.DEV_ANALY_SAT_O2_VMD, Mdc.DEV_ANALY_SAT_O2_CHAN);
  private static final Containment PULSE_CHANNEL =
      Containment.of(MDS, Mdc.DEV_ANALY_SAT_O2_VMD, Mdc.DEV_PULS_CHAN);
  private static final Containment WHOLE = Containment.of(MDS, MDS, MDS);

  static final Metric SPO2 = new Metric(Mdc.PULS_OXIM_SAT_O2, MdcUnit.PERCENT, SPO2_CHANNEL);
  static final Metric PULSE =
      new Metric(Mdc.PULS_OXIM_PULS_RATE, MdcUnit.BEAT_PER_MIN, PULSE_CHANNEL);
  static final Metric PLETH = new Metric(Mdc.PULS_OXIM_PLETH, MdcUnit.DIMLESS, SPO2_CHANNEL);
  static final Metric PERFUSION =
      Metric.unitless(new LocalCode("x-perfusion-indication"), SPO2_CHANNEL);
  static final Metric RESPONSE = Metric.unitless(new LocalCode("x-spo2-response"), SPO2_CHANNEL);
  static final Metric SENSOR_DISCONNECTED = Metric.unitless(Mdc.EVT_SENSOR_DISCONN, SPO2_CHANNEL);
  static final Metric SENSOR_ALARM = Metric.unitless(Mdc.EVT_SENSOR_PROB, SPO2_CHANNEL);
  static final Metric LOW_BATTERY = Metric.unitless(Mdc.EVT_BATT_LO, WHOLE);

  private static final Range SPO2_RANGE = Range.decimal(0, 100, 0);
  private static final Range PULSE_RANGE = Range.decimal(18, 321, 0);
  private static final int SPO2_MISSING = 127;
  private static final int PULSE_MISSING = 511;

  /** 75 samples a second. */
  static final long SAMPLE_PERIOD_NS = 13_333_333L;

  /** The device's own counts: they have no physical unit and no stated zero. */
  private static final Decimal STEP = Decimal.of(1);

  private static final Decimal OFFSET = Decimal.of(0);

  private static final int NO_USABLE_SIGNAL =
      Packet.SENSOR_DISCONNECTED | Packet.OUT_OF_TRACK | Packet.SENSOR_ALARM;

  private NoninMapping() {}

  static DeviceIdentity device(NoninFrame frame) {
    String firmware =
        switch (frame) {
          case Packet p -> Integer.toString(p.revision());
          case Line l -> null;
        };
    return new DeviceIdentity("Nonin", "pulse oximeter", null, firmware, "", MDS);
  }

  /** SpO2 and pulse rate, measured no later than the report's first byte came. */
  static List<Numeric> numerics(NoninFrame frame) {
    return switch (frame) {
      case Packet p ->
          List.of(
              numeric(SPO2, SPO2_RANGE, p, p.spo2(), SPO2_MISSING),
              numeric(PULSE, PULSE_RANGE, p, p.pulse(), PULSE_MISSING));
      case Line l ->
          List.of(
              l.spo2().isPresent()
                  ? value(SPO2, SPO2_RANGE, l, l.spo2().getAsInt())
                  : Numeric.absent(SPO2, l.firstNs(), Quality.NOT_AVAILABLE),
              l.pulse().isPresent()
                  ? value(PULSE, PULSE_RANGE, l, l.pulse().getAsInt())
                  : Numeric.absent(PULSE, l.firstNs(), Quality.NOT_AVAILABLE));
    };
  }

  private static Numeric numeric(Metric metric, Range range, Packet p, int raw, int missing) {
    if (p.any(Packet.SENSOR_DISCONNECTED)) {
      return Numeric.absent(metric, p.firstNs(), Quality.SENSOR_DISCONNECTED);
    }
    if (p.any(NO_USABLE_SIGNAL)) return Numeric.absent(metric, p.firstNs(), Quality.INVALID);
    if (raw == missing) return Numeric.absent(metric, p.firstNs(), Quality.NOT_AVAILABLE);
    Numeric good = value(metric, range, p, raw);
    boolean doubtful = good.quality() == Quality.VALID && p.any(Packet.ARTIFACT);
    return doubtful ? new Numeric(metric, p.firstNs(), good.value(), Quality.QUESTIONABLE) : good;
  }

  private static Numeric value(Metric metric, Range range, NoninFrame frame, int raw) {
    return Numeric.of(metric, frame.firstNs(), Decimal.of(raw), range);
  }

  /**
   * The packet's stretch of the pleth; null where no sample has a usable signal behind it. The
   * first sample is dated at the arrival of the packet's first byte, nothing taken off.
   */
  static @Nullable SampleBlock pleth(Packet p) {
    int[] samples = new int[Packet.FRAMES];
    boolean usable = false;
    for (int i = 0; i < samples.length; i++) {
      boolean lost = (p.status(i) & NO_USABLE_SIGNAL) != 0;
      samples[i] = lost ? SampleBlock.MISSING : p.pleth(i);
      usable |= !lost;
    }
    return usable
        ? new SampleBlock(PLETH, p.firstNs(), SAMPLE_PERIOD_NS, STEP, OFFSET, samples)
        : null;
  }

  /**
   * How the device judges the latest beat in the packet. It does so for 160 ms at a beat only: null
   * where the packet lies between two beats. Without a usable signal the last word must not stand.
   */
  static @Nullable Text perfusion(Packet p) {
    if (p.any(NO_USABLE_SIGNAL)) return new Text(PERFUSION, p.firstNs(), "none");
    for (int i = Packet.FRAMES - 1; i >= 0; i--) {
      boolean green = (p.status(i) & Packet.GREEN_PERFUSION) != 0;
      boolean red = (p.status(i) & Packet.RED_PERFUSION) != 0;
      if (green || red) {
        String word = green && red ? "yellow" : green ? "green" : "red";
        return new Text(PERFUSION, p.firstNs(), word);
      }
    }
    return null;
  }

  /** Whether the line's values are fast-responding; null where it has none to say it of. */
  static @Nullable String response(Line l) {
    if (l.spo2().isEmpty() && l.pulse().isEmpty()) return null;
    return l.fast() ? "fast" : "as selected at the device";
  }

  /** Every alarm condition that the packet's format can report. */
  static List<Alarm> alarms(Packet p) {
    List<Alarm> alarms = new ArrayList<>();
    alarms.add(
        alarm(SENSOR_DISCONNECTED, p, p.any(Packet.SENSOR_DISCONNECTED), "sensor disconnected"));
    alarms.add(alarm(SENSOR_ALARM, p, p.any(Packet.SENSOR_ALARM), "sensor alarm"));
    if (p.format() == NoninFormat.FORMAT_7) {
      alarms.add(alarm(LOW_BATTERY, p, p.lowBattery(), "low battery"));
    }
    return alarms;
  }

  private static Alarm alarm(Metric metric, Packet p, boolean active, String text) {
    AlarmState state = active ? AlarmState.ACTIVE : AlarmState.INACTIVE;
    return new Alarm(metric, p.firstNs(), state, AlarmPriority.UNSTATED, text);
  }
}
