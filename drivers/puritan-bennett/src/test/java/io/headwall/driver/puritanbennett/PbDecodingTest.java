package io.headwall.driver.puritanbennett;

import static io.headwall.driver.puritanbennett.Answers.ascii;
import static io.headwall.driver.puritanbennett.Answers.golden;
import static io.headwall.driver.puritanbennett.Answers.join;
import static io.headwall.driver.puritanbennett.Answers.miscf;
import static io.headwall.driver.puritanbennett.Answers.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.DeviceClock;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.GoldenFiles;
import io.headwall.testkit.RecordedOutput;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes to readings, with nobody asking: a session that only hears. */
class PbDecodingTest {

  private final RecordedOutput out = new RecordedOutput();

  @ParameterizedTest
  @ValueSource(strings = {"miscf-840", "miscf-980", "misca-840"})
  void readsEveryFieldOfAGoldenAnswerAndNothingElse(String name) {
    List<String> expected =
        GoldenFiles.text(PbDecodingTest.class, "/golden/" + name + ".expected.txt")
            .lines()
            .toList();
    DeviceSession session = hear(golden(name + ".hex"));
    List<String> found = new ArrayList<>(out.readings().stream().map(Answers::inWords).toList());
    assertEquals("clock 2026-11-24T08:15", found.removeFirst());
    assertEquals(String.join("\n", expected), String.join("\n", found));
    assertEquals(1, session.counts().frames());
    assertEquals(Map.of(), session.counts().rejects());
    assertEquals(List.of(SessionState.SPEAKING), out.states());
  }

  @Test
  void namesTheVentilator() {
    hear(miscf());
    DeviceIdentity expected =
        new DeviceIdentity(
            "Puritan Bennett", "840", "0000000001", null, "", Mdc.DEV_SYS_PT_VENT_MDS);
    assertTrue(out.heard().stream().allMatch(h -> h.device().equals(expected)));
    RecordedOutput of980 = new RecordedOutput();
    hear(golden("miscf-980.hex"), of980);
    assertEquals("980", of980.heard().getFirst().device().model());
    assertEquals("00A0000003", of980.heard().getFirst().device().serial());
  }

  @Test
  void readsThePlainVectorValueByValue() {
    hear(miscf());
    expect(
        "setting 16961568 SIMV valid",
        "setting x-mandatory-type-setting VC valid",
        "setting x-spontaneous-type-setting PS valid",
        "setting x-trigger-type-setting V-Trig valid",
        "setting 16929762 [{breath}/min] 12.0 valid",
        "setting 16929196 [mL] 450 valid",
        "setting x-peak-flow-setting [L/min] 45.0 valid",
        "setting 16930360 [%] 40 valid",
        "setting 152428 [cm[H2O]] - not-available",
        "setting 16929192 [cm[H2O]] 6.0 valid",
        "setting x-plateau-time-setting [s] 0.0 valid",
        "setting 16929072 [s] 20 valid",
        "setting x-pressure-support-setting [cm[H2O]] 10 valid",
        "setting x-flow-pattern-setting SQUARE valid",
        "limit-high 151817 [cm[H2O]] 40 valid",
        "limit-low 151817 [cm[H2O]] - not-available",
        "limit-high 151880 [L/min] 12.000 valid",
        "limit-low 151880 [L/min] 3.000 valid",
        "limit-high 152680 [mL] 800 valid",
        "limit-low 152680 [mL] 200 valid",
        "limit-high 152676 [mL] - off",
        "limit-low 152676 [mL] - off",
        "limit-high 151586 [{breath}/min] 35 valid",
        "limit-high 153220 [mL] - not-available",
        "setting x-base-flow-setting [L/min] 3.5 valid",
        "setting x-flow-trigger-setting [L/min] 2.0 valid",
        "setting x-humidification-type-setting HME valid",
        "setting x-oxygen-sensor-setting Enabled valid",
        "setting x-ideal-body-weight-setting [kg] 70.0 valid",
        "setting x-circuit-type-setting ADULT valid");
    expect(
        "text 184352 SIMV VC PS",
        "text 202822 OFF",
        "numeric 152712 [cm[H2O]] 18.0 valid",
        "numeric 151586 [{breath}/min] 14.0 valid",
        "numeric 151868 [mL] 448 valid",
        "numeric 151880 [L/min] 6.272 valid",
        "numeric 151817 [cm[H2O]] 22.0 valid",
        "numeric 151795 [cm[H2O]] 9.5 valid",
        "numeric 153488 [1] 2.10 valid",
        "numeric 152196 [%] 40 valid",
        "numeric 153220 [mL] 452 valid",
        "numeric 151808 [cm[H2O]] - not-available",
        "numeric 151976 [cm[H2O]] 6.0 valid",
        "numeric 152600 [mL/cm[H2O]] 37.0 valid",
        "numeric 152596 [cm[H2O]/(L/s)] 8.1 valid",
        "numeric 151769 [L/min] 52.0 valid");
    // 106 to 153 are NORMAL; 95 is blank.
    assertEquals(48, out.readings(Alarm.class).size());
    assertTrue(out.readings(Alarm.class).stream().allMatch(a -> a.state() == AlarmState.INACTIVE));
    assertEquals(
        LocalDateTime.of(2026, 11, 24, 8, 15), out.readings(DeviceClock.class).getFirst().clock());
  }

