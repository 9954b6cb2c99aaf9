package io.headwall.store;

import java.util.HexFormat;

/**
 * The EUI-64 of the box that read a reading; it stays with what it read, also when the card moves
 * on.
 *
 * @param eui64 all 64 bits
 */
public record Origin(long eui64) {

  /** 16 lower-case hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(eui64);
  }

  /**
   * Reads 16 hex digits.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Origin parse(String text) {
    if (text.length() != 16) throw new IllegalArgumentException("no EUI-64: " + text);
    return new Origin(HexFormat.fromHexDigitsToLong(text));
  }
}
