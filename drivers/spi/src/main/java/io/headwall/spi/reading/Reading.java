package io.headwall.spi.reading;

import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a device said, or that was found out about it. Times are monotonic nanoseconds of
 * {@code CLOCK_BOOTTIME}; wall time is derived when a reading leaves the box.
 */
public sealed interface Reading {

  /** What it is about. */
  Metric metric();

  /** When it was measured or became true, in nanoseconds since the kernel's boot. */
  long measuredNs();

  /** A measured value. */
  record Numeric(Metric metric, long measuredNs, @Nullable Decimal value, Quality quality)
      implements Reading {
    public Numeric {
      requireValueByQuality(value != null, quality);
    }

    public static Numeric of(Metric metric, long measuredNs, Decimal value) {
      return new Numeric(metric, measuredNs, value, Quality.VALID);
    }

    /** Outside the range: kept and marked, never altered. */
    public static Numeric of(Metric metric, long measuredNs, Decimal value, Range range) {
      return new Numeric(
          metric, measuredNs, value, range.holds(value) ? Quality.VALID : Quality.OUT_OF_RANGE);
    }

    public static Numeric absent(Metric metric, long measuredNs, Quality reason) {
      return new Numeric(metric, measuredNs, null, reason);
    }
  }

  /**
   * A stretch of a waveform. The physical value of a sample is {@code sample * step + offset} in
   * the metric's unit; {@link #MISSING} marks a sample that the device did not give.
   *
   * @param measuredNs time of the first sample
   * @param periodNs time between two samples
   */
  record SampleBlock(
      Metric metric, long measuredNs, long periodNs, Decimal step, Decimal offset, int[] samples)
      implements Reading {

    public static final int MISSING = Integer.MIN_VALUE;
    public static final int SAMPLES_MAX = 4096;

    public SampleBlock {
      if (periodNs <= 0) throw new IllegalArgumentException("period " + periodNs);
      if (samples.length == 0 || samples.length > SAMPLES_MAX) {
        throw new IllegalArgumentException("samples " + samples.length);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SampleBlock b
          && metric.equals(b.metric)
          && measuredNs == b.measuredNs
          && periodNs == b.periodNs
          && step.equals(b.step)
          && offset.equals(b.offset)
          && Arrays.equals(samples, b.samples);
    }

    @Override
    public int hashCode() {
      return 31 * metric.hashCode() + Long.hashCode(measuredNs) + Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
      return "SampleBlock[" + metric + ", " + measuredNs + ", " + samples.length + " samples]";
    }
  }

  /**
   * The state of one alarm condition as the device reports it. Nothing here is ever made by
   * comparing a value with a limit.
   *
   * @param priority as the device says or its manual assigns it
   * @param text the device's word or phrase for it
   */
  record Alarm(
      Metric metric, long measuredNs, AlarmState state, AlarmPriority priority, String text)
      implements Reading {
    public Alarm {
      requireShort(text);
    }
  }

  /** What an alarm condition does. Order is on disk: append only. */
  enum AlarmState {
    INACTIVE,
    ACTIVE,
    /** Silenced or reset by somebody at the device; the condition may go on. */
    RESET
  }

  /** Order is on disk: append only. */
  enum AlarmPriority {
    /** The device does not say. */
    UNSTATED,
    LOW,
    MEDIUM,
    HIGH
  }

  /**
   * A setting or an alarm limit of the device: a quantity or a word.
   *
   * @param kind setting proper, or the limit of the metric named
   */
  record Setting(
      Metric metric,
      long measuredNs,
      SettingKind kind,
      @Nullable Decimal value,
      @Nullable String word,
      Quality quality)
      implements Reading {
    public Setting {
      if (value != null && word != null) throw new IllegalArgumentException("value and word");
      requireValueByQuality(value != null || word != null, quality);
      if (word != null) requireShort(word);
    }

    public static Setting of(Metric metric, long measuredNs, SettingKind kind, Decimal value) {
      return new Setting(metric, measuredNs, kind, value, null, Quality.VALID);
    }

    public static Setting word(Metric metric, long measuredNs, String word) {
      return new Setting(metric, measuredNs, SettingKind.SETTING, null, word, Quality.VALID);
    }

    public static Setting absent(Metric metric, long measuredNs, SettingKind kind, Quality reason) {
      return new Setting(metric, measuredNs, kind, null, null, reason);
    }
  }

  /** Order is on disk: append only. */
  enum SettingKind {
    SETTING,
    LIMIT_LOW,
    LIMIT_HIGH
  }

  /**
   * A word or phrase of the device that is neither setting nor alarm, such as a mode or a drug
   * label.
   */
  record Text(Metric metric, long measuredNs, String text) implements Reading {
    public Text {
      requireShort(text);
    }
  }

  /**
   * What the device or its line is doing.
   *
   * @param detail in words for an engineer; empty where the condition says it all
   */
  record DeviceState(Metric metric, long measuredNs, DeviceCondition condition, String detail)
      implements Reading {
    public DeviceState {
      requireShort(detail);
    }
  }

  /**
   * Data of a device that is known to be missing.
   *
   * @param measuredNs end of the gap
   * @param fromNs start of the gap
   */
  record Gap(Metric metric, long measuredNs, long fromNs, String reason) implements Reading {
    public Gap {
      if (fromNs > measuredNs) throw new IllegalArgumentException("gap ends before it starts");
      requireShort(reason);
    }
  }

  /**
   * What the device's own clock showed at {@code measuredNs}; for information, never used for
   * order. Sent when the device is first heard and when its clock jumps.
   */
  record DeviceClock(Metric metric, long measuredNs, LocalDateTime clock) implements Reading {}

  /**
   * Stored readings of a device that the box gave up before every receiver had them. Made by the
   * box itself.
   *
   * @param measuredNs when they were given up
   * @param numbers the stretch that they belonged to; others within it may be of other devices
   * @param readings how many of this device went
   * @param span when they had been measured
   * @param reason why, in words
   */
  record Removed(
      Metric metric,
      long measuredNs,
      Numbers numbers,
      long readings,
      RemovalKind kind,
      Span span,
      String reason)
      implements Reading {
    public Removed {
      if (readings < 1) throw new IllegalArgumentException("removed " + readings);
      requireShort(reason);
    }
  }

  /** How readings were given up. Order is on disk: append only. */
  enum RemovalKind {
    /** Of each metric and minute, the lowest, the median and the highest value stay. */
    THINNED,
    /** All went, to make room or by age. */
    EVICTED,
    /** They could not be read any more. */
    DAMAGED
  }

  /**
   * A stretch of wall time, in nanoseconds since 1970-01-01T00:00Z; both 0 where it is not known.
   */
  record Span(long fromNs, long toNs) {
    public static final Span UNKNOWN = new Span(0, 0);

    public Span {
      if (fromNs > toNs) throw new IllegalArgumentException("span ends before it starts");
    }
  }

  /**
   * How many readings of a device were stored under a stretch of numbers, and a digest of them, so
   * that a receiver can prove that it has all of them unaltered. Made by the box itself.
   *
   * @param measuredNs when it was drawn up
   * @param digest sum of the readings' checksums; docs/wire.md says of what
   */
  record Tally(Metric metric, long measuredNs, Numbers numbers, long readings, long digest)
      implements Reading {
    public Tally {
      if (readings < 1) throw new IllegalArgumentException("tally of " + readings);
    }
  }

  /** Longest text of a reading, in UTF-16 units. */
  int TEXT_CHARS_MAX = 250;

  private static void requireValueByQuality(boolean present, Quality quality) {
    if (present != quality.carriesValue()) {
      throw new IllegalArgumentException(
          quality + (present ? " with a value" : " without a value"));
    }
  }

  private static void requireShort(String text) {
    if (text.length() > TEXT_CHARS_MAX)
      throw new IllegalArgumentException("text of " + text.length());
  }
}
