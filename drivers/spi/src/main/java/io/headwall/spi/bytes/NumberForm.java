package io.headwall.spi.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/** Forms in which protocols write unsigned numbers of a fixed width. */
public enum NumberForm {
  U8(1, 0),
  U16_BE(2, 0),
  U16_LE(2, 0),
  U32_BE(4, 0),
  DECIMAL_3(3, 10),
  DECIMAL_5(5, 10),
  HEX_UPPER_2(2, 16),
  HEX_UPPER_4(4, 16);

  private final int bytes;
  private final int radix;

  NumberForm(int bytes, int radix) {
    this.bytes = bytes;
    this.radix = radix;
  }

  public int bytes() {
    return bytes;
  }

  /** The largest number of this form. */
  public long max() {
    long count = 1;
    for (int i = 0; i < bytes; i++) count *= radix == 0 ? 256 : radix;
    return count - 1;
  }

  /**
   * The bytes of a number.
   *
   * @throws IllegalArgumentException where the value does not fit
   */
  public byte[] render(long value) {
    if (value < 0 || value > max()) {
      throw new IllegalArgumentException(value + " does not fit " + this);
    }
    return radix == 0 ? binary(value) : digits(value);
  }

  /** The number at {@code start}, or -1 where the bytes are none. */
  public long parse(byte[] data, int start) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int at = this == U16_LE ? start + bytes - 1 - i : start + i;
      int digit = radix == 0 ? data[at] & 0xFF : digit(data[at]);
      if (digit < 0) return -1;
      value = value * (radix == 0 ? 256 : radix) + digit;
    }
    return value;
  }

  private int digit(byte b) {
    if (b >= '0' && b <= '9') return b - '0';
    if (radix == 16 && b >= 'A' && b <= 'F') return b - 'A' + 10;
    return -1;
  }

  private byte[] binary(long value) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[this == U16_LE ? i : bytes - 1 - i] = (byte) (value >>> (8 * i));
    }
    return out;
  }

  private byte[] digits(long value) {
    String text = Long.toString(value, radix).toUpperCase(Locale.ROOT);
    return ("0".repeat(bytes - text.length()) + text).getBytes(US_ASCII);
  }
}
