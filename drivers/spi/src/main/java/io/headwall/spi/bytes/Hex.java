package io.headwall.spi.bytes;

import java.util.HexFormat;
import java.util.Locale;

/** Bytes as people read them. */
public final class Hex {

  private static final HexFormat BLANKS = HexFormat.ofDelimiter(" ").withUpperCase();

  private Hex() {}

  /** Two upper-case digits a byte, blanks between. */
  public static String of(byte[] bytes) {
    return BLANKS.formatHex(bytes);
  }

  /** Reads digits in either case; white space is skipped. */
  public static byte[] parse(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", "").toLowerCase(Locale.ROOT));
  }
}
