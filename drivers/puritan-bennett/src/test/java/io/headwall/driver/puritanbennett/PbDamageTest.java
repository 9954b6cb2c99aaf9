package io.headwall.driver.puritanbennett;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.testkit.Corruptor;
import io.headwall.testkit.RecordedOutput;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What damaged answers do. The protocol has no checksum: a digit that has become another digit
 * cannot be seen. How many of those there are is measured here, and bounded.
 */
class PbDamageTest {

  private static final int ANSWERS = 40_000;
  private static final int BYTES_RANDOM = 10_000_000;

  /** One place of an answer damaged in one of five ways, as often as the others. */
  @Test
  void ofDamagedAnswersFewHaveAWrongNumber() {
    Tally usual = damaged(841, Answers.miscf(), true);
    assertTrue(usual.numbers < ANSWERS / 150, usual.toString());
    assertEquals(0, usual.alarms, usual.toString());
    assertTrue(usual.devices < ANSWERS / 1_000, usual.toString());
  }

  /** The same with every field filled: what can go wrong most. */
  @Test
  void ofDamagedFullAnswersFewHaveAWrongNumber() {
    Tally full = damaged(840, Answers.golden("miscf-840.hex"), true);
    assertTrue(full.numbers < ANSWERS / 80, full.toString());
    assertEquals(0, full.alarms, full.toString());
  }

  /** Bytes lost, doubled, added or cut: the counts and widths see them all. */
  @Test
  void ofAnswersWithBytesTooManyOrTooFewNoneIsWrong() {
    Tally tally = damaged(980, Answers.golden("miscf-840.hex"), false);
    assertEquals("wrong numbers 0, alarms 0, devices 0", tally.toString());
  }

  @Test
  void tenMillionRandomBytesGiveNothing() {
    Corruptor corruptor = new Corruptor(7);
    DeviceSession session = Answers.session();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    for (int fed = 0; fed < BYTES_RANDOM; fed += 10_000) {
      session.onBytes(fed, corruptor.noise(10_000), 10_000, out);
    }
    assertEquals(List.of(), out.readings());
    assertEquals(0, session.counts().frames());
  }

  @Test
  void aLineThatNeverEndsIsGivenUp() {
    DeviceSession session = Answers.session();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    byte[] wire = Answers.join(Answers.ascii("MISCF,"), Answers.ascii("1,".repeat(1_000_000)));
    session.onBytes(0, wire, wire.length, out);
    assertEquals(1L, session.counts().rejects().get("too-long"));
    assertEquals(wire.length - PbCodec.LINE_BYTES_MAX - 1, session.counts().noiseBytes());
  }

  private static Tally damaged(long seed, byte[] good, boolean sameLengthToo) {
    Corruptor corruptor = new Corruptor(seed);
    Tally tally = new Tally(good);
    for (int i = 0; i < ANSWERS; i++) {
      byte[] wire = corruptor.damage(good);
      if (sameLengthToo || wire.length != good.length) tally.compare(wire);
    }
    return tally;
  }

  private static List<RecordedOutput.Heard> hear(byte[] wire) {
    DeviceSession session = Answers.session();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    session.onBytes(0, wire, wire.length, out);
    return out.heard();
  }

  /** Answers with something that is wrong and not marked. */
  private static final class Tally {
    private final Set<Reading> truth = new HashSet<>();
    private final Set<DeviceIdentity> device = new HashSet<>();
    private int numbers;
    private int alarms;
    private int devices;

    Tally(byte[] good) {
      for (RecordedOutput.Heard h : hear(good)) {
        truth.add(h.reading());
        device.add(h.device());
      }
    }

    void compare(byte[] wire) {
      boolean number = false;
      boolean alarm = false;
      boolean other = false;
      for (RecordedOutput.Heard h : hear(wire)) {
        other |= !device.contains(h.device());
        if (truth.contains(h.reading())) continue;
        number |= h.reading() instanceof Numeric n && n.quality() == Quality.VALID;
        number |=
            h.reading() instanceof Setting s && s.value() != null && s.quality() == Quality.VALID;
        alarm |= h.reading() instanceof Alarm;
      }
      if (number) numbers++;
      if (alarm) alarms++;
      if (other) devices++;
    }

    @Override
    public String toString() {
      return "wrong numbers " + numbers + ", alarms " + alarms + ", devices " + devices;
    }
  }
}
