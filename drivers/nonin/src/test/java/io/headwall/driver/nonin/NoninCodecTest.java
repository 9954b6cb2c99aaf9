package io.headwall.driver.nonin;

import static io.headwall.driver.nonin.PacketBytes.join;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.driver.nonin.NoninFrame.Line;
import io.headwall.driver.nonin.NoninFrame.Packet;
import io.headwall.spi.bytes.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoninCodecTest {

  private static final byte[] LINE = ascii("SPO2=097 HR=072\r\n");

  private final List<NoninFrame> frames = new ArrayList<>();
  private NoninCodec codec = new NoninCodec(EnumSet.allOf(NoninFormat.class));

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void aSinglePacketIsEnough(NoninFormat format) {
    feed(PacketBytes.of(format, 97, 72).bytes());
    assertEquals(List.of("97/72"), values());
    assertEquals(format, frames.getFirst().format());
    assertEquals(0, codec.noiseBytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void withoutItsLastByteAPacketIsNone(NoninFormat format) {
    byte[] packet = PacketBytes.of(format, 97, 72).bytes();
    feed(Arrays.copyOf(packet, packet.length - 1));
    assertTrue(frames.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void everyLostByteCostsItsPacketOnly(NoninFormat format) {
    byte[] first = PacketBytes.of(format, 97, 72).bytes();
    byte[] damaged = PacketBytes.of(format, 55, 155).bytes();
    byte[] third = PacketBytes.of(format, 96, 73).bytes();
    for (int lost = 0; lost < damaged.length; lost++) {
      byte[] head = Arrays.copyOf(damaged, lost);
      byte[] tail = Arrays.copyOfRange(damaged, lost + 1, damaged.length);
      restart();
      feed(join(first, head, tail, third));
      assertEquals(List.of("97/72", "96/73"), values(), "without byte " + lost);
      assertEquals(124, codec.noiseBytes());
      assertTrue(codec.counts().rejectsTotal() >= 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void everyFlippedBitCostsItsPacketOnly(NoninFormat format) {
    byte[] first = PacketBytes.of(format, 97, 72).bytes();
    byte[] second = PacketBytes.of(format, 55, 155).bytes();
    byte[] third = PacketBytes.of(format, 96, 73).bytes();
    for (int bit = 0; bit < 8 * second.length; bit++) {
      byte[] damaged = second.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      restart();
      feed(join(first, damaged, third));
      assertEquals(List.of("97/72", "96/73"), values(), "bit " + bit);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void aSyncBeforeFrame25DropsThePacketAndBeginsTheNext(NoninFormat format) {
    byte[] cut = Arrays.copyOf(PacketBytes.of(format, 55, 155).bytes(), 60);
    feed(join(cut, PacketBytes.of(format, 97, 72).bytes()));
    assertEquals(List.of("97/72"), values());
    assertEquals(Map.of("sync", 1L), codec.counts().rejects());
    assertEquals(60, codec.noiseBytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void framesWithoutSyncAreNoPacket(NoninFormat format) {
    byte[] packet = PacketBytes.of(format, 97, 72).bytes();
    byte[] endless = Arrays.copyOfRange(packet, 5, 125);
    for (int i = 0; i < 10; i++) feed(endless);
    assertTrue(frames.isEmpty());
  }

  @Test
  void aFormat2FrameWithAClearedStatusBitIsNone() {
    feed(join(Hex.parse("01 81 01 00 83 01 7F 01 48 C9"), new byte[120]));
    assertTrue(frames.isEmpty());
    assertEquals(Map.of("head", 1L), codec.counts().rejects());
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void aFrameTooManyIsTheRevisionsToFind(NoninFormat format) {
    byte[] good = PacketBytes.of(format, 97, 72).bytes();
    // A copy of the frame of the pulse's low part: pulse stays, SpO2 would read 72.
    byte[] doubled = join(Arrays.copyOf(good, 10), Arrays.copyOfRange(good, 5, 10), tail(good, 10));
    feed(join(good, doubled, good));
    assertEquals(List.of("97/72", "97/72"), values());
    assertEquals(1L, codec.counts().rejects().get("revision"));
  }

  @Test
  void anotherRevisionIsBelievedAtItsSecondPacket() {
    byte[] before = PacketBytes.format7(97, 72).bytes();
    byte[] after = PacketBytes.format7(88, 120).revision(0x33).bytes();
    feed(join(before, after, after, after));
    assertEquals(List.of("97/72", "88/120", "88/120"), values());
  }

  @Test
  void aPauseInsideAPacketDropsIt() {
    byte[] packet = PacketBytes.format7(97, 72).bytes();
    codec.feed(0, packet, 50, frames::add);
    byte[] rest = tail(packet, 50);
    codec.feed(PacketCodec.PAUSE_NS_MAX + 1, rest, rest.length, frames::add);
    assertTrue(frames.isEmpty());
    assertEquals(1, codec.counts().rejects().get("pause"));
    codec.feed(PacketCodec.PAUSE_NS_MAX + 2, packet, packet.length, frames::add);
    assertEquals(List.of("97/72"), values());
  }

  @Test
  void aPacketIsDatedByItsFirstByteAlsoAfterNoise() {
    byte[] packet = PacketBytes.format7(97, 72).bytes();
    byte[] noisy = join(Hex.parse("81 01 FF"), packet);
    for (int i = 0; i < noisy.length; i++) {
      codec.feed(1_000L * i, new byte[] {noisy[i]}, 1, frames::add);
    }
    assertEquals(3_000, frames.getFirst().firstNs());
    assertEquals(127_000, frames.getFirst().lastNs());
  }

  @Test
  void anotherFormatIsHeardOnlyWhenTheLockedOneIsLost() {
    byte[] seven = PacketBytes.format7(97, 72).bytes();
    byte[] two = PacketBytes.format2(88, 120).bytes();
    feed(join(seven, two, two, seven, seven));
    assertEquals(List.of("97/72", "88/120", "97/72"), values());
    assertEquals(2L, codec.counts().rejects().get("other-format"));
  }

  @Test
  void fromPacketsToLinesAndBack() {
    byte[] seven = PacketBytes.format7(97, 72).bytes();
    feed(join(seven, LINE, LINE, seven, seven));
    assertEquals(List.of("97/72", "97/72", "97/72", "97/72"), values());
    assertEquals(
        List.of(
            NoninFormat.FORMAT_7, NoninFormat.ASCII, NoninFormat.FORMAT_7, NoninFormat.FORMAT_7),
        frames.stream().map(NoninFrame::format).toList());
    assertEquals(LINE.length, codec.noiseBytes(), "the line that ended the lock");
  }

  @Test
  void aChosenFormatIsTheOnlyOne() {
    byte[] all =
        join(
            PacketBytes.format7(97, 7).bytes(),
            PacketBytes.format2(97, 2).bytes(),
            ascii("\r\nSPO2=097 HR=001\r\n"));
    for (String word : List.of("7", "2", "ascii")) {
      restart(NoninFormat.chosen(word));
      feed(all);
      assertEquals(1, frames.size(), word);
      assertEquals(word, frames.getFirst().format().word());
      assertEquals(all.length - frames.getFirst().length(), codec.noiseBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPO2=097 HR=072",
        "SPO2=097 HR=072 F",
        "SPO2=097 HR=072 B",
        "SPO2=097 HR=072*",
        "SPO2=097 HR=072 F B *",
        "23:59:59 SPO2=097 HR=072",
        "SPO2=097  HR=072  "
      })
  void wholeLines(String text) {
    feed(ascii(text + "\r\n"));
    assertEquals(List.of("97/72"), values());
    Line line = (Line) frames.getFirst();
    assertEquals(text.contains("F"), line.fast());
  }

  @Test
  void dashesAreNoValue() {
    feed(ascii("SPO2=--- HR=---\r\nSPO2=097 HR=---\r\n"));
    Line none = (Line) frames.get(0);
    assertEquals(OptionalInt.empty(), none.spo2());
    assertEquals(OptionalInt.empty(), none.pulse());
    Line half = (Line) frames.get(1);
    assertEquals(OptionalInt.of(97), half.spo2());
    assertEquals(OptionalInt.empty(), half.pulse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPO2=97 HR=072",
        "SPO2=097 HR=72",
        "SPO2=0097 HR=072",
        "SPO2=-97 HR=072",
        "SPO2=--- HR=--",
        "SPO2=097HR=072",
        "SPO2=097 HR=072 G",
        "SPO2=097 HR=072 B F",
        "xSPO2=097 HR=072",
        " SPO2=097 HR=072",
        "25:61:00 SPO2=097 HR=072",
        "0:15:30 SPO2=097 HR=072",
        "PO2=097 HR=072",
        "SPO2=1",
        "HR=072",
        "SPO2=097 HR=072SPO2=097 HR=072",
        "SPO2=\u0660\u0669\u0667 HR=072",
        "2500 VER 1.0 SN: 000",
        ""
      })
  void otherLines(String text) {
    feed((text + "\r\n").getBytes(UTF_8));
    feed(ascii(text + "\n"));
    assertTrue(frames.isEmpty());
  }

  @Test
  void aLineNeedsCarriageReturnAndLineFeed() {
    feed(ascii("SPO2=097 HR=072\nSPO2=097 HR=072\rSPO2=097 HR=072\r"));
    assertTrue(frames.isEmpty());
  }

  @Test
  void aPauseInsideALineDropsIt() {
    codec.feed(0, ascii("SPO2=09"), 7, frames::add);
    byte[] rest = ascii("7 HR=072\r\n");
    codec.feed(LineCodec.PAUSE_NS_MAX + 1, rest, rest.length, frames::add);
    assertTrue(frames.isEmpty());
    assertEquals(Map.of("pause", 1L), codec.counts().rejects());
    codec.feed(TimeUnit.SECONDS.toNanos(1), LINE, LINE.length, frames::add);
    byte[] allButEnd = Arrays.copyOf(LINE, LINE.length - 1);
    codec.feed(TimeUnit.SECONDS.toNanos(2), allButEnd, allButEnd.length, frames::add);
    codec.feed(TimeUnit.SECONDS.toNanos(3), ascii("\n"), 1, frames::add);
    assertEquals(List.of("97/72"), values());
  }

  @Test
  void anEndlessLineIsDroppedAndTheNextOneRead() {
    feed(join(ascii("x".repeat(10_000) + "\r\n"), LINE));
    assertEquals(List.of("97/72"), values());
    assertEquals(Map.of("too-long", 1L), codec.counts().rejects());
    assertEquals(10_002, codec.noiseBytes());
  }

  @Test
  void onlyTheFirstByteAfterACommandIsAnAnswer() {
    codec.expectAnswer();
    feed(Hex.parse("06 06"));
    assertEquals(1, codec.counts().frames());
    assertEquals(1, codec.noiseBytes());
    codec.expectAnswer();
    feed(Hex.parse("15"));
    assertEquals(Map.of("nak", 1L), codec.counts().rejects());
    codec.expectAnswer();
    feed(PacketBytes.format7(97, 72).bytes());
    assertEquals(List.of("97/72"), values());
    assertFalse(codec.counts().rejects().containsKey("checksum"));
  }

  private void feed(byte[] bytes) {
    codec.feed(0, bytes, bytes.length, frames::add);
  }

  private void restart() {
    restart(EnumSet.allOf(NoninFormat.class));
  }

  private void restart(Set<NoninFormat> formats) {
    codec = new NoninCodec(formats);
    frames.clear();
  }

  private List<String> values() {
    return frames.stream()
        .map(frame ->
            switch (frame) {
              case Packet p -> p.spo2() + "/" + p.pulse();
              case Line l -> l.spo2().orElse(-1) + "/" + l.pulse().orElse(-1);
            })
        .toList();
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
