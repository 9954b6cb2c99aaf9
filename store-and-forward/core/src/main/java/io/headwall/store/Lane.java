package io.headwall.store;

import io.headwall.spi.reading.Reading;
import java.util.Locale;

/**
 * The lanes of the outbox, each with a numbering of its own. Order is rank and is on disk: append
 * only.
 */
public enum Lane {
  ALARM,
  /** Settings, texts, device states, device clocks, gaps, and the box's records of its store. */
  EVENT,
  NUMERIC,
  WAVE;

  /** The lane that carries this reading. */
  public static Lane of(Reading reading) {
    return switch (reading) {
      case Reading.Alarm a -> ALARM;
      case Reading.Setting s -> EVENT;
      case Reading.Text t -> EVENT;
      case Reading.DeviceState d -> EVENT;
      case Reading.DeviceClock c -> EVENT;
      case Reading.Gap g -> EVENT;
      case Reading.Removed r -> EVENT;
      case Reading.Tally t -> EVENT;
      case Reading.Numeric n -> NUMERIC;
      case Reading.SampleBlock b -> WAVE;
    };
  }

  /** Lower case, as it leaves the box. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
