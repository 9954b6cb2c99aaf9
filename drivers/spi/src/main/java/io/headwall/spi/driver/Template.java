package io.headwall.spi.driver;

import io.headwall.spi.bytes.Stuffing;
import io.headwall.spi.driver.TemplatePart.Chars;
import io.headwall.spi.driver.TemplatePart.Check;
import io.headwall.spi.driver.TemplatePart.Count;
import io.headwall.spi.driver.TemplatePart.Fixed;
import io.headwall.spi.driver.TemplatePart.Length;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The form of a transmission: fixed bytes and typed, bounded slots, the byte stuffing around them,
 * and the highest rate at which it may leave. The same template makes the bytes and, below the
 * driver, recognises them.
 *
 * @param parts in order; lengths and checks cover earlier or later parts by their index
 * @param stuffing applied to the whole transmission
 * @param burst transmissions that may leave at once
 * @param perNs after a burst, one more may leave each perNs / burst
 */
public record Template(List<TemplatePart> parts, Stuffing stuffing, int burst, long perNs) {

  /** Longest time that a rate may be counted over: a year. */
  public static final long PER_NS_MAX = TimeUnit.DAYS.toNanos(365);

  private static final int TRANSMISSION_BYTES_MAX = 4096;

  public Template {
    parts = List.copyOf(parts);
    if (burst < 1 || perNs < burst || perNs > PER_NS_MAX) {
      throw new IllegalArgumentException("rate of " + burst + " each " + perNs + " ns");
    }
    if (parts.isEmpty()) throw new IllegalArgumentException("no parts");
    for (int i = 0; i < parts.size(); i++) requireSpan(parts, i);
  }

  /** A length or check covers parts that are there, and a check none that depends on it. */
  private static void requireSpan(List<TemplatePart> parts, int index) {
    switch (parts.get(index)) {
      case Length l -> requireSpan(l.from(), l.to(), parts.size());
      case Check c -> {
        requireSpan(c.from(), c.to(), parts.size());
        for (int i = Math.max(index, c.from()); i < c.to(); i++) {
          if (parts.get(i) instanceof Check) {
            throw new IllegalArgumentException("a check covers itself or a later check");
          }
        }
      }
      case Fixed f -> {}
      case Count n -> {}
      case Chars c -> {}
    }
  }

  private static void requireSpan(int from, int to, int parts) {
    if (from < 0 || to < from || to > parts) {
      throw new IllegalArgumentException("covers parts " + from + " to " + to + " of " + parts);
    }
  }

  /** Fixed ASCII text. */
  public static Template ascii(String text, int burst, long perNs) {
    return fixed(text.getBytes(StandardCharsets.US_ASCII), burst, perNs);
  }

  /** Fixed bytes. */
  public static Template fixed(byte[] bytes, int burst, long perNs) {
    return new Template(List.of(new Fixed(bytes)), Stuffing.NONE, burst, perNs);
  }

  /**
   * The transmission for the given slot values.
   *
   * @throws IllegalArgumentException where a slot has no value or one out of its bounds
   */
  public byte[] render(SlotValues slots) {
    byte[][] pieces = new byte[parts.size()][];
    for (int i = 0; i < pieces.length; i++) pieces[i] = parts.get(i).render(slots);
    for (int i = 0; i < pieces.length; i++) {
      if (parts.get(i) instanceof Length l) {
        pieces[i] = l.form().render(span(pieces, l.from(), l.to()).length + (long) l.plus());
      }
    }
    for (int i = 0; i < pieces.length; i++) {
      if (parts.get(i) instanceof Check c) {
        pieces[i] = c.form().render(c.sum().over(span(pieces, c.from(), c.to())));
      }
    }
    return stuffing.apply(span(pieces, 0, pieces.length));
  }

  /** Whether these bytes are exactly one transmission of this form. */
  public boolean matches(byte[] transmission) {
    if (transmission.length > TRANSMISSION_BYTES_MAX) return false;
    byte[] plain = stuffing.undo(transmission);
    return plain != null && matches(plain, new int[parts.size() + 1], 0);
  }

  /** Tries part {@code index} at its start; variable parts are tried longest first. */
  private boolean matches(byte[] bytes, int[] starts, int index) {
    int start = starts[index];
    if (index == parts.size()) return start == bytes.length && computedPartsHold(bytes, starts);
    TemplatePart part = parts.get(index);
    for (int length = Math.min(part.bytesMax(), bytes.length - start);
        length >= part.bytesMin();
        length--) {
      if (part.accepts(bytes, start, length)) {
        starts[index + 1] = start + length;
        if (matches(bytes, starts, index + 1)) return true;
      }
    }
    return false;
  }

  private boolean computedPartsHold(byte[] bytes, int[] starts) {
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Length l -> {
          long length = starts[l.to()] - starts[l.from()] + (long) l.plus();
          if (length < 0 || l.form().parse(bytes, starts[i]) != length) return false;
        }
        case Check c -> {
          long sum = c.sum().over(bytes, starts[c.from()], starts[c.to()]);
          if (c.form().parse(bytes, starts[i]) != sum) return false;
        }
        case Fixed f -> {}
        case Count n -> {}
        case Chars c -> {}
      }
    }
    return true;
  }

  private static byte[] span(byte[][] pieces, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) out.writeBytes(pieces[i]);
    return out.toByteArray();
  }
}
