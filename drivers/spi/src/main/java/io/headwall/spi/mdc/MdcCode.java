package io.headwall.spi.mdc;

/**
 * A term of ISO/IEEE 11073-10101. Instances come from {@link Mdc} only, so each has a row with a
 * source in mdc-codes.csv.
 *
 * @param mdc context-free code: partition * 65536 + term
 * @param refid reference id, {@code MDC_…}
 * @param category part of the nomenclature
 * @param sources 2 for two or more independent sources, 1 for one, 0 where sources conflict
 */
public record MdcCode(int mdc, String refid, MdcCategory category, int sources) implements Code {

  @Override
  public String wireName() {
    return Integer.toString(mdc);
  }
}
