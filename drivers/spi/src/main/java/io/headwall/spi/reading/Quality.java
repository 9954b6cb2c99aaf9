package io.headwall.spi.reading;

import java.util.Locale;

/**
 * How far a reading can be trusted, and why a value is absent. Codes are on disk and on the wire:
 * append only.
 */
public enum Quality {
  /** The device gave it as good. */
  VALID(0, true),
  /** The device marked it as doubtful (artefact). */
  QUESTIONABLE(1, true),
  /** Outside what the device can measure: kept and marked, never altered. */
  OUT_OF_RANGE(2, true),
  /** From a demonstration or simulation mode of the device. */
  SIMULATED(3, true),
  /** The device has no value for it now. */
  NOT_AVAILABLE(4, false),
  /** The sensor is off or unplugged. */
  SENSOR_DISCONNECTED(5, false),
  /** The device gave a value and called it invalid. */
  INVALID(6, false),
  /** The measurement or setting is switched off. */
  OFF(7, false),
  /** What the device sent in the value's place could not be read. */
  UNREADABLE(8, false),
  /** Nothing has been heard of the device for its silence time. */
  NO_DATA(9, false);

  private static final Quality[] ALL = values();

  private final int code;
  private final boolean carriesValue;

  Quality(int code, boolean carriesValue) {
    this.code = code;
    this.carriesValue = carriesValue;
  }

  public int code() {
    return code;
  }

  /**
   * Whether a value stands beside this quality; without one the quality is the reason of its
   * absence.
   */
  public boolean carriesValue() {
    return carriesValue;
  }

  /** Lower case with hyphens, as it leaves the box. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The quality of a code.
   *
   * @throws IllegalArgumentException for a code that no version has given out
   */
  public static Quality ofCode(int code) {
    if (code < 0 || code >= ALL.length) throw new IllegalArgumentException("quality " + code);
    return ALL[code];
  }
}
