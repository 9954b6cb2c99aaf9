package io.headwall.spi.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StuffingTest {

  private static final int ROUNDS = 100_000;

  /** IntelliVue over RS-232, guide section on the fixed baud rate protocol. */
  private static final Stuffing INTELLIVUE = new Stuffing.Escape(0xC0, 0xC1, 0x7D, 0x20);

  /** B. Braun BCC, character stuffing. */
  private static final Stuffing BCC =
      new Stuffing.Pairs(
          Map.of(
              (byte) 'D', pair("EX"),
              (byte) 'E', pair("EE"),
              (byte) 'd', pair("ex"),
              (byte) 'e', pair("ee")));

  @ParameterizedTest
  @CsvSource({
    "D, EX",
    "E, EE",
    "d, ex",
    "e, ee",
    "DE, EXEE",
    "EX, EEX",
    "EEX, EEEEX",
    "ex, eex",
    "Dexmedetomidin, EXeexmeeexeetomiexin",
    "MEM:GET, MEEM:GEET",
    "DEdeEXexEEX, EXEEexeeEEXeexEEEEX",
    "1/1/1>ADMIN:ALIVE, 1/1/1>AEXMIN:ALIVEE",
    "'', ''",
  })
  void bccStuffsPairs(String plain, String stuffed) {
    assertEquals(stuffed, new String(BCC.apply(plain.getBytes(US_ASCII)), US_ASCII));
    byte[] undone = Objects.requireNonNull(BCC.undo(stuffed.getBytes(US_ASCII)));
    assertEquals(plain, new String(undone, US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"D", "d", "E", "e", "EA", "eX", "Ex", "Ee", "EEE", "abcE", "EXe"})
  void bccRefusesWhatNoStufferMakes(String broken) {
    assertNull(BCC.undo(broken.getBytes(US_ASCII)));
  }

  @ParameterizedTest
  @CsvSource({
    "C0 3A 91 95 C1 C1, C0 3A 91 95 7D E1 C1",
    "C0 C0 C1 7D C1, C0 7D E0 7D E1 7D 5D C1",
    "C0 C1, C0 C1",
    "C0 00 C1, C0 00 C1",
  })
  void intelliVueEscapesBetweenItsEnds(String plain, String stuffed) {
    assertEquals(stuffed, Hex.of(INTELLIVUE.apply(Hex.parse(plain))));
    assertArrayEquals(Hex.parse(plain), INTELLIVUE.undo(Hex.parse(stuffed)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "C0",
        "C0 7D C1", // the escape byte before the closing one: a frame given up
        "C0 7D E2 C1", // escapes what need not be
        "C0 01 C0 C1", // a frame that starts inside another
        "C0 01 C1 C1",
        "C0 7D 7D C1",
      })
  void intelliVueRefusesWhatNoStufferMakes(String broken) {
    assertNull(INTELLIVUE.undo(Hex.parse(broken)));
  }

  @Test
  void undoingIsTheOnlyWayBack() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(44);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(2, 12)];
      for (int at = 0; at < bytes.length; at++) bytes[at] = oneOfInterest(random);
      for (Stuffing stuffing : new Stuffing[] {INTELLIVUE, BCC, Stuffing.NONE}) {
        assertArrayEquals(bytes, stuffing.undo(stuffing.apply(bytes)));
        byte[] plain = stuffing.undo(bytes);
        if (plain != null) assertArrayEquals(bytes, stuffing.apply(plain));
      }
    }
  }

  @Test
  void withoutStuffingBytesAreCopied() {
    byte[] bytes = {1, 2};
    assertNotSame(bytes, Stuffing.NONE.apply(bytes));
    assertArrayEquals(bytes, Stuffing.NONE.apply(bytes));
  }

  @Test
  void aStuffingThatCannotBeUndoneIsRefused() {
    refused(Map.of((byte) 'D', pair("EX")), "E alone could be a byte of its own");
    refused(Map.of((byte) 'E', pair("E")), "one byte is no pair");
    assertThrows(IllegalArgumentException.class, () -> new Stuffing.Escape(0xC0, 0xC1, 0x7D, 0x01));
    assertThrows(IllegalArgumentException.class, () -> INTELLIVUE.apply(new byte[1]));
  }

  private static void refused(Map<Byte, byte[]> pairs, String why) {
    assertThrows(IllegalArgumentException.class, () -> new Stuffing.Pairs(pairs), why);
  }

  private static byte oneOfInterest(RandomGenerator random) {
    byte[] special = {
      'D', 'E', 'd', 'e', 'X', 'x', (byte) 0xC0, (byte) 0xC1, 0x7D, (byte) 0xE0, (byte) 0xE1, 0x5D
    };
    return random.nextInt(8) == 0 ? (byte) random.nextInt() : special[random.nextInt(12)];
  }

  private static byte[] pair(String two) {
    return two.getBytes(US_ASCII);
  }
}
