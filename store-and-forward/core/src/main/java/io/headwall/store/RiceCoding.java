package io.headwall.store;

import io.headwall.spi.reading.Reading;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Samples of a waveform to as few bytes as a fixed predictor and a Rice code need, without loss.
 *
 * <pre>
 * varint n | u8 order * 64 + k | zig-zag first sample | n - 1 residuals, padded with 0 bits
 * residual: q one bits, a zero bit, the low k bits     where q, its zig-zag >> k, is below 24
 *           24 one bits, all 36 bits of its zig-zag    where it is not: an outlier
 * </pre>
 *
 * <p>The predictors are those of FLAC, order 0 to 2 (RFC 9639, section 9.2.5), of a lower order
 * where fewer samples went before; the codes are its coded residuals (section 9.2.7) with one
 * parameter a block. FLAC has an escape for a block that does not gain; here a single residual
 * escapes, since a missing sample in the midst of a calm waveform is what a bedside monitor sends.
 */
final class RiceCoding {

  private static final int ORDER_MAX = 2;
  private static final int ORDER_SHIFT = 6;

  /** The second difference of 32-bit numbers has 34 bits and a sign. */
  private static final int RESIDUAL_BITS = 36;

  private static final int QUOTIENT_MAX = 24;

  private RiceCoding() {}

  static void write(VarBytes out, int[] samples) {
    Plan best = plan(samples);
    out.unsigned(samples.length);
    out.u8(best.order << ORDER_SHIFT | best.k);
    out.signed(samples[0]);
    BitWriter bits = new BitWriter(out);
    for (int i = 1; i < samples.length; i++) {
      long zigZag = best.zigZags[i];
      long quotient = zigZag >>> best.k;
      if (quotient < QUOTIENT_MAX) {
        bits.put((2L << quotient) - 2, (int) quotient + 1);
        bits.put(zigZag, best.k);
      } else {
        bits.put(-1, QUOTIENT_MAX);
        bits.put(zigZag, RESIDUAL_BITS);
      }
    }
    bits.pad();
  }

  /**
   * The samples of these bytes.
   *
   * @throws BufferUnderflowException where bytes are missing
   * @throws IllegalArgumentException where no encoder has made them
   * @throws ArithmeticException where a sample would be out of range
   */
  static int[] read(ByteBuffer in) {
    long n = VarBytes.unsigned(in);
    int head = in.get() & 0xFF;
    int order = head >>> ORDER_SHIFT;
    int k = head & (int) mask(ORDER_SHIFT);
    if (n < 1 || n > Reading.SampleBlock.SAMPLES_MAX || order > ORDER_MAX || k >= RESIDUAL_BITS) {
      throw new IllegalArgumentException(n + " samples, order " + order + ", k " + k);
    }
    int[] samples = new int[(int) n];
    samples[0] = Math.toIntExact(VarBytes.signed(in));
    BitReader bits = new BitReader(in);
    for (int i = 1; i < samples.length; i++) {
      int quotient = bits.ones();
      long zigZag =
          quotient < QUOTIENT_MAX ? (long) quotient << k | bits.take(k) : bits.take(RESIDUAL_BITS);
      long residual = zigZag >>> 1 ^ -(zigZag & 1);
      samples[i] = Math.toIntExact(prediction(samples, i, order) + residual);
    }
    return samples;
  }

  private static long prediction(int[] samples, int i, int order) {
    return switch (Math.min(order, i)) {
      case 0 -> 0;
      case 1 -> samples[i - 1];
      default -> 2L * samples[i - 1] - samples[i - 2];
    };
  }

  /** How a block is coded; the first of the zig-zag residuals is the first sample's, unused. */
  private record Plan(int order, int k, long bits, long[] zigZags) {}

  /** The cheapest order and parameter, by counting. */
  private static Plan plan(int[] samples) {
    long[] differences = new long[samples.length];
    for (int i = 0; i < samples.length; i++) differences[i] = samples[i];
    Plan best = plan(0, differences);
    for (int order = 1; order <= ORDER_MAX; order++) {
      for (int i = samples.length - 1; i >= order; i--) differences[i] -= differences[i - 1];
      Plan plan = plan(order, differences);
      if (plan.bits < best.bits) best = plan;
    }
    return best;
  }

  /** The cheapest parameter: from 0 upwards until it gets dearer. */
  private static Plan plan(int order, long[] differences) {
    long[] zigZags = new long[differences.length];
    for (int i = 1; i < differences.length; i++) {
      zigZags[i] = differences[i] << 1 ^ differences[i] >> 63;
    }
    int k = 0;
    long bits = bits(zigZags, 0);
    while (k + 1 < RESIDUAL_BITS) {
      long next = bits(zigZags, k + 1);
      if (next > bits) break;
      bits = next;
      k++;
    }
    return new Plan(order, k, bits, zigZags);
  }

  private static long bits(long[] zigZags, int k) {
    long bits = 0;
    for (int i = 1; i < zigZags.length; i++) {
      long quotient = zigZags[i] >>> k;
      bits += quotient < QUOTIENT_MAX ? quotient + 1 + k : QUOTIENT_MAX + RESIDUAL_BITS;
    }
    return bits;
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }

  /** Bits to bytes, the most significant first. */
  private static final class BitWriter {
    private final VarBytes out;
    private long held;
    private int count;

    BitWriter(VarBytes out) {
      this.out = out;
    }

    /** Takes the low bits of a number, 36 at most. */
    void put(long value, int n) {
      held = (held << n) | (value & mask(n));
      count += n;
      while (count >= 8) {
        count -= 8;
        out.u8((int) (held >>> count));
      }
    }

    void pad() {
      if (count > 0) put(0, 8 - count);
    }
  }

  private static final class BitReader {
    private final ByteBuffer in;
    private long held;
    private int count;

    BitReader(ByteBuffer in) {
      this.in = in;
    }

    /** The next bits, 36 at most. */
    long take(int n) {
      while (count < n) {
        held = (held << 8) | (in.get() & 0xFF);
        count += 8;
      }
      count -= n;
      return (held >>> count) & mask(n);
    }

    /** How many ones come before a zero, which is taken too; as many as there can be without it. */
    int ones() {
      int ones = 0;
      while (ones < QUOTIENT_MAX && take(1) == 1) ones++;
      return ones;
    }
  }
}