  @Test
  void readsTheAlarmVector() {
    hear(vector("pb840_miscf_alarms.bin"));
    expect(
        "alarm x-alarm-high-circuit-pressure active high HIGH",
        "alarm x-alarm-low-exhaled-minute-volume active medium MEDIUM",
        "alarm x-alarm-low-oxygen active low LOW",
        "alarm x-alarm-low-exhaled-mandatory-tidal-volume reset unstated RESET",
        "alarm x-alarm-apnea-ventilation inactive unstated NORMAL",
        "numeric 151868 [mL] - not-available",
        "numeric 152196 [%] - not-available",
        "numeric 151880 [L/min] 6.272 valid");
  }

  @Test
  void dropsTheCutVectorWhole() {
    DeviceSession session = hear(vector("pb840_miscf_cut.bin"));
    assertEquals(List.of(), out.readings());
    assertEquals(List.of(), out.states());
    assertEquals(Map.of("length", 1L), session.counts().rejects());
  }

  @Test
  void findsExactlyOneAnswerAfterHalfALine() {
    DeviceSession session = hear(vector("pb840_attach_midline.bin"));
    RecordedOutput plain = new RecordedOutput();
    hear(miscf(), plain);
    assertEquals(plain.heard(), out.heard());
    assertEquals(1, session.counts().frames());
    assertEquals(1588 - 1244, session.counts().noiseBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"miscf-840", "miscf-980", "misca-840"})
  void readsTheSameInEveryChunkingWithNoiseAround(String name) {
    byte[] noise = ascii("MIS,MISCF\r\u0002MMISC");
    byte[] wire = join(noise, golden(name + ".hex"), ascii("MISCA,\u0003 "));
    RecordedOutput plain = new RecordedOutput();
    hear(golden(name + ".hex"), plain);
    RecordedOutput chunked = ChunkedFeed.sameInEveryChunking(Answers::session, wire);
    assertEquals(plain.heard(), chunked.heard());
  }

  @Test
  void readsTwoAnswersRunTogetherInEveryChunking() {
    byte[] whole = miscf();
    byte[] lostItsEnd = Arrays.copyOf(whole, 700);
    RecordedOutput chunked =
        ChunkedFeed.sameInEveryChunking(Answers::session, join(lostItsEnd, whole));
    assertEquals(14, numeric(chunked, Mdc.VENT_RESP_RATE.refid()));
    DeviceSession session = hear(join(lostItsEnd, whole));
    assertEquals(Map.of("cut", 1L), session.counts().rejects());
  }

