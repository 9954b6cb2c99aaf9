package io.headwall.spi.reading;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Unit;

/**
 * What is measured, in which unit, and where in the device. A device's mapping holds these as
 * constants.
 *
 * @param code MDC term or local code
 * @param unit unit of the value as sent on; {@link Unit#NONE} where there is no quantity
 * @param containment MDS, VMD and channel
 */
public record Metric(Code code, Unit unit, Containment containment) {

  /** A metric without a quantity: text, state, alarm. */
  public static Metric unitless(Code code, Containment containment) {
    return new Metric(code, Unit.NONE, containment);
  }
}
