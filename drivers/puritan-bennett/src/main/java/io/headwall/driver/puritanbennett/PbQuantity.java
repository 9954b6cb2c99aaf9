package io.headwall.driver.puritanbennett;

import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Range;

/**
 * A quantity of the reports. The bounds are ours and wider than anything that the ventilator lets
 * be set or shows; a value outside is kept and marked.
 *
 * @param unit as sent on
 * @param pointRight digits by which the point moves to the right from the wire's unit to it
 * @param plausible in the unit on the wire
 */
record PbQuantity(Unit unit, int pointRight, Range plausible) {

  static final PbQuantity PRESSURE = of(MdcUnit.CM_H2O, -60, 150);
  static final PbQuantity RATE = of(MdcUnit.RESP_PER_MIN, 0, 250);

  /** Litres on the wire, millilitres sent on. */
  static final PbQuantity LITRES = new PbQuantity(MdcUnit.MILLI_L, 3, Range.decimal(0, 10, 0));

  static final PbQuantity MILLILITRES = of(MdcUnit.MILLI_L, 0, 10_000);
  static final PbQuantity FLOW = of(MdcUnit.X_L_PER_MIN, -250, 250);
  static final PbQuantity MINUTE_VOLUME = of(MdcUnit.X_L_PER_MIN, 0, 150);
  static final PbQuantity SECONDS = of(MdcUnit.SEC, 0, 60);
  static final PbQuantity PERCENT = of(MdcUnit.PERCENT, 0, 100);
  static final PbQuantity OXYGEN = of(MdcUnit.PERCENT, 15, 105);
  static final PbQuantity RESISTANCE = of(MdcUnit.CM_H2O_PER_L_PER_SEC, 0, 500);
  static final PbQuantity ELASTANCE = of(MdcUnit.CM_H2O_PER_L, 0, 500);
  static final PbQuantity COMPLIANCE = of(MdcUnit.MILLI_L_PER_CM_H2O, 0, 500);
  static final PbQuantity RATIO = of(MdcUnit.DIMLESS, 0, 999);
  static final PbQuantity FRACTION = of(MdcUnit.DIMLESS, 0, 1);
  static final PbQuantity RATE_PER_LITRE = of(MdcUnit.BEAT_PER_MIN_PER_X_L, 0, 2_000);
  static final PbQuantity WORK = of(Unit.ucumOnly("J/L"), 0, 100);
  static final PbQuantity DIAMETER = of(MdcUnit.MILLI_M, 1, 20);
  static final PbQuantity WEIGHT = of(MdcUnit.KILO_G, 0, 250);

  private static PbQuantity of(Unit unit, long low, long high) {
    return new PbQuantity(unit, 0, Range.decimal(low, high, 0));
  }
}
