package io.headwall.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.Template;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** The kit finds sessions that notice how a stream is cut, and plays conversations in order. */
final class ChunkedFeedTest {

  private static final byte[] WIRE = {'a', '\n', 'b', 'c', '\n', 'd'};
  private static final LocalCode CODE = new LocalCode("x-line");
  private static final Metric LINE = Metric.unitless(CODE, Containment.of(CODE, CODE, CODE));
  private static final DeviceIdentity LARCH =
      new DeviceIdentity("Larch", "T1", null, null, "", CODE);
  private static final Query ASK = new Ask("ASK", Template.ascii("T\r", 1, 1));

  private record Ask(String name, Template template) implements Query {}

  /** What of its output depends on the chunking, if any. */
  enum Fault {
    NONE,
    READINGS,
    STATES,
    COUNTS
  }

  /** One text a line; asks each second; silent after a lost link. */
  private static final class LineSession implements DeviceSession {
    private final Fault fault;
    private final SessionCounts.Counter counter = new SessionCounts.Counter();
    private final StringBuilder line = new StringBuilder();
    private long askedNs;

    LineSession(Fault fault) {
      this.fault = fault;
    }

    @Override
    public void onLinkUp(long nowNs, SessionOutput out) {
      askedNs = nowNs;
    }

    @Override
    public void onBytes(long nowNs, byte[] data, int length, SessionOutput out) {
      for (int i = 0; i < length; i++) {
        if (data[i] != '\n') {
          line.append((char) data[i]);
          continue;
        }
        counter.frame();
        out.reading(LARCH, new Reading.Text(LINE, nowNs, line.toString()));
        line.setLength(0);
      }
      if (fault == Fault.READINGS) line.setLength(0); // forgets what is half read
      if (fault == Fault.STATES) out.state(SessionState.SPEAKING);
      if (fault == Fault.COUNTS) counter.noise(1);
    }

    @Override
    public void onTick(long nowNs, SessionOutput out) {
      if (nowNs - askedNs < TimeUnit.SECONDS.toNanos(1)) return;
      askedNs = nowNs;
      out.send(ASK);
    }

    @Override
    public void onLinkDown(long nowNs, SessionOutput out) {
      line.setLength(0);
      out.state(SessionState.SILENT);
    }

    @Override
    public SessionCounts counts() {
      return counter.counts();
    }
  }

  @Test
  void aGoodSessionGivesTheSameInEveryChunking() {
    RecordedOutput out = ChunkedFeed.sameInEveryChunking(() -> new LineSession(Fault.NONE), WIRE);
    assertEquals(
        List.of(new Reading.Text(LINE, 0, "a"), new Reading.Text(LINE, 0, "bc")), out.readings());
    assertEquals(2, out.readings(Reading.Text.class).size());
    assertEquals(0, out.readings(Reading.Alarm.class).size());
    assertEquals(LARCH, out.heard().getFirst().device());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aSessionThatDependsOnTheChunkingIsFound(Fault fault) {
    AssertionFailedError found =
        assertThrows(
            AssertionFailedError.class,
            () -> ChunkedFeed.sameInEveryChunking(() -> new LineSession(fault), WIRE));
    assertTrue(String.valueOf(found.getMessage()).contains("in chunks of 1"), found::getMessage);
  }

  @Test
  void nothingFedIsNothingHeard() {
    RecordedOutput out =
        ChunkedFeed.sameInEveryChunking(() -> new LineSession(Fault.NONE), new byte[0]);
    assertEquals(List.of(), out.readings());
  }

  @Test
  void aConversationTicksTenTimesASecondAndLooksOnce() {
    ScriptedConversation bed = new ScriptedConversation(new LineSession(Fault.NONE));
    bed.until(999).expectSent();
    bed.until(1_050).expectSent(ASK);
    bed.until(2_050).expectSent(ASK);
    assertEquals(TimeUnit.MILLISECONDS.toNanos(2_050), bed.nowNs());
    bed.hears(WIRE);
    assertEquals(2, bed.output().readings().size());
    assertEquals(bed.nowNs(), bed.output().readings().getFirst().measuredNs());
    bed.linkDown().expectStates(SessionState.SILENT);
    bed.linkUp().expectStates();
    assertThrows(AssertionFailedError.class, () -> bed.until(4_000).expectSent());
  }

  @Test
  void whatIsSentIsKeptAsBytes() {
    RecordedOutput out = new RecordedOutput();
    out.send(ASK);
    assertEquals(List.of(ASK), out.queries());
    assertEquals("T\r", new String(out.sent().getFirst().bytes(), US_ASCII));
  }
}
