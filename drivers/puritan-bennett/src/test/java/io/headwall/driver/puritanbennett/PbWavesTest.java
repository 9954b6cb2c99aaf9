package io.headwall.driver.puritanbennett;

import static io.headwall.driver.puritanbennett.Answers.ascii;
import static io.headwall.driver.puritanbennett.Answers.join;
import static io.headwall.driver.puritanbennett.Answers.vector;
import static io.headwall.driver.puritanbennett.Answers.waves;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading.Gap;
import io.headwall.spi.reading.Reading.SampleBlock;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.Corruptor;
import io.headwall.testkit.GoldenFiles;
import io.headwall.testkit.RecordedOutput;
import io.headwall.testkit.ScriptedConversation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The waveform port. */
class PbWavesTest {

  private static final int MISSING = SampleBlock.MISSING;
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void readsTheVectorInEveryChunking() {
    RecordedOutput out =
        ChunkedFeed.sameInEveryChunking(Answers::waves, vector("pb840_wave_breath.txt"));
    List<SampleBlock> blocks = out.readings(SampleBlock.class);
    assertEquals(4, blocks.size());
    expect(blocks.get(0), Mdc.FLOW_AWAY, 0, 1, 125, 480, -203);
    expect(blocks.get(1), Mdc.PRESS_AWAY, 0, 1, 80, 152, 99);
    expect(blocks.get(2), Mdc.FLOW_AWAY, 0, 1, 10);
    expect(blocks.get(3), Mdc.PRESS_AWAY, 0, 1, 60);
    List<Gap> gaps = out.readings(Gap.class);
    assertEquals(1, gaps.size());
    assertEquals("breath 101 followed by 103", gaps.getFirst().reason());
    assertEquals(List.of(SessionState.SPEAKING), out.states());
    DeviceSession session = feed(vector("pb840_wave_breath.txt"));
    assertEquals(Map.of("outside-breath", 1L), session.counts().rejects());
    assertEquals(8, session.counts().frames());
  }

  @Test
  void readsTheGoldenBreathWithEveryLineEnd() {
    byte[] wire = GoldenFiles.golden(PbWavesTest.class, "waves.hex");
    RecordedOutput out =
        ChunkedFeed.sameInEveryChunking(Answers::waves, join(ascii("BS,1.0,\r"), wire));
    List<SampleBlock> blocks = out.readings(SampleBlock.class);
    expect(blocks.get(0), Mdc.FLOW_AWAY, 0, 2, 0, -1225, MISSING, 6000);
    expect(blocks.get(1), Mdc.PRESS_AWAY, 0, 1, 50, 52, MISSING, 181);
    assertEquals(2, blocks.size());
  }

  @Test
  void stampsSamplesFromTheBeginningOfTheirBreath() {
    var bed = new ScriptedConversation(waves());
    bed.until(1_000).hears(ascii("BS, S:7,\r\n"));
    for (int i = 0; i < 120; i++) {
      bed.until(1_020 + i * 20L).hears(ascii(i + ".0, 5.0\r\n"));
    }
    bed.hears(ascii("BE\r\n"));
    List<SampleBlock> flows = blocks(bed.output());
    assertEquals(List.of(50, 50, 20), flows.stream().map(b -> b.samples().length).toList());
    assertEquals(
        List.of(1_000 * MS, 2_000 * MS, 3_000 * MS),
        flows.stream().map(SampleBlock::measuredNs).toList());
    assertTrue(flows.stream().allMatch(b -> b.periodNs() == 20 * MS));
    assertEquals(1190, flows.get(2).samples()[19]);
  }

  @Test
  void aStartInsideABreathEndsIt() {
    RecordedOutput out = new RecordedOutput();
    feed(ascii("BS, S:1,\r1, 2\rBS, S:2,\r3, 4\rBE, anything\r"), out);
    List<SampleBlock> flows = blocks(out);
    assertEquals(2, flows.size());
    assertArrayEquals(new int[] {3}, flows.get(1).samples());
    assertEquals(List.of(), out.readings(Gap.class));
  }

  @Test
  void aGapReachesFromTheLastKnownSampleToTheNewBreath() {
    var bed = new ScriptedConversation(waves());
    bed.until(1_000).hears(ascii("BS, S:1,\r1.0, 2.0\r3.0, 4.0\rBE\r"));
    bed.until(9_000).hears(ascii("BS, S:4,\r"));
    Gap gap = bed.output().readings(Gap.class).getFirst();
    assertEquals(1_040 * MS, gap.fromNs());
    assertEquals(9_000 * MS, gap.measuredNs());
  }

  @Test
  void aDamagedLineKeepsItsPlaceInTheBreath() {
    RecordedOutput out = new RecordedOutput();
    DeviceSession session =
        feed(ascii("BS, S:1,\r1.0, 2.0\r1.x, 2.0\r999.0, 2.0\r1.0, 2.00001\r5.0, 6.0\rBE\r"), out);
    assertArrayEquals(
        new int[] {10, MISSING, MISSING, MISSING, 50}, blocks(out).getFirst().samples());
    assertEquals(Map.of("line", 1L, "range", 1L, "digits", 1L), session.counts().rejects());
  }

