package io.headwall.driver.puritanbennett;

import static io.headwall.driver.puritanbennett.Answers.ascii;
import static io.headwall.driver.puritanbennett.Answers.golden;
import static io.headwall.driver.puritanbennett.Answers.miscf;
import static io.headwall.driver.puritanbennett.Answers.session;
import static io.headwall.driver.puritanbennett.PbQuery.RSET;
import static io.headwall.driver.puritanbennett.PbQuery.SNDA;
import static io.headwall.driver.puritanbennett.PbQuery.SNDF;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.DeviceClock;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.testkit.Corruptor;
import io.headwall.testkit.RecordedOutput;
import io.headwall.testkit.ScriptedConversation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When it asks, what it sends, and what it makes of answers that come late, short or not. */
class PbConversationTest {

  private static final byte[] ANSWER = miscf();

  @Test
  void asksOnceAndWaitsForTheAnswer() {
    var bed = new ScriptedConversation(session());
    bed.until(100).expectSent(SNDF);
    bed.until(1_000).expectSent();
    bed.hears(ANSWER).expectStates(SessionState.SPEAKING);
    bed.until(2_000).expectSent();
    bed.until(2_100).expectSent(SNDF);
  }

  @Test
  void asksAtThePollIntervalThatIsSet() {
    PuritanBennettDriver driver = new PuritanBennettDriver();
    Map<String, String> given = Map.of("poll_ms", "5000", "report", "snda");
    var bed =
        new ScriptedConversation(
            driver.newSession(OptionValues.of(driver.descriptor().options(), given)));
    bed.until(100).expectSent(SNDA);
    bed.hears(golden("misca-840.hex")).expectStates(SessionState.SPEAKING);
    bed.until(5_000).expectSent();
    bed.until(5_100).expectSent(SNDA);
  }

  @Test
  void asksAgainAtOnceWhenTheAnswerTookLongerThanTheInterval() {
    PuritanBennettDriver driver = new PuritanBennettDriver();
    Map<String, String> given = Map.of("poll_ms", "1000");
    var bed =
        new ScriptedConversation(
            driver.newSession(OptionValues.of(driver.descriptor().options(), given)));
    bed.until(300).hears(Arrays.copyOf(ANSWER, 600)).expectSent(SNDF);
    bed.until(1_600).expectSent();
    bed.hears(Arrays.copyOfRange(ANSWER, 600, ANSWER.length));
    bed.output().clear();
    bed.until(1_700).expectSent(SNDF);
  }

  @Test
  void clearsAndAsksAgainTwoSecondsAfterAQuestionWithoutAnAnswer() {
    var bed = new ScriptedConversation(session());
    bed.until(100).expectSent(SNDF);
    bed.until(2_000).expectSent();
    bed.until(2_100).expectSent(RSET, SNDF);
    bed.until(4_000).expectSent();
    bed.until(4_100).expectSent(RSET, SNDF);
  }

  @Test
  void doesNotTakeNoiseForTheBeginningOfAnAnswer() {
    var bed = new ScriptedConversation(session());
    bed.until(1_900).hears(ascii("NORMAL,NORMAL,\u0003\r")).expectSent(SNDF);
    bed.until(2_100).expectSent(RSET, SNDF);
  }

  @Test
  void givesAnAnswerThreeSecondsFromItsFirstByte() {
    DeviceSession session = session();
    var bed = new ScriptedConversation(session);
    bed.until(2_000).hears(Arrays.copyOf(ANSWER, 600)).expectSent(SNDF);
    bed.until(4_900).expectSent();
    bed.until(5_000).expectSent(RSET, SNDF);
    // What is left of the old answer is noise, and the new one is read.
    bed.hears(Arrays.copyOfRange(ANSWER, 600, ANSWER.length));
    assertEquals(List.of(), bed.output().readings());
    bed.until(5_200).hears(ANSWER).expectStates(SessionState.SPEAKING);
    assertEquals(Map.of("not-whole", 1L), session.counts().rejects());
    assertEquals(1, session.counts().frames());
  }

