package io.headwall.driver.nonin;

import static io.headwall.driver.nonin.PacketBytes.join;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.Corruptor;
import io.headwall.testkit.RecordedOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamageTest {

  private static final int DAMAGED_FRAMES = 30_000;
  private static final Set<String> SENT = Set.of("97/72", "88/155", "96/73");
  private static final Set<String> SENT_WITH_A_MARK =
      Set.of(
          "88 questionable/155 questionable",
          "invalid/invalid",
          "sensor-disconnected/sensor-disconnected");
  private static final int RANDOM_BYTES = 10_000_000;

  @ParameterizedTest
  @EnumSource(names = {"FORMAT_2", "FORMAT_7"})
  void damagedPacketsGiveNoWrongValue(NoninFormat format) {
    byte[] first = PacketBytes.of(format, 97, 72).bytes();
    byte[] second = PacketBytes.of(format, 88, 155).bytes();
    byte[] third = PacketBytes.of(format, 96, 73).bytes();
    Set<List<Integer>> curves =
        Sessions.decode(join(first, second, third)).readings(SampleBlock.class).stream()
            .map(DamageTest::samples)
            .collect(Collectors.toSet());
    Corruptor corruptor = new Corruptor(1);
    int harmed = 0;
    for (int i = 0; i < DAMAGED_FRAMES; i++) {
      RecordedOutput out = Sessions.decode(join(first, corruptor.damage(second), third));
      List<String> values = Sessions.values(out);
      for (String value : values) {
        if (SENT.contains(value)) continue;
        assertTrue(SENT_WITH_A_MARK.contains(value), value);
        harmed++;
      }
      assertEquals("97/72", values.getFirst());
      assertEquals("96/73", values.getLast(), "the packet after the damaged one");
      for (SampleBlock block : out.readings(SampleBlock.class)) {
        if (!curves.contains(samples(block))) harmed++;
      }
    }
    // A sum of 8 bits lets one damage in 256 through. All other 24 frames must hold as well, so it
    // has to lie in the last frame, one damage in 25, and changes one sample or one status there.
    assertTrue(harmed <= DAMAGED_FRAMES / (25 * 256) * 4, "harmed " + harmed);
  }

  @Test
  void damagedLinesGiveAWrongValueOnlyWhereADigitBecomesAnother() {
    byte[] line = "SPO2=097 HR=072\r\n".getBytes(US_ASCII);
    Corruptor corruptor = new Corruptor(3);
    int wrong = 0;
    for (int i = 0; i < DAMAGED_FRAMES; i++) {
      byte[] damaged = corruptor.damage(line);
      List<String> values = Sessions.values(Sessions.decode(join(line, damaged, line)));
      boolean asSent = values.stream().allMatch("97/72"::equals);
      if (asSent) continue;
      wrong++;
      assertEquals(line.length, damaged.length, "no lost or added byte gives a value");
    }
    // The line has no checksum: what is left is the share of flips from digit to digit.
    assertTrue(wrong < DAMAGED_FRAMES / 50, "wrong lines " + wrong);
  }

  @Test
  void tenMegabytesOfNoiseGiveNoReading() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    DeviceSession session = Sessions.auto();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    byte[] chunk = new byte[10_000];
    for (int fed = 0; fed < RANDOM_BYTES; fed += chunk.length) {
      random.nextBytes(chunk);
      session.onBytes(0, chunk, chunk.length, out);
    }
    assertTrue(out.heard().isEmpty());
    assertTrue(out.states().isEmpty());
    assertEquals(0, session.counts().frames());
    assertTrue(session.counts().noiseBytes() > RANDOM_BYTES - 200);
  }

  @Test
  void tenMegabytesOfTextLikeTheLinesGiveNoReading() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(12);
    byte[] alphabet = "SPO2=HR 0123456789-:FB*\r\n".getBytes(US_ASCII);
    DeviceSession session = Sessions.auto();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    byte[] chunk = new byte[10_000];
    for (int fed = 0; fed < RANDOM_BYTES; fed += chunk.length) {
      for (int i = 0; i < chunk.length; i++) chunk[i] = alphabet[random.nextInt(alphabet.length)];
      session.onBytes(0, chunk, chunk.length, out);
    }
    assertTrue(out.heard().isEmpty());
  }

  @Test
  void damagedStreamsReadTheSameInEveryChunking() {
    byte[] seven = PacketBytes.format7(97, 72).bytes();
    byte[] two = PacketBytes.format2(88, 155).bytes();
    byte[] line = "SPO2=097 HR=072\r\n".getBytes(US_ASCII);
    Corruptor corruptor = new Corruptor(5);
    for (int i = 0; i < 10; i++) {
      byte[] wire =
          join(seven, corruptor.damage(seven), seven, line, corruptor.damage(line), line, two, two);
      ChunkedFeed.sameInEveryChunking(Sessions::auto, wire);
    }
  }

  private static List<Integer> samples(SampleBlock block) {
    return Arrays.stream(block.samples()).boxed().toList();
  }
}
