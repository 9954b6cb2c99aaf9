package io.headwall.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Variable-length numbers (LEB128, signed ones zig-zag) and texts in a growing array. */
final class VarBytes {

  private byte[] bytes = new byte[512];
  private int length;

  void u8(int value) {
    if (length == bytes.length) bytes = Arrays.copyOf(bytes, 2 * length);
    bytes[length++] = (byte) value;
  }

  void fixed64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) u8((int) (value >>> shift));
  }

  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      u8((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    u8((int) rest);
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    unsigned(utf8.length);
    for (byte b : utf8) u8(b);
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  static long unsigned(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) return value;
    }
    throw new BufferUnderflowException();
  }

  static long signed(ByteBuffer in) {
    long raw = unsigned(in);
    return (raw >>> 1) ^ -(raw & 1);
  }

  static String text(ByteBuffer in) {
    int length = (int) unsigned(in);
    if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, UTF_8);
  }
}