  @Test
  void takesTheByteCountAsVentilatorsAndAsTheManualHaveIt() {
    byte[] manual = miscf();
    manual[9] = '6';
    hear(manual);
    RecordedOutput plain = new RecordedOutput();
    hear(miscf(), plain);
    assertEquals(plain.heard(), out.heard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MISCA,707,97,", "MISCA,706,97 ,", "MISCA,707,97 ,"})
  void takesTheHeadOfAMiscaInEveryFormThatIsLikely(String head) {
    byte[] rest = golden("misca-840.hex");
    rest = Arrays.copyOfRange(rest, "MISCA,706,97,".length(), rest.length);
    assertEquals(1, hear(join(ascii(head), rest)).counts().frames());
  }

  @ParameterizedTest
  @CsvSource({
    "9, 7, head", // 1227 bytes
    "12, 8, head", // 168 fields
    "16, 32, head", // no STX
    "23, 32, fields", // a comma less
    "24, 44, fields", // a comma more
    "300, 7, byte", // a control character
    "300, 200, byte", // no ASCII
    "1242, 32, end" // no ETX
  })
  void dropsAnAnswerWithOneWrongByte(int at, int value, String reason) {
    byte[] wire = miscf();
    wire[at] = value < 10 ? (byte) ('0' + value) : (byte) value;
    if (value == 7 && reason.equals("byte")) wire[at] = 7;
    DeviceSession session = hear(wire);
    assertEquals(List.of(), out.readings());
    assertEquals(Map.of(reason, 1L), session.counts().rejects());
  }

  @Test
  void dropsAnAnswerWithACommaThatMoved() {
    byte[] wire = miscf();
    wire[23] = '1';
    wire[22] = ',';
    assertEquals(Map.of("width", 1L), hear(wire).counts().rejects());
    assertEquals(List.of(), out.readings());
  }

  @ParameterizedTest
  @CsvSource({
    "'0.448', 448, VALID",
    "'1.3', 1300, VALID",
    "'2', 2000, VALID",
    "'.5', 500, VALID",
    "'0.0005', 0.5, VALID",
    "'12.000', 12000, OUT_OF_RANGE",
    "'-1.0', -1000, OUT_OF_RANGE",
    "'--', , NOT_AVAILABLE",
    "'****', , NOT_AVAILABLE",
    "'----', , NOT_AVAILABLE",
    "'', , NOT_AVAILABLE",
    "'OFF', , OFF",
    "'0.4 8', , UNREADABLE",
    "' 0.448', , UNREADABLE",
    "'0,448', , UNREADABLE",
    "'1e3', , UNREADABLE",
    "'0.44B', , UNREADABLE",
    "'-', , UNREADABLE"
  })
  void readsATidalVolumeInLitres(String text, String millilitres, Quality quality) {
    if (text.indexOf(',') >= 0) text = text.replace(',', ';'); // the comma is the separator itself
    DeviceSession session = hear(miscf(71, text));
    Numeric tidal =
        out.readings(Numeric.class).stream()
            .filter(n -> n.metric().code().equals(Mdc.VOL_AWAY_TIDAL))
            .findFirst()
            .orElseThrow();
    assertEquals(quality, tidal.quality());
    assertEquals(millilitres == null ? "null" : millilitres, String.valueOf(tidal.value()), text);
    assertEquals(
        quality == Quality.UNREADABLE ? Map.of("number", 1L) : Map.of(),
        session.counts().rejects());
  }

  @ParameterizedTest
  @CsvSource({
    "2.10, 1:2.10, 2.10 valid",
    "2.10, '', 2.10 valid",
    "2.10, 1:2.1, 2.10 valid",
    "10.25, 1:10.2, 10.25 valid",
    "2.10, 1:3.10, - unreadable",
    "2.10, 2.00:1, - unreadable",
    "'', 1:2.10, - not-available"
  })
  void believesTheRatioOnlyWhereBothFieldsAgree(String part, String text, String expected) {
    hear(miscf(Map.of(75, part, 76, text)));
    expect("numeric 153488 [1] " + expected);
  }

  @Test
  void marksAModeThatNoSourceNamesAndMakesNoTextOfIt() {
    hear(miscf(9, "VTG"));
    expect("setting 16961568 VTG out-of-range");
    assertTrue(
        out.readings(Reading.Text.class).stream()
            .noneMatch(t -> t.metric().code().equals(Mdc.VENT_MODE)));
  }

  @Test
  void leavesTheSpontaneousTypeOutOfAssistControl() {
    hear(miscf(Map.of(9, "A/C", 10, "VC+")));
    expect("text 184352 A/C VC+");
  }

  @Test
  void dropsAnAlarmWordThatItDoesNotKnow() {
    DeviceSession session = hear(miscf(Map.of(110, "HIGHER", 111, "", 112, "----")));
    assertEquals(Map.of("alarm-word", 1L), session.counts().rejects());
    assertEquals(45, out.readings(Alarm.class).size());
  }

  @Test
  void dropsAnAnswerWhoseFieldsAreNotOfTheirTypes() {
    Map<Integer, String> four = new HashMap<>();
    for (int i = 69; i < 73; i++) four.put(i, "NORMAL");
    assertEquals(1, hear(miscf(four)).counts().frames());
    out.clear();
    four.put(73, "NORMAL");
    DeviceSession session = hear(miscf(four));
    assertEquals(List.of(), out.readings());
    assertEquals(Map.of("unfit", 1L), session.counts().rejects());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "850 0000000001", "840  000000001", "840 00#0000001", "8400000000001"})
  void dropsAnAnswerOfNobody(String identity) {
    DeviceSession session = hear(miscf(6, identity));
    assertEquals(List.of(), out.readings());
    assertEquals(Map.of("identity", 1L), session.counts().rejects());
  }

  @Test
  void sendsNoClockThatIsNone() {
    for (String date : List.of("NOV 31 2026", "NIV 24 2026", "2026-11-24", "")) {
      out.clear();
      DeviceSession session = hear(miscf(7, date));
      assertEquals(List.of(), out.readings(DeviceClock.class), date);
      assertEquals(Map.of("clock", 1L), session.counts().rejects(), date);
    }
  }

  @Test
  void readsTheSameUnderEveryLocale() {
    hear(golden("miscf-840.hex"));
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "de-DE", "hi-IN", "tr-TR", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        RecordedOutput there = new RecordedOutput();
        hear(golden("miscf-840.hex"), there);
        assertEquals(out.heard(), there.heard(), tag);
        assertEquals(
            out.readings().stream().map(Answers::inWords).toList(),
            there.readings().stream().map(Answers::inWords).toList());
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void eachMetricHasOneMeaningInAReport() {
    for (List<PbField> rows : List.of(MiscfFields.OF_840, MiscfFields.OF_980, MiscaFields.ALL)) {
      assertEquals(
          rows.size(), rows.stream().map(PbField::number).distinct().count(), "one row a field");
    }
    hear(golden("miscf-840.hex"));
    List<Object> keys = new ArrayList<>();
    for (Reading r : out.readings()) {
      Object kind = r instanceof Setting s ? s.kind() : r.getClass();
      keys.add(List.of(r.metric().code(), kind));
    }
    assertEquals(keys.size(), keys.stream().distinct().count());
  }

  private DeviceSession hear(byte[] wire) {
    return hear(wire, out);
  }

  private static DeviceSession hear(byte[] wire, RecordedOutput into) {
    return ChunkedFeed.feed(Answers.session(), wire, wire.length, into);
  }

  private void expect(String... lines) {
    List<String> found = out.readings().stream().map(Answers::inWords).toList();
    for (String line : lines) {
      assertTrue(found.contains(line), line + " is not in\n" + String.join("\n", found));
    }
  }

  private static int numeric(RecordedOutput from, String refid) {
    return from.readings(Numeric.class).stream()
        .filter(n -> n.metric().code().refid().equals(refid) && n.value() != null)
        .mapToInt(n -> Objects.requireNonNull(n.value()).toBigDecimal().intValue())
        .findFirst()
        .orElseThrow();
  }
}
