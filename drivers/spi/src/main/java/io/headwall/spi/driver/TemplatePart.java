package io.headwall.spi.driver;

import io.headwall.spi.bytes.Checksum;
import io.headwall.spi.bytes.NumberForm;
import java.util.Arrays;

/** One stretch of a {@link Template}. */
public sealed interface TemplatePart {

  int bytesMin();

  int bytesMax();

  /**
   * Whether the stretch has the right form; computed parts are checked when all stretches are
   * known.
   */
  boolean accepts(byte[] bytes, int start, int length);

  /** The bytes for these slot values; computed parts give a blank of their size. */
  byte[] render(SlotValues slots);

  /** Bytes that never change. */
  record Fixed(byte[] bytes) implements TemplatePart {
    public Fixed {
      bytes = bytes.clone();
    }

    @Override
    public int bytesMin() {
      return bytes.length;
    }

    @Override
    public int bytesMax() {
      return bytes.length;
    }

    @Override
    public boolean accepts(byte[] data, int start, int length) {
      return Arrays.equals(bytes, 0, bytes.length, data, start, start + length);
    }

    @Override
    public byte[] render(SlotValues slots) {
      return bytes.clone();
    }
  }

  /** A bounded number, such as a counter or an invoke id that is echoed. */
  record Count(String slot, NumberForm form, long min, long max) implements TemplatePart {
    public Count {
      if (min < 0 || max < min || max > form.max()) {
        throw new IllegalArgumentException("slot " + slot);
      }
    }

    @Override
    public int bytesMin() {
      return form.bytes();
    }

    @Override
    public int bytesMax() {
      return form.bytes();
    }

    @Override
    public boolean accepts(byte[] data, int start, int length) {
      long value = form.parse(data, start);
      return value >= min && value <= max;
    }

    @Override
    public byte[] render(SlotValues slots) {
      Long value = slots.numbers().get(slot);
      if (value == null || value < min || value > max) {
        throw new IllegalArgumentException("slot " + slot + ": " + value);
      }
      return form.render(value);
    }
  }

  /**
   * A bounded string of allowed bytes, such as a bed id that is echoed.
   *
   * @param allowed every byte that may stand in it
   */
  record Chars(String slot, int min, int max, byte[] allowed) implements TemplatePart {
    public Chars {
      allowed = allowed.clone();
      if (min < 0 || max < min || max > 255) throw new IllegalArgumentException("slot " + slot);
    }

    /** Every byte between two, both included, as an allowed set. */
    public static byte[] range(int first, int last) {
      byte[] bytes = new byte[last - first + 1];
      for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (first + i);
      return bytes;
    }

    @Override
    public int bytesMin() {
      return min;
    }

    @Override
    public int bytesMax() {
      return max;
    }

    @Override
    public boolean accepts(byte[] data, int start, int length) {
      for (int i = start; i < start + length; i++) if (!allows(data[i])) return false;
      return true;
    }

    @Override
    public byte[] render(SlotValues slots) {
      byte[] value = slots.bytes().get(slot);
      if (value == null
          || value.length < min
          || value.length > max
          || !accepts(value, 0, value.length)) {
        throw new IllegalArgumentException("slot " + slot);
      }
      return value.clone();
    }

    private boolean allows(byte b) {
      for (byte a : allowed) if (a == b) return true;
      return false;
    }
  }

  /** The length of the parts from {@code from} to before {@code to}, plus a constant. */
  record Length(NumberForm form, int from, int to, int plus) implements TemplatePart {
    @Override
    public int bytesMin() {
      return form.bytes();
    }

    @Override
    public int bytesMax() {
      return form.bytes();
    }

    @Override
    public boolean accepts(byte[] data, int start, int length) {
      return true;
    }

    @Override
    public byte[] render(SlotValues slots) {
      return new byte[form.bytes()];
    }
  }

  /** A checksum over the parts from {@code from} to before {@code to}. */
  record Check(Checksum sum, NumberForm form, int from, int to) implements TemplatePart {
    public Check {
      if (sum.max() > form.max()) throw new IllegalArgumentException(sum + " exceeds " + form);
    }

    @Override
    public int bytesMin() {
      return form.bytes();
    }

    @Override
    public int bytesMax() {
      return form.bytes();
    }

    @Override
    public boolean accepts(byte[] data, int start, int length) {
      return true;
    }

    @Override
    public byte[] render(SlotValues slots) {
      return new byte[form.bytes()];
    }
  }
}
