package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.ReportByException;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.DeviceClock;
import io.headwall.spi.reading.Reading.DeviceState;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.Text;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides which readings of an answer are handed on: measured values always, settings, texts and
 * "no value" when they change or after a minute, alarms when they change. Owned by the port's
 * thread.
 */
final class PbReporter {

  private static final long REFRESH_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long NEVER_NS = Long.MAX_VALUE / 2;

  /** The clock is sent to the minute; five seconds more for the way from clock to line. */
  private static final long CLOCK_JUMP_NS = TimeUnit.SECONDS.toNanos(65);

  private final ReportByException<List<Object>, List<@Nullable Object>> slow =
      new ReportByException<>(REFRESH_NS);
  private final ReportByException<Metric, List<Object>> alarms = new ReportByException<>(NEVER_NS);
  private final Map<Metric, DeviceIdentity> shown = new LinkedHashMap<>();
  private @Nullable Long clockOffsetNs;

  /** Hands on what is due of an answer. */
  void report(DeviceIdentity device, long nowNs, List<Reading> readings, SessionOutput out) {
    for (Reading reading : readings) {
      remember(device, reading);
      if (due(reading, nowNs)) out.reading(device, reading);
    }
  }

  /** Hands on the ventilator's clock when it is new or has jumped. */
  void clock(DeviceIdentity device, long measuredNs, LocalDateTime clock, SessionOutput out) {
    long shownNs = TimeUnit.SECONDS.toNanos(clock.toEpochSecond(ZoneOffset.UTC));
    long offsetNs = shownNs - measuredNs;
    if (clockOffsetNs != null && Math.abs(offsetNs - clockOffsetNs) < CLOCK_JUMP_NS) return;
    clockOffsetNs = offsetNs;
    out.reading(
        device, new DeviceClock(DeviceMetrics.clock(Mdc.DEV_SYS_PT_VENT_MDS), measuredNs, clock));
  }

  /** Says that answers were missed or refused between two good ones. */
  void gap(DeviceIdentity device, long fromNs, long toNs, int answers, SessionOutput out) {
    Metric metric = DeviceMetrics.gap(Mdc.DEV_SYS_PT_VENT_MDS);
    out.reading(device, new Gap(metric, toNs, fromNs, "answers missed or refused: " + answers));
  }

  /** Says of every value that was shown that there is none now, and forgets all. */
  void noData(long nowNs, SessionOutput out) {
    shown.forEach(
        (metric, device) -> out.reading(device, Numeric.absent(metric, nowNs, Quality.NO_DATA)));
    shown.clear();
    slow.clear();
    alarms.clear();
    clockOffsetNs = null;
  }

  private void remember(DeviceIdentity device, Reading reading) {
    if (!(reading instanceof Numeric n)) return;
    if (n.quality().carriesValue()) shown.put(n.metric(), device);
    else shown.remove(n.metric());
  }

  private boolean due(Reading reading, long nowNs) {
    return switch (reading) {
      case Numeric n -> slow.due(List.of(n.metric()), presence(n), nowNs) || n.value() != null;
      case Setting s ->
          slow.due(
              List.of(s.metric(), s.kind()),
              Arrays.asList(s.value(), s.word(), s.quality()),
              nowNs);
      case Text t -> slow.due(List.of(t.metric()), List.of(t.text()), nowNs);
      case Alarm a -> alarms.due(a.metric(), List.of(a.state(), a.priority(), a.text()), nowNs);
      case DeviceClock c -> true;
      case DeviceState s -> true;
      case Gap g -> true;
      case SampleBlock b -> true;
      case Reading.Removed r -> true;
      case Reading.Tally t -> true;
    };
  }

  /** Why there is no value; all values are one to this, for each of them is handed on anyway. */
  private static List<@Nullable Object> presence(Numeric numeric) {
    return List.of(numeric.quality().carriesValue() ? Quality.VALID : numeric.quality());
  }
}
