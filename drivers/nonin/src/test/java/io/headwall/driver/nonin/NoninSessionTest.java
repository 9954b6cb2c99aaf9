package io.headwall.driver.nonin;

import static io.headwall.driver.nonin.NoninQuery.SELECT_FORMAT_7;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.Text;
import io.headwall.testkit.RecordedOutput;
import io.headwall.testkit.ScriptedConversation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoninSessionTest {

  private static final byte[] PACKET = PacketBytes.format7(97, 72).bytes();
  private static final byte[] LINE = "SPO2=097 HR=072\r\n".getBytes(US_ASCII);

  private final DeviceSession session = Sessions.auto();
  private final ScriptedConversation bed = new ScriptedConversation(session);

  @Test
  void packetsAreSilentAfterTwoSecondsAndSaySoOnce() {
    bed.until(300).hears(PACKET).expectStates(SessionState.SPEAKING);
    bed.until(2_200).expectStates();
    bed.until(2_300);
    assertEquals(List.of(SessionState.SILENT), bed.output().states());
    assertEquals(
        List.of(
            Numeric.absent(NoninMapping.SPO2, ms(2_300), Quality.NO_DATA),
            Numeric.absent(NoninMapping.PULSE, ms(2_300), Quality.NO_DATA)),
        bed.output().readings());
    bed.output().clear();
    bed.until(60_000);
    assertTrue(bed.output().readings().isEmpty());
    assertTrue(bed.output().sent().isEmpty(), "a driver that only listens");
  }

  @Test
  void linesAreSilentAfterFiveSeconds() {
    bed.until(300).hears(LINE).expectStates(SessionState.SPEAKING);
    bed.until(5_200).expectStates();
    bed.until(5_300).expectStates(SessionState.SILENT);
  }

  @Test
  void whatNeverSpokeIsNotSaidToFallSilent() {
    bed.until(10_000).hears(Hex.parse("00 11 22")).until(20_000).expectStates();
  }

  @Test
  void anAbsentValueIsNotSaidToBeAbsentAgain() {
    bed.hears(PacketBytes.format7(97, 511).bytes());
    bed.output().clear();
    bed.until(3_000);
    assertEquals(
        List.of(Numeric.absent(NoninMapping.SPO2, ms(2_000), Quality.NO_DATA)),
        bed.output().readings());
  }

  @Test
  void aLinkThatGoesDownTakesTheValuesWithIt() {
    bed.until(300).hears(PACKET);
    bed.output().clear();
    bed.until(400).linkDown();
    assertEquals(List.of(SessionState.SILENT), bed.output().states());
    assertEquals(2, bed.output().readings(Numeric.class).size());
    bed.output().clear();
    bed.linkDown();
    assertTrue(bed.output().heard().isEmpty());
    bed.until(900).linkUp().hears(PACKET);
    assertEquals(List.of(SessionState.SPEAKING), bed.output().states());
    assertTrue(bed.output().readings(Gap.class).isEmpty(), "the port says that itself");
    assertEquals(3, bed.output().readings(Alarm.class).size(), "a new baseline");
  }

  @Test
  void halfAPacketDoesNotSurviveALostLink() {
    bed.hears(Arrays.copyOf(PACKET, 100)).linkDown().linkUp();
    bed.hears(Arrays.copyOfRange(PACKET, 100, 125));
    assertTrue(bed.output().heard().isEmpty());
  }

  @Test
  void aDamagedPacketLeavesAGap() {
    bed.until(300).hears(PACKET);
    byte[] damaged = PACKET.clone();
    damaged[61] ^= 1;
    bed.until(600).hears(damaged);
    bed.output().clear();
    bed.until(900).hears(PACKET);
    List<Gap> gaps = bed.output().readings(Gap.class);
    assertEquals(1, gaps.size());
    assertEquals(ms(300), gaps.getFirst().fromNs());
    assertEquals(ms(900), gaps.getFirst().measuredNs());
    assertEquals("125 bytes not understood", gaps.getFirst().reason());
    assertTrue(bed.output().readings().getFirst() instanceof Gap, "before the values that end it");
    bed.output().clear();
    bed.until(1_200).hears(PACKET);
    assertTrue(bed.output().readings(Gap.class).isEmpty());
  }

  @Test
  void aGapIsDatedByTheFirstByteOfTheNextPacket() {
    bed.until(300).hears(PACKET).until(600).hears(Arrays.copyOf(PACKET, 60));
    bed.until(800).hears(Arrays.copyOf(PACKET, 20));
    bed.until(1_000).hears(Arrays.copyOfRange(PACKET, 20, 125));
    assertEquals(ms(800), bed.output().readings(Gap.class).getFirst().measuredNs());
    assertEquals(ms(800), bed.output().readings(SampleBlock.class).getLast().measuredNs());
  }

  @Test
  void aStrayByteBetweenPacketsIsNoGap() {
    bed.until(300).hears(PACKET).hears(Hex.parse("00 FF 81")).until(600).hears(PACKET);
    assertTrue(bed.output().readings(Gap.class).isEmpty());
    assertEquals(3, session.counts().noiseBytes());
  }

  @Test
  void packetsThatNeverCameAreAGapToo() {
    bed.until(300).hears(PACKET).until(1_100).hears(PACKET);
    assertEquals(
        List.of("reports missing"),
        bed.output().readings(Gap.class).stream().map(Gap::reason).toList());
  }

  @Test
  void silenceIsAStateAndNoGap() {
    bed.until(300).hears(PACKET).until(9_000).hears(PACKET);
    assertTrue(bed.output().readings(Gap.class).isEmpty());
  }

  @Test
  void aLineThatIsMissingLeavesAGap() {
    bed.hears(LINE).until(1_000).hears(LINE).until(3_000).hears(LINE);
    List<Gap> gaps = bed.output().readings(Gap.class);
    assertEquals(1, gaps.size());
    assertEquals(ms(1_000), gaps.getFirst().fromNs());
    assertEquals(ms(3_000), gaps.getFirst().measuredNs());
  }

  @Test
  void alarmsAreReportedOnceAndOnChange() {
    byte[] off = PacketBytes.format7(127, 511).status(7, 0x48).bytes();
    speak(PACKET, 10);
    assertEquals(3, bed.output().readings(Alarm.class).size());
    bed.output().clear();
    speak(off, 10);
    assertEquals(
        List.of("sensor disconnected ACTIVE", "sensor alarm ACTIVE"), alarms(bed.output()));
    bed.output().clear();
    speak(off, 400);
    assertEquals(List.of(), alarms(bed.output()));
    speak(PACKET, 10);
    assertEquals(
        List.of("sensor disconnected INACTIVE", "sensor alarm INACTIVE"), alarms(bed.output()));
  }

  @Test
  void wordsAreRefreshedEachMinute() {
    byte[] green = PacketBytes.format7(97, 72).status(7, 0x02).bytes();
    speak(green, 540);
    assertEquals(3, bed.output().readings(Text.class).size(), "at 0, 60 and 120 s of 180 s");
    bed.output().clear();
    speak(PacketBytes.format7(97, 72).status(7, 0x06).bytes(), 10);
    assertEquals("yellow", bed.output().readings(Text.class).getFirst().text());
  }

  @Test
  void fastLinesSayThatTheyAre() {
    byte[] fast = "SPO2=097 HR=072 F\r\n".getBytes(US_ASCII);
    byte[] none = "SPO2=--- HR=---\r\n".getBytes(US_ASCII);
    for (byte[] line : List.of(fast, fast, none, fast, LINE, LINE)) {
      bed.hears(line).until(TimeUnit.NANOSECONDS.toMillis(bed.nowNs()) + 1_000);
    }
    assertEquals(
        List.of("fast", "as selected at the device"),
        bed.output().readings(Setting.class).stream().map(Setting::word).toList());
  }

  @Test
  void everyPacketGivesItsNumericsAndItsCurve() {
    speak(PACKET, 30);
    assertEquals(60, bed.output().readings(Numeric.class).size());
    assertEquals(30, bed.output().readings(SampleBlock.class).size());
    assertTrue(bed.output().readings(Gap.class).isEmpty());
    assertEquals(30, session.counts().frames());
    assertEquals(0, session.counts().noiseBytes());
  }

  @Test
  void asksForFormat7OnceAndAgainEachHalfMinuteWhileNothingComes() {
    var asking = new ScriptedConversation(Sessions.with(Map.of("select_format_7", "true")));
    asking.expectSent(SELECT_FORMAT_7);
    asking.until(29_900).expectSent();
    asking.until(30_000).expectSent(SELECT_FORMAT_7);
    asking.until(59_900).expectSent();
    asking.until(60_000).expectSent(SELECT_FORMAT_7);
  }

  @Test
  void doesNotAskWhilePacketsCome() {
    var asking = new ScriptedConversation(Sessions.with(Map.of("select_format_7", "true")));
    asking.expectSent(SELECT_FORMAT_7).hears(Hex.parse("06"));
    for (long at = 300; at < 120_000; at += 300) asking.until(at).hears(PACKET);
    assertTrue(asking.output().sent().isEmpty());
    asking.output().clear();
    asking.until(122_000).expectSent(SELECT_FORMAT_7);
  }

  @Test
  void aLinkThatFlapsDoesNotAskMoreOften() {
    var asking = new ScriptedConversation(Sessions.with(Map.of("select_format_7", "true")));
    asking.expectSent(SELECT_FORMAT_7);
    for (long at = 1_000; at < 29_000; at += 1_000) asking.until(at).linkDown().linkUp();
    asking.expectSent();
    asking.until(30_000).expectSent(SELECT_FORMAT_7);
    asking.until(90_000).linkDown().output().clear();
    asking.until(95_000).linkUp();
    assertTrue(asking.output().sent().size() <= 1);
  }

  @Test
  void anAnswerIsNoNoiseAndARefusalIsCounted() {
    DeviceSession asked = Sessions.with(Map.of("select_format_7", "true"));
    var asking = new ScriptedConversation(asked);
    asking.hears(Hex.parse("15")).until(30_000).hears(Hex.parse("06")).hears(PACKET);
    assertEquals(2, asked.counts().frames());
    assertEquals(Map.of("nak", 1L), asked.counts().rejects());
    assertEquals(0, asked.counts().noiseBytes());
    assertTrue(asking.output().readings(Gap.class).isEmpty());
  }

  @Test
  void asksForNothingWhereAnotherFormatIsChosen() {
    for (String format : List.of("2", "ascii")) {
      var listening =
          new ScriptedConversation(
              Sessions.with(Map.of("select_format_7", "true", "format", format)));
      listening.until(100_000).expectSent();
    }
  }

  @Test
  void anotherDeviceAfterASilenceIsBelievedAtOnce() {
    bed.hears(PACKET).until(3_000).hears(PacketBytes.format7(90, 80).revision(0x40).bytes());
    assertEquals("64", bed.output().heard().getLast().device().firmware());
    assertEquals("90/80", Sessions.values(bed.output()).getLast());
  }

  private void speak(byte[] packet, int times) {
    for (int i = 0; i < times; i++) {
      bed.hears(packet).until(TimeUnit.NANOSECONDS.toMillis(bed.nowNs()) + 333);
    }
  }

  private static List<String> alarms(RecordedOutput out) {
    return out.readings(Alarm.class).stream().map(a -> a.text() + " " + a.state()).toList();
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
