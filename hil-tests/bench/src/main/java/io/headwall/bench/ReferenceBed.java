package io.headwall.bench;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The readings of the reference bed, second by second: what six devices at a full intensive-care
 * bed deliver. Codes, rates and the form of the signals are those of such devices; the pairing of
 * code and unit is not, since no store looks at it.
 *
 * <p>102.8 numerics/s of 162 metrics, 9 waveforms with 1,575 samples/s in blocks of one second, 2.4
 * settings/s, an alarm change every 30 s.
 */
final class ReferenceBed {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int ALARM_PERIOD_S = 30;
  private static final int SETTINGS_PERIOD_S = 10;
  private static final int PUMPS = 6;
  private static final List<Unit> UNITS =
      List.of(MdcUnit.MMHG, MdcUnit.PERCENT, MdcUnit.BEAT_PER_MIN, MdcUnit.DEGC, MdcUnit.MILLI_L);

  private final RandomGenerator random;
  private final List<Group> groups = new ArrayList<>();
  private final List<Wave> waves = new ArrayList<>();
  private final Group settings;
  private final Metric alarm;
  private final String monitor;
  private final String ventilator;
  private long second;

  /**
   * A bed at its first second.
   *
   * @param bed part of the device names: the reference bed times N is N beds with devices of their
   *     own
   */
  ReferenceBed(int bed, RandomGenerator random) {
    this.random = random;
    this.monitor = "monitor-" + bed;
    this.ventilator = "ventilator-" + bed;
    Code mon = Mdc.DEV_MON_PHYSIO_MULTI_PARAM_MDS;
    Code vent = Mdc.DEV_SYS_PT_VENT_MDS;
    Code pump = Mdc.DEV_PUMP_INFUS_MDS;
    add(monitor, metrics(mon, MdcCategory.MONITOR, 0, 32, 1), 1, 1);
    // Two telegrams: one code page holds 20 values.
    add(ventilator, metrics(vent, MdcCategory.VENTILATOR, 0, 20, 1), 1, 1);
    add(ventilator, metrics(vent, MdcCategory.VENTILATOR, 20, 16, 1), 1, 1);
    for (int i = 0; i < PUMPS; i++) {
      add("pumps-" + bed, metrics(pump, MdcCategory.PUMP, 0, 10, i + 1), 3, 1);
    }
    add("syringe-" + bed, metrics(pump, MdcCategory.PUMP, 10, 8, 1), 2, 1);
    Code crrt = Mdc.DEV_HDIALY_MACHINE_MDS;
    add("crrt-" + bed, metrics(crrt, MdcCategory.DIALYSIS, 0, 24, 1), 5, 1);
    Code oximeter = Mdc.DEV_ANALY_SAT_O2_MDS;
    add("oximeter-" + bed, metrics(oximeter, MdcCategory.MONITOR, 60, 2, 1), 1, 3);
    settings =
        new Group(
            ventilator,
            metrics(vent, MdcCategory.VENTILATOR, 40, 24, 1),
            SETTINGS_PERIOD_S,
            1,
            random);
    alarm = Metric.unitless(Mdc.EVT_HI, Containment.of(mon, mon, mon));
    waves(bed, mon, vent, oximeter);
  }

  private void waves(int bed, Code mon, Code vent, Code oximeter) {
    wave(monitor, mon, Mdc.ECG_ELEC_POTL_I, 500, Signal.ecg(0.6, random));
    wave(monitor, mon, Mdc.ECG_ELEC_POTL_II, 500, Signal.ecg(1, random));
    wave(monitor, mon, Mdc.PULS_OXIM_PLETH, 125, Signal.pulse(1_800, random));
    wave(monitor, mon, Mdc.PRESS_BLD_ART_ABP, 125, Signal.pulse(700, random));
    wave(monitor, mon, Mdc.RESP, 62.5, Signal.breath(1_500, random));
    wave(ventilator, vent, Mdc.PRESS_AWAY, 62.5, Signal.breath(900, random));
    wave(ventilator, vent, Mdc.FLOW_AWAY, 62.5, Signal.flow(900, random));
    wave(ventilator, vent, Mdc.VOL_AWAY_TIDAL, 62.5, Signal.breath(2_400, random));
    wave("oximeter-" + bed, oximeter, Mdc.PULS_OXIM_PLETH, 75, Signal.pulse(1_600, random));
  }

