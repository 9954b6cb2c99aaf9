package io.headwall.driver.nonin;

import java.util.OptionalInt;

/** One whole report of an oximeter, checked in all that its format lets be checked. */
sealed interface NoninFrame {

  NoninFormat format();

  /** Arrival of the first byte, in monotonic nanoseconds. */
  long firstNs();

  /** Arrival of the last byte. */
  long lastNs();

  /** Length on the wire. */
  int length();

  /**
   * A third of a second in format 2 or 7: 25 frames, each with a status, a sample of the pleth and
   * a byte whose meaning depends on the frame's place.
   */
  record Packet(NoninFormat format, byte[] bytes, long firstNs, long lastNs) implements NoninFrame {

    static final int FRAMES = 25;
    static final int FRAME_BYTES = 5;
    static final int BYTES = FRAMES * FRAME_BYTES;

    static final int SYNC = 0x01;
    static final int GREEN_PERFUSION = 0x02;
    static final int RED_PERFUSION = 0x04;
    static final int SENSOR_ALARM = 0x08;
    static final int OUT_OF_TRACK = 0x10;
    static final int ARTIFACT = 0x20;
    static final int SENSOR_DISCONNECTED = 0x40;
    static final int ALWAYS_SET = 0x80;

    private static final int PULSE_MSB_FRAME = 0;
    private static final int PULSE_LSB_FRAME = 1;
    private static final int SPO2_FRAME = 2;
    private static final int REVISION_FRAME = 3;
    private static final int STAT2_FRAME = 7;

    private static final int PULSE_MSB_MASK = 0x03;
    private static final int SEVEN_BITS = 0x7F;
    private static final int STAT2_LOW_BATTERY = 0x01;

    public Packet {
      if (bytes.length != BYTES) throw new IllegalArgumentException("bytes " + bytes.length);
      bytes = bytes.clone();
    }

    @Override
    public int length() {
      return BYTES;
    }

    int status(int frame) {
      return at(frame, format == NoninFormat.FORMAT_2 ? 1 : 0);
    }

    /** Sample of the pleth: 8 bits in format 2, 16 in format 7. */
    int pleth(int frame) {
      return format == NoninFormat.FORMAT_2 ? at(frame, 2) : at(frame, 1) << 8 | at(frame, 2);
    }

    /** Whether any frame's status has one of these bits. */
    boolean any(int statusBits) {
      for (int frame = 0; frame < FRAMES; frame++) {
        if ((status(frame) & statusBits) != 0) return true;
      }
      return false;
    }

    /** Beats a minute; 511 for none. The high part counts 128, not 256. */
    int pulse() {
      return (value(PULSE_MSB_FRAME) & PULSE_MSB_MASK) << 7 | (value(PULSE_LSB_FRAME) & SEVEN_BITS);
    }

    /** Percent; 127 for none. */
    int spo2() {
      return value(SPO2_FRAME) & SEVEN_BITS;
    }

    /** The firmware's revision, a number of the maker's. */
    int revision() {
      return value(REVISION_FRAME);
    }

    /** Only format 7 has a source for this place. */
    boolean lowBattery() {
      return format == NoninFormat.FORMAT_7 && (value(STAT2_FRAME) & STAT2_LOW_BATTERY) != 0;
    }

    private int value(int frame) {
      return at(frame, 3);
    }

    private int at(int frame, int place) {
      return bytes[frame * FRAME_BYTES + place] & 0xFF;
    }
  }

  /**
   * A second in ASCII.
   *
   * @param spo2 percent; empty where the device shows dashes
   * @param pulse beats a minute; empty where the device shows dashes
   * @param fast the device marks both as fast-responding
   */
  record Line(
      int length, long firstNs, long lastNs, OptionalInt spo2, OptionalInt pulse, boolean fast)
      implements NoninFrame {

    @Override
    public NoninFormat format() {
      return NoninFormat.ASCII;
    }
  }
}
