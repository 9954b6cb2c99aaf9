package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Reading.SampleBlock;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RiceCodingTest {

  private static final int[] EXTREMES = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 1, 1 << 30, -(1 << 30)
  };

  @Test
  void whatIsReadIsWhatWasWritten() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 3_000; round++) {
      int[] samples = new int[1 + random.nextInt(round % 100 == 0 ? SampleBlock.SAMPLES_MAX : 60)];
      int bits = random.nextInt(32);
      int before = random.nextInt();
      for (int i = 0; i < samples.length; i++) {
        before += random.nextInt() >> bits;
        samples[i] = random.nextInt(20) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : before;
      }
      assertRoundTrip(samples);
    }
  }

  @Test
  void extremesInEveryOrderComeBack() {
    for (int a : EXTREMES) {
      for (int b : EXTREMES) {
        for (int c : EXTREMES) {
          for (int d : EXTREMES) assertRoundTrip(new int[] {a, b, c, d, a, c});
        }
      }
    }
  }

  /** The disk format: a change here makes every waveform in the field unreadable. */
  @Test
  void samplesAreOnDiskAsTheyEverWere() {
    // Order 2, k 0, 100; then 1, 0, 1, -1, of zig-zag 2, 0, 2, 1: 110 0 110 10 and seven bits.
    pin("05 80 c801 cd00", 100, 101, 102, 104, 105);
    // Order 1, k 5, 100; then 9, -9, 10, of zig-zag 18, 17, 20: 0 10010, 0 10001, 0 10100.
    pin("04 45 c801 491500", 100, 109, 100, 110);
    // Order 0, k 0, 0; then 24 ones and 36 bits of 2^32 - 1; of 0, a zero; of 2, 110.
    pin("04 00 00 ffffff 0ffffffff6", 0, Integer.MIN_VALUE, 0, 1);
  }

  @Test
  void aCalmWaveformTakesItsNoise() {
    assertEquals(1, bitsEach(i -> 2_048), "a straight line");
    assertEquals(1, bitsEach(i -> 3 * i), "a ramp");
    SplittableRandom noise = new SplittableRandom(2);
    assertTrue(bitsEach(i -> i / 2 + noise.nextInt(2)) <= 3, "a bit of noise");
    assertTrue(bitsEach(i -> noise.nextInt()) <= 35, "nothing but noise");
  }

  @Test
  void aMissingSampleCostsAFewBytesAndNotItsNeighboursToo() {
    SplittableRandom noise = new SplittableRandom(3);
    int[] samples = new int[1_000];
    for (int i = 0; i < samples.length; i++) samples[i] = 500 + noise.nextInt(4);
    int whole = write(samples).length;
    samples[500] = SampleBlock.MISSING;
    assertTrue(write(samples).length <= whole + 16, "one missing");
    Arrays.fill(samples, 500, 900, SampleBlock.MISSING);
    assertTrue(write(samples).length <= whole + 16, "many missing");
  }

  @Test
  void truncatedBytesAreRefused() {
    byte[] bytes = write(new int[] {1, 500, -2, 9_000, 4, 5, 70_000, 8});
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThrows(BufferUnderflowException.class, () -> RiceCoding.read(ByteBuffer.wrap(part)));
    }
  }

  @Test
  void countsOrdersAndParametersThatNobodyWritesAreRefused() {
    for (String hex : new String[] {"00 00 00", "8120 00 00", "ffffffffffffffffff01 00 00"}) {
      assertThrows(IllegalArgumentException.class, () -> read(hex), hex);
    }
    assertThrows(IllegalArgumentException.class, () -> read("02 c0 00 00"), "order 3");
    assertThrows(IllegalArgumentException.class, () -> read("02 24 00 00"), "k 36");
    assertThrows(ArithmeticException.class, () -> read("01 00 8080808020"), "above 32 bits");
  }

  /** Whatever the bytes: samples, as many as they say, or one of three exceptions. */
  @Test
  void nonsenseIsRefusedInGoodOrder() {
    SplittableRandom random = new SplittableRandom(4);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) bytes[0] &= 0x1F;
      if (bytes.length > 1 && random.nextBoolean()) bytes[1] &= 0x47;
      ByteBuffer in = ByteBuffer.wrap(bytes);
      try {
        assertEquals(VarBytes.unsigned(in.duplicate()), RiceCoding.read(in).length);
        read++;
      } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
        assertFalse(in.position() > bytes.length);
      }
    }
    assertTrue(read > 1_000, "some are samples: " + read);
  }

  private static void pin(String hex, int... samples) {
    assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(write(samples)));
    assertArrayEquals(samples, read(hex));
  }

  private static long bitsEach(IntUnaryOperator wave) {
    int[] samples = new int[1_000];
    Arrays.setAll(samples, wave);
    return Math.round(write(samples).length * 8 / 1_000.0);
  }

  private static void assertRoundTrip(int[] samples) {
    ByteBuffer in = ByteBuffer.wrap(write(samples));
    assertArrayEquals(samples, RiceCoding.read(in));
    assertFalse(in.hasRemaining());
  }

  private static byte[] write(int[] samples) {
    VarBytes out = new VarBytes();
    RiceCoding.write(out, samples);
    return out.toBytes();
  }

  private static int[] read(String hex) {
    return RiceCoding.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }
}
