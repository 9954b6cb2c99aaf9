package io.headwall.spi.mdc;

/**
 * What a reading is about: a term of ISO/IEEE 11073-10101 or, where the table lacks one, a local
 * code.
 */
public sealed interface Code permits MdcCode, LocalCode {

  /** The numeric MDC code, or 0 for a local code. */
  int mdc();

  /** The reference id ({@code MDC_…}), or the local code itself ({@code x-…}). */
  String refid();

  /** The short name on the wire: the decimal MDC code, or the local code. */
  String wireName();
}
