package io.headwall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Hex;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CorruptorTest {

  private static final byte[] FRAME = Hex.parse("02 41 30 33 37 31 30 43 03");
  private static final int ROUNDS = 20_000;

  @Test
  void theSameSeedDoesTheSameDamage() {
    Corruptor one = new Corruptor(7);
    Corruptor other = new Corruptor(7);
    for (int i = 0; i < ROUNDS; i++) assertArrayEquals(one.damage(FRAME), other.damage(FRAME));
    assertArrayEquals(one.noise(50), other.noise(50));
  }

  @Test
  void anotherSeedDoesAnother() {
    Set<String> first = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) first.add(Hex.of(new Corruptor(seed).noise(8)));
    assertEquals(100, first.size());
  }

  @Test
  void damageIsAlwaysDamageAndLeavesTheOriginalAlone() {
    Corruptor corruptor = new Corruptor(8);
    byte[] original = FRAME.clone();
    for (int i = 0; i < ROUNDS; i++) {
      assertFalse(Arrays.equals(FRAME, corruptor.damage(FRAME)), "round " + i);
    }
    assertArrayEquals(original, FRAME);
  }

  @Test
  void everyKindOfDamageIsDone() {
    Corruptor corruptor = new Corruptor(9);
    int shorter = 0;
    int longer = 0;
    int changed = 0;
    int cut = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = corruptor.damage(FRAME);
      if (damaged.length > FRAME.length) longer++;
      else if (damaged.length == FRAME.length) changed++;
      else if (Arrays.equals(damaged, Arrays.copyOf(FRAME, damaged.length))) cut++;
      else shorter++;
    }
    for (int count : new int[] {shorter, longer, changed, cut}) {
      assertTrue(count > ROUNDS / 20, "%d %d %d %d".formatted(shorter, longer, changed, cut));
    }
  }

  @Test
  void aFlipChangesOneByteByFourBitsAtMost() {
    Corruptor corruptor = new Corruptor(10);
    for (int i = 0; i < ROUNDS; i++) {
      int at = i % FRAME.length;
      byte[] flipped = corruptor.flipped(FRAME, at);
      int bits = Integer.bitCount((flipped[at] ^ FRAME[at]) & 0xFF);
      assertTrue(bits >= 1 && bits <= 4, () -> bits + " bits");
      flipped[at] = FRAME[at];
      assertArrayEquals(FRAME, flipped);
    }
  }
}
