package io.headwall.spi.reading;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;

/**
 * Metrics that every device has: its state, the gaps in its data, its clock, and what the box says
 * of it.
 */
public final class DeviceMetrics {

  private static final Code STATE = new LocalCode("x-device-state");
  private static final Code GAP = new LocalCode("x-gap");
  private static final Code REMOVED = new LocalCode("x-removed");
  private static final Code TALLY = new LocalCode("x-tally");
  private static final Code EVENT = new LocalCode("x-event");

  private DeviceMetrics() {}

  public static Metric state(Code mds) {
    return Metric.unitless(STATE, whole(mds));
  }

  public static Metric gap(Code mds) {
    return Metric.unitless(GAP, whole(mds));
  }

  public static Metric clock(Code mds) {
    return Metric.unitless(Mdc.ATTR_TIME_ABS, whole(mds));
  }

  /** Of {@link Reading.Removed}. */
  public static Metric removed(Code mds) {
    return Metric.unitless(REMOVED, whole(mds));
  }

  /** Of {@link Reading.Tally}. */
  public static Metric tally(Code mds) {
    return Metric.unitless(TALLY, whole(mds));
  }

  /** Of a text in which the box says what happened to the device or to itself. */
  public static Metric event(Code mds) {
    return Metric.unitless(EVENT, whole(mds));
  }

  private static Containment whole(Code mds) {
    return Containment.of(mds, mds, mds);
  }
}