  @Test
  void fallsSilentTenSecondsAfterTheLastGoodLine() {
    var bed = new ScriptedConversation(waves());
    bed.until(1_000).hears(ascii("BS, S:1,\r1.0, 2.0\r")).expectStates(SessionState.SPEAKING);
    bed.until(10_900);
    assertEquals(List.of(), bed.output().readings());
    bed.until(11_000);
    assertEquals(1, blocks(bed.output()).size(), "what was heard is not kept back");
    bed.expectStates(SessionState.SILENT);
    bed.hears(ascii("1.0, 2.0\r"));
    assertEquals(List.of(), bed.output().readings());
    bed.hears(ascii("BS, S:9,\r"));
    assertEquals(1, bed.output().readings(Gap.class).size());
    bed.expectStates(SessionState.SPEAKING);
  }

  @Test
  void lineDownSendsWhatWasHeardAndStartsAnew() {
    var bed = new ScriptedConversation(waves());
    bed.until(1_000).hears(ascii("BS, S:1,\r1.0, 2.0\r2.0, "));
    bed.linkDown();
    assertEquals(1, blocks(bed.output()).size());
    bed.output().clear();
    bed.linkUp().hears(ascii("5.0\rBS, S:9,\r"));
    assertEquals(List.of(), bed.output().readings(), "the port says that the line was down");
  }

  @Test
  void aBreathWithoutEndIsGivenUp() {
    RecordedOutput out = new RecordedOutput();
    DeviceSession session = feed(ascii("BS, S:1,\r" + "1.0, 2.0\r".repeat(10_000)), out);
    assertEquals(
        PbWaveSession.BREATH_SAMPLES_MAX,
        blocks(out).stream().mapToInt(b -> b.samples().length).sum());
    assertEquals(1L, session.counts().rejects().get("breath-too-long"));
  }

  @Test
  void neverSendsAnything() {
    Corruptor corruptor = new Corruptor(3);
    DeviceSession session = waves();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    for (int i = 0; i < 20_000; i++) {
      byte[] wire = corruptor.damage(vector("pb840_wave_breath.txt"));
      session.onBytes(i * MS, wire, wire.length, out);
      session.onTick(i * MS, out);
    }
    assertEquals(List.of(), out.sent());
  }

  /** A digit that became another digit cannot be seen here either; all else must be. */
  @Test
  void ofDamagedBreathsFewerThanOneInTenHasAWrongSample() {
    byte[] good = vector("pb840_wave_breath.txt");
    List<SampleBlock> truth = heard(good);
    Corruptor corruptor = new Corruptor(11);
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      for (SampleBlock block : heard(corruptor.damage(good))) {
        if (!partOf(truth, block)) {
          wrong++;
          break;
        }
      }
    }
    assertTrue(wrong < 2_000, "wrong " + wrong);
  }

  @Test
  void tenMillionRandomBytesGiveNothing() {
    Corruptor corruptor = new Corruptor(5);
    DeviceSession session = waves();
    RecordedOutput out = new RecordedOutput();
    session.onLinkUp(0, out);
    for (int fed = 0; fed < 10_000_000; fed += 10_000) {
      session.onBytes(fed, corruptor.noise(10_000), 10_000, out);
    }
    assertEquals(List.of(), out.readings());
    assertEquals(List.of(), out.states());
  }

  @Test
  void readsTheSameUnderEveryLocale() {
    List<SampleBlock> truth = heard(vector("pb840_wave_breath.txt"));
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG", "de-DE", "hi-IN", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(truth, heard(vector("pb840_wave_breath.txt")), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Whether every sample that is there stands in one true block, in order and side by side. */
  private static boolean partOf(List<SampleBlock> truth, SampleBlock block) {
    for (SampleBlock t : truth) {
      if (!t.metric().equals(block.metric())) continue;
      for (int shift = 0; shift <= t.samples().length; shift++) {
        if (fits(t, block, shift)) return true;
      }
    }
    return false;
  }

  private static boolean fits(SampleBlock t, SampleBlock block, int shift) {
    for (int i = 0; i < block.samples().length; i++) {
      if (block.samples()[i] == MISSING) continue;
      if (shift + i >= t.samples().length) return false;
      Decimal a = Decimal.of(block.samples()[i], block.step().scale());
      Decimal b = Decimal.of(t.samples()[shift + i], t.step().scale());
      if (a.compareValue(b) != 0) return false;
    }
    return true;
  }

  private static List<SampleBlock> heard(byte[] wire) {
    RecordedOutput out = new RecordedOutput();
    feed(wire, out);
    return out.readings(SampleBlock.class);
  }

  private static DeviceSession feed(byte[] wire) {
    return feed(wire, new RecordedOutput());
  }

  private static DeviceSession feed(byte[] wire, RecordedOutput out) {
    return ChunkedFeed.feed(waves(), wire, wire.length, out);
  }

  private static List<SampleBlock> blocks(RecordedOutput out) {
    return out.readings(SampleBlock.class).stream()
        .filter(b -> b.metric().code().equals(Mdc.FLOW_AWAY))
        .toList();
  }

  private static void expect(
      SampleBlock block, Code code, long measuredNs, int scale, int... samples) {
    assertEquals(code, block.metric().code());
    assertEquals(measuredNs, block.measuredNs());
    assertEquals(Decimal.of(1, scale), block.step());
    assertArrayEquals(samples, block.samples());
  }
}