  /** What arrives in the next second, in the order of its arrival. */
  List<Arrival> next(long fromNs) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Group group : groups) group.numerics(second, fromNs, arrivals);
    settings.settings(second, fromNs, arrivals);
    for (Wave wave : waves) wave.block(fromNs, arrivals);
    if (second % ALARM_PERIOD_S == ALARM_PERIOD_S - 1) {
      boolean on = second / ALARM_PERIOD_S % 2 == 0;
      arrivals.add(
          new Arrival(
              monitor,
              new Reading.Alarm(
                  alarm,
                  fromNs + random.nextLong(SECOND_NS),
                  on ? Reading.AlarmState.ACTIVE : Reading.AlarmState.INACTIVE,
                  Reading.AlarmPriority.HIGH,
                  "** ABPs HIGH")));
    }
    second++;
    arrivals.sort(Comparator.comparingLong(a -> a.reading().measuredNs()));
    return arrivals;
  }

  private void add(String device, List<Metric> metrics, int periodS, int timesASecond) {
    groups.add(new Group(device, metrics, periodS, timesASecond, random));
  }

  private void wave(String device, Code mds, Code code, double hz, Signal signal) {
    Metric metric = new Metric(code, MdcUnit.MMHG, Containment.of(mds, mds, mds));
    waves.add(new Wave(device, metric, hz, signal, random.nextLong(SECOND_NS)));
  }

  private static List<Metric> metrics(
      Code mds, MdcCategory category, int skip, int n, int instance) {
    List<Code> codes =
        Mdc.ALL.stream()
            .filter(c -> c.category() == category)
            .skip(skip)
            .limit(n)
            .map(Code.class::cast)
            .toList();
    if (codes.size() != n) throw new IllegalArgumentException(category + " has " + codes.size());
    Containment place = Containment.of(mds, mds, mds).instance(instance, 1);
    return IntStream.range(0, n)
        .mapToObj(i -> new Metric(codes.get(i), UNITS.get(i % UNITS.size()), place))
        .toList();
  }

  /** Values that come in one telegram, so at one time. */
  private static final class Group {
    final String device;
    final List<Metric> metrics;
    final long[] values;
    final int periodS;
    final int timesASecond;
    final int phaseS;
    final long offsetNs;
    final RandomGenerator random;

    Group(
        String device,
        List<Metric> metrics,
        int periodS,
        int timesASecond,
        RandomGenerator random) {
      this.device = device;
      this.metrics = metrics;
      this.periodS = periodS;
      this.timesASecond = timesASecond;
      this.random = random;
      this.values = random.longs(metrics.size(), 50, 1_500).toArray();
      this.phaseS = random.nextInt(periodS);
      this.offsetNs = random.nextLong(SECOND_NS / timesASecond);
    }

    void numerics(long second, long fromNs, List<Arrival> out) {
      if (second % periodS != phaseS) return;
      for (int time = 0; time < timesASecond; time++) {
        long ns = timeOf(fromNs, time);
        for (int i = 0; i < values.length; i++) {
          values[i] = Math.clamp(values[i] + random.nextInt(-3, 4), 0L, 9_999L);
          out.add(new Arrival(device, Reading.Numeric.of(metrics.get(i), ns, value(i))));
        }
      }
    }

    void settings(long second, long fromNs, List<Arrival> out) {
      if (second % periodS != phaseS) return;
      long ns = timeOf(fromNs, 0);
      for (int i = 0; i < values.length; i++) {
        out.add(
            new Arrival(
                device,
                Reading.Setting.of(metrics.get(i), ns, Reading.SettingKind.SETTING, value(i))));
      }
    }

    private Decimal value(int i) {
      return Decimal.of(values[i], i % 3 == 0 ? 1 : 0);
    }

    /** When it is read: a device's own clock, and some milliseconds of line and scheduler. */
    private long timeOf(long fromNs, int time) {
      long ns = offsetNs + time * (SECOND_NS / timesASecond) + random.nextLong(8_000_000L);
      return fromNs + Math.min(ns, SECOND_NS - 1);
    }
  }

  /** One waveform, in blocks of what one second brings. */
  private static final class Wave {
    private static final Decimal STEP = Decimal.of(5, 3);
    private static final Decimal OFFSET = Decimal.of(-10_240, 3);

    final String device;
    final Metric metric;
    final double hz;
    final Signal signal;
    final long offsetNs;
    long sampled;
    long seconds;

    Wave(String device, Metric metric, double hz, Signal signal, long offsetNs) {
      this.device = device;
      this.metric = metric;
      this.hz = hz;
      this.signal = signal;
      this.offsetNs = offsetNs;
    }

    void block(long fromNs, List<Arrival> out) {
      seconds++;
      int[] samples = new int[(int) ((long) (seconds * hz) - sampled)];
      for (int i = 0; i < samples.length; i++) samples[i] = signal.at(sampled++ / hz);
      long periodNs = Math.round(SECOND_NS / hz);
      out.add(
          new Arrival(
              device,
              new Reading.SampleBlock(metric, fromNs + offsetNs, periodNs, STEP, OFFSET, samples)));
    }
  }
}
