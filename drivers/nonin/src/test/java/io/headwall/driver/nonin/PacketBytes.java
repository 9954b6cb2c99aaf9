package io.headwall.driver.nonin;

import java.util.Arrays;

/** Bytes of a packet as an oximeter sends them, written from the format's description. */
final class PacketBytes {

  private static final int FRAMES = 25;

  private final boolean format2;
  private final int[] status = new int[FRAMES];
  private final int[] pleth = new int[FRAMES];
  private final int[] floats = new int[FRAMES];

  private PacketBytes(boolean format2) {
    this.format2 = format2;
    Arrays.fill(status, 0x80);
    status[0] = 0x81;
    for (int i = 0; i < FRAMES; i++) pleth[i] = format2 ? 100 + i : 30_000 + 50 * i;
    revision(0x32);
  }

  static PacketBytes format2(int spo2, int pulse) {
    return new PacketBytes(true).values(spo2, pulse);
  }

  static PacketBytes format7(int spo2, int pulse) {
    return new PacketBytes(false).values(spo2, pulse);
  }

  static PacketBytes of(NoninFormat format, int spo2, int pulse) {
    return format == NoninFormat.FORMAT_2 ? format2(spo2, pulse) : format7(spo2, pulse);
  }

  PacketBytes values(int spo2, int pulse) {
    for (int i : new int[] {2, 8, 9, 10, 15, 16}) floats[i] = spo2;
    for (int i : new int[] {0, 13, 19, 21}) floats[i] = pulse >> 7;
    for (int i : new int[] {1, 14, 20, 22}) floats[i] = pulse & 0x7F;
    return this;
  }

  PacketBytes revision(int revision) {
    floats[3] = revision;
    return this;
  }

  PacketBytes stat2(int bits) {
    floats[7] = bits;
    return this;
  }

  PacketBytes value(int frame, int value) {
    floats[frame] = value;
    return this;
  }

  PacketBytes status(int frame, int bits) {
    status[frame] |= bits;
    return this;
  }

  PacketBytes pleth(int frame, int sample) {
    pleth[frame] = sample;
    return this;
  }

  byte[] bytes() {
    byte[] out = new byte[5 * FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      int at = 5 * i;
      out[at] = (byte) (format2 ? 0x01 : status[i]);
      out[at + 1] = (byte) (format2 ? status[i] : pleth[i] >> 8);
      out[at + 2] = (byte) pleth[i];
      out[at + 3] = (byte) floats[i];
      out[at + 4] = (byte) (out[at] + out[at + 1] + out[at + 2] + out[at + 3]);
    }
    return out;
  }

  static byte[] join(byte[]... parts) {
    byte[] out = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }
}