  @Test
  void measuresAtTheFirstByteOfTheAnswer() {
    var bed = new ScriptedConversation(session());
    bed.until(300).hears(Arrays.copyOf(ANSWER, 3));
    bed.until(400).hears(Arrays.copyOfRange(ANSWER, 3, 700));
    bed.until(1_500).hears(Arrays.copyOfRange(ANSWER, 700, ANSWER.length));
    for (Reading r : bed.output().readings()) {
      assertEquals(TimeUnit.MILLISECONDS.toNanos(300), r.measuredNs(), r.toString());
    }
  }

  @Test
  void keepsToTheIntervalAfterAnAnswerThatItRefused() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(Answers.vector("pb840_miscf_cut.bin")).expectSent(SNDF);
    bed.until(2_000).expectSent();
    bed.until(2_100).expectSent(SNDF);
  }

  @Test
  void isNotSilentWhileAnAnswerComes() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    bed.until(10_400).hears(Arrays.copyOf(ANSWER, 600));
    bed.until(10_600).hears(Arrays.copyOfRange(ANSWER, 600, ANSWER.length));
    List<Numeric> heard = bed.output().readings(Numeric.class);
    assertTrue(heard.stream().noneMatch(n -> n.quality() == Quality.NO_DATA));
    // An answer that stops half way holds it up no longer than answers may take.
    bed.until(20_500).hears(Arrays.copyOf(ANSWER, 600));
    bed.until(24_000);
    List<Numeric> gone = bed.output().readings(Numeric.class);
    assertTrue(gone.stream().anyMatch(n -> n.quality() == Quality.NO_DATA));
    bed.hears(Arrays.copyOfRange(ANSWER, 600, ANSWER.length));
    assertEquals(gone, bed.output().readings(Numeric.class), "it was given up");
  }

  @Test
  void answersThatAreMissingBetweenGoodOnesAreAGap() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(Answers.vector("pb840_miscf_cut.bin"));
    bed.until(2_500).hears(ANSWER);
    assertEquals(List.of(), bed.output().readings(Gap.class), "nothing was known before");
    bed.until(4_500).hears(Answers.vector("pb840_miscf_cut.bin"));
    bed.until(8_500).hears(ANSWER);
    bed.until(10_500).hears(ANSWER);
    List<Gap> gaps = bed.output().readings(Gap.class);
    assertEquals(1, gaps.size());
    assertEquals("answers missed or refused: 2", gaps.getFirst().reason());
    assertEquals(TimeUnit.MILLISECONDS.toNanos(2_500), gaps.getFirst().fromNs());
    assertEquals(TimeUnit.MILLISECONDS.toNanos(8_500), gaps.getFirst().measuredNs());
  }

  @Test
  void fallsSilentTenSecondsAfterTheLastGoodAnswerAndSaysSoOnce() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    int values =
        (int) bed.output().readings(Numeric.class).stream().filter(n -> n.value() != null).count();
    bed.expectStates(SessionState.SPEAKING);
    bed.until(10_400).expectStates();
    bed.until(10_500);
    List<Numeric> gone = bed.output().readings(Numeric.class);
    assertEquals(values, gone.size());
    assertTrue(gone.stream().allMatch(n -> n.quality() == Quality.NO_DATA));
    assertTrue(gone.stream().allMatch(n -> n.measuredNs() == bed.nowNs()));
    assertEquals(values, bed.output().readings().size());
    bed.expectStates(SessionState.SILENT);
    bed.until(60_000);
    assertEquals(List.of(), bed.output().readings());
    bed.expectStates();
    bed.hears(ANSWER);
    assertEquals(48, bed.output().readings(Alarm.class).size(), "a new baseline of alarms");
    bed.expectStates(SessionState.SPEAKING);
  }

  @Test
  void aPollOfTenSecondsIsNoSilence() {
    PuritanBennettDriver driver = new PuritanBennettDriver();
    Map<String, String> given = Map.of("poll_ms", "10000");
    var bed =
        new ScriptedConversation(
            driver.newSession(OptionValues.of(driver.descriptor().options(), given)));
    for (long at = 500; at < 100_000; at += 10_000) bed.until(at).hears(ANSWER);
    assertEquals(List.of(SessionState.SPEAKING), bed.output().states());
  }

  @Test
  void lineDownIsSilenceAndForgetsHalfAnAnswer() {
    DeviceSession session = session();
    var bed = new ScriptedConversation(session);
    bed.until(500).hears(ANSWER).hears(Arrays.copyOf(ANSWER, 100));
    bed.expectStates(SessionState.SPEAKING);
    bed.until(600).linkDown();
    assertTrue(
        bed.output().readings(Numeric.class).stream()
            .allMatch(n -> n.quality() == Quality.NO_DATA));
    bed.expectStates(SessionState.SILENT);
    bed.linkUp().hears(Arrays.copyOfRange(ANSWER, 100, ANSWER.length));
    assertEquals(List.of(), bed.output().readings());
    bed.until(700).expectSent(SNDF);
  }

  @Test
  void alarmsAreReportedOnceAndThenWhenTheyChange() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    assertEquals(48, bed.output().readings(Alarm.class).size());
    for (long at = 2_500; at < 200_000; at += 2_000) {
      bed.output().clear();
      bed.until(at).hears(ANSWER);
      assertEquals(List.of(), bed.output().readings(Alarm.class));
    }
    bed.output().clear();
    bed.hears(miscf(110, "HIGH"));
    assertEquals(
        List.of(AlarmState.ACTIVE),
        bed.output().readings(Alarm.class).stream().map(Alarm::state).toList());
    bed.output().clear();
    bed.hears(miscf(110, "RESET"));
    assertEquals(
        List.of(AlarmState.RESET),
        bed.output().readings(Alarm.class).stream().map(Alarm::state).toList());
    bed.output().clear();
    // A blank is no word: the alarm is where it was.
    bed.hears(miscf(110, "")).hears(miscf(110, "RESET"));
    assertEquals(List.of(), bed.output().readings(Alarm.class));
  }

  @Test
  void settingsComeOnChangeAndEveryMinuteAndValuesAlways() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    int settings = bed.output().readings(Setting.class).size();
    bed.output().clear();
    bed.until(2_500).hears(ANSWER);
    assertEquals(List.of(), bed.output().readings(Setting.class));
    List<Numeric> numerics = bed.output().readings(Numeric.class);
    assertEquals(13, numerics.size());
    assertTrue(numerics.stream().allMatch(n -> n.value() != null));
    bed.output().clear();
    bed.until(4_500).hears(miscf(Map.of(18, "8.0", 38, "OFF")));
    assertEquals(
        List.of("setting 16929192 [cm[H2O]] 8.0 valid", "limit-high 152680 [mL] - off"),
        bed.output().readings(Setting.class).stream().map(Answers::inWords).toList());
    bed.output().clear();
    bed.until(64_500).hears(ANSWER);
    assertEquals(settings, bed.output().readings(Setting.class).size());
  }

  @Test
  void aValueThatGoesAwayIsSaidToBeAbsentOnce() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    for (int i = 0; i < 2; i++) {
      bed.output().clear();
      bed.hears(miscf(77, ""));
      assertEquals(
          i == 0 ? List.of(Quality.NOT_AVAILABLE) : List.of(),
          of(bed.output(), Mdc.CONC_AWAY_O2_INSP).stream().map(Numeric::quality).toList());
    }
    bed.output().clear();
    bed.hears(ANSWER).hears(miscf(77, ""));
    assertEquals(
        List.of(Quality.VALID, Quality.NOT_AVAILABLE),
        of(bed.output(), Mdc.CONC_AWAY_O2_INSP).stream().map(Numeric::quality).toList());
  }

  @Test
  void theClockIsSentFirstAndWhenItJumps() {
    var bed = new ScriptedConversation(session());
    bed.until(500).hears(ANSWER);
    assertEquals(1, bed.output().readings(DeviceClock.class).size());
    bed.output().clear();
    for (int at = 2_500; at < 120_500; at += 2_000) {
      bed.until(at).hears(miscf(5, at < 60_000 ? "08:15" : "08:16"));
    }
    assertEquals(List.of(), bed.output().readings(DeviceClock.class));
    bed.until(121_000).hears(miscf(5, "09:17"));
    bed.until(123_000).hears(miscf(5, "09:17"));
    assertEquals(1, bed.output().readings(DeviceClock.class).size());
  }

  @Test
  void anotherSerialNumberHasToBeSaidTwiceInAConversation() {
    DeviceSession session = session();
    var bed = new ScriptedConversation(session);
    byte[] other = miscf(6, "840 0000000009");
    bed.until(500).hears(ANSWER);
    bed.output().clear();
    bed.until(2_500).hears(other);
    assertEquals(List.of(), bed.output().readings());
    bed.until(4_500).hears(ANSWER);
    assertEquals(13, bed.output().readings(Numeric.class).size(), "the first is still there");
    bed.output().clear();
    bed.until(6_500).hears(other);
    bed.until(8_500).hears(other);
    List<RecordedOutput.Heard> heard = bed.output().heard();
    assertEquals(
        Set.of("0000000001"),
        heard.stream()
            .filter(h -> h.reading() instanceof Numeric n && n.quality() == Quality.NO_DATA)
            .map(h -> h.device().serial())
            .collect(Collectors.toSet()));
    assertEquals("0000000009", heard.getLast().device().serial());
    assertEquals(48, bed.output().readings(Alarm.class).size());
    assertEquals(Map.of("identity-changed", 2L), session.counts().rejects());
  }

  @Test
  void withoutAQuestionEveryAnswerIsReadWhoeverItIs() {
    DeviceSession session = session();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    byte[] wire = Answers.join(ANSWER, golden("miscf-980.hex"), golden("misca-840.hex"));
    session.onBytes(0, wire, wire.length, out);
    assertEquals(3, session.counts().frames());
    assertEquals(
        Set.of("0000000001", "00A0000003", "0000000002"),
        out.heard().stream().map(h -> h.device().serial()).collect(Collectors.toSet()));
    assertEquals(List.of(), out.sent());
  }

  /** The whole list, as bytes: whoever adds a query has to change it here and in the README. */
  @Test
  void nothingButThreeCommandsIsDeclared() {
    assertEquals(
        List.of("SNDF\r", "SNDA\r", "RSET\r"),
        new PuritanBennettDriver()
            .descriptor().queries().stream()
                .map(q -> new String(q.template().render(SlotValues.NONE), US_ASCII))
                .toList());
    assertEquals(List.of(), new PuritanBennettWavesDriver().descriptor().queries());
  }

  @Test
  void againstADeviceThatDoesAnythingNothingElseIsSentAndNeverTooOften() {
    var allowed = new AllowList(new PuritanBennettDriver().descriptor().queries());
    Corruptor corruptor = new Corruptor(840);
    DeviceSession session = session();
    RecordedOutput out = new RecordedOutput();
    long nowNs = 0;
    session.onLinkUp(nowNs, out);
    for (int tick = 0; tick < 200_000; tick++) {
      nowNs += TimeUnit.MILLISECONDS.toNanos(1 + corruptor.random().nextInt(100));
      byte[] wire =
          switch (corruptor.random().nextInt(20)) {
            case 0 -> ANSWER;
            case 1 -> corruptor.damage(ANSWER);
            case 2 -> corruptor.noise(50);
            case 3 -> ascii("SNDF\rRSET\r");
            default -> new byte[0];
          };
      session.onBytes(nowNs, wire, wire.length, out);
      session.onTick(nowNs, out);
      for (RecordedOutput.Sent sent : out.sent()) {
        assertEquals(ByteLink.SendResult.SENT, allowed.judge(nowNs, sent.bytes()).result());
        assertTrue(sent.query() == SNDF || sent.query() == RSET);
      }
      out.clear();
    }
    assertTrue(session.counts().frames() > 5_000);
  }

  private static List<Numeric> of(RecordedOutput out, Code code) {
    return out.readings(Numeric.class).stream()
        .filter(n -> n.metric().code().equals(code))
        .toList();
  }
}
