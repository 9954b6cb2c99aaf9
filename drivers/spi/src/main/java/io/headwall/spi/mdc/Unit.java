package io.headwall.spi.mdc;

/**
 * A unit: its MDC dimension and its UCUM form.
 *
 * @param code MDC code of the dimension; 0 where the table has none
 * @param refid {@code MDC_DIM_…}; empty where the table has none
 * @param ucum UCUM, case sensitive; empty for readings that carry no quantity
 */
public record Unit(int code, String refid, String ucum) {

  /** For texts, states and alarms: no quantity, so no unit. */
  public static final Unit NONE = new Unit(0, "", "");

  /** A unit that the MDC table lacks; UCUM alone names it. */
  public static Unit ucumOnly(String ucum) {
    return new Unit(0, "", ucum);
  }
}
