package io.headwall.spi.bytes;

/** Checksums of device protocols. */
public enum Checksum {
  /** Sum of all bytes modulo 256. */
  SUM_8,
  /** Exclusive or of all bytes. */
  XOR_8,
  /** CRC-16/X-25: reflected 0x8408, init FFFF, complemented. */
  CRC16_X25,
  /** CRC-16/CCITT-FALSE: 0x1021, init FFFF. */
  CRC16_CCITT_FALSE,
  /** CRC-16/XMODEM: 0x1021, init 0. */
  CRC16_XMODEM;

  /** The largest sum. */
  public int max() {
    return switch (this) {
      case SUM_8, XOR_8 -> 0xFF;
      case CRC16_X25, CRC16_CCITT_FALSE, CRC16_XMODEM -> 0xFFFF;
    };
  }

  public int over(byte[] bytes) {
    return over(bytes, 0, bytes.length);
  }

  public int over(byte[] bytes, int from, int to) {
    return switch (this) {
      case SUM_8 -> sum(bytes, from, to);
      case XOR_8 -> xor(bytes, from, to);
      case CRC16_X25 -> x25(bytes, from, to);
      case CRC16_CCITT_FALSE -> ccitt(bytes, from, to, 0xFFFF);
      case CRC16_XMODEM -> ccitt(bytes, from, to, 0);
    };
  }

  private static int sum(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) sum += bytes[i] & 0xFF;
    return sum & 0xFF;
  }

  private static int xor(byte[] bytes, int from, int to) {
    int xor = 0;
    for (int i = from; i < to; i++) xor ^= bytes[i] & 0xFF;
    return xor;
  }

  private static int x25(byte[] bytes, int from, int to) {
    int crc = 0xFFFF;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x8408 : crc >>> 1;
    }
    return ~crc & 0xFFFF;
  }

  private static int ccitt(byte[] bytes, int from, int to, int init) {
    int crc = init;
    for (int i = from; i < to; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
    }
    return crc & 0xFFFF;
  }
}
