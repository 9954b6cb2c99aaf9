package io.headwall.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Damages bytes as lines do: flipped bits, lost, doubled, added and cut bytes. The same seed, the
 * same damage.
 */
public final class Corruptor {

  private final RandomGenerator random;

  public Corruptor(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** One damage of a random kind somewhere in the bytes. */
  public byte[] damage(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> flipped(bytes, at);
      case 1 -> spliced(bytes, at, 1 + random.nextInt(8), new byte[0]);
      case 2 ->
          spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 4)));
      case 3 -> spliced(bytes, at, 0, noise(1 + random.nextInt(8)));
      default -> Arrays.copyOf(bytes, at);
    };
  }

  /** One to four bits of one place turned over. */
  public byte[] flipped(byte[] bytes, int at) {
    byte[] out = bytes.clone();
    int bits = 1 + random.nextInt(4);
    for (int i = 0; i < bits; i++) out[at] ^= (byte) (1 << random.nextInt(8));
    // A bit turned over twice is no damage.
    if (out[at] == bytes[at]) out[at] ^= 1;
    return out;
  }

  public byte[] noise(int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }

  public RandomGenerator random() {
    return random;
  }

  private static byte[] spliced(byte[] bytes, int at, int lost, byte[] added) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(added);
    int rest = Math.min(bytes.length, at + lost);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
