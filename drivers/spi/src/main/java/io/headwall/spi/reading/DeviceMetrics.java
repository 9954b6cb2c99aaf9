package io.headwall.spi.reading;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;

/** Metrics that every device has: its state, the gaps in its data, its clock. */
public final class DeviceMetrics {

  private static final Code STATE = new LocalCode("x-device-state");
  private static final Code GAP = new LocalCode("x-gap");

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

  private static Containment whole(Code mds) {
    return Containment.of(mds, mds, mds);
  }
}
