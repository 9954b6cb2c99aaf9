package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.reading.DeviceIdentity;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one report at a time. An answer that does not begin in {@value #START_MS} ms, or is not
 * whole {@value #WHOLE_MS} ms after its first byte, is given up: RSET, and the question again. What
 * is heard without a question is read all the same.
 */
final class PbSession implements DeviceSession {

  static final long START_MS = 2_000;
  static final long WHOLE_MS = 3_000;

  /** On top of the poll interval: at the usual 2 s, ten seconds without a good answer. */
  static final long SILENCE_BEYOND_POLL_MS = 8_000;

  /**
   * An answer in which more fields than this are not of their type is not the report that we know,
   * whatever its counts say.
   */
  static final int UNFIT_FIELDS_MAX = 4;

  private static final long START_NS = TimeUnit.MILLISECONDS.toNanos(START_MS);
  private static final long WHOLE_NS = TimeUnit.MILLISECONDS.toNanos(WHOLE_MS);

  private final PbQuery question;
  private final long pollNs;
  private final long silenceNs;
  private final SessionCounts.Counter counter = new SessionCounts.Counter();
  private final PbCodec codec = new PbCodec(counter);
  private final PbReporter reporter = new PbReporter();

  private SessionState state = SessionState.SILENT;
  private boolean asked;
  private boolean waiting;
  private long askedNs;
  private long heardNs;
  private long goodNs;
  private int missed;
  private @Nullable DeviceIdentity device;
  private @Nullable DeviceIdentity newcomer;

  /**
   * A session that has not begun.
   *
   * @param question SNDF or SNDA
   */
  PbSession(PbQuery question, long pollMs) {
    this.question = question;
    this.pollNs = TimeUnit.MILLISECONDS.toNanos(pollMs);
    this.silenceNs = pollNs + TimeUnit.MILLISECONDS.toNanos(SILENCE_BEYOND_POLL_MS);
  }

  @Override
  public void onLinkUp(long nowNs, SessionOutput out) {
    codec.reset();
    asked = false;
    waiting = false;
    heardNs = nowNs;
  }

  @Override
  public void onBytes(long nowNs, byte[] data, int length, SessionOutput out) {
    codec.feed(nowNs, data, length, line -> onLine(nowNs, line, out));
  }

  @Override
  public void onTick(long nowNs, SessionOutput out) {
    if (nowNs - heardNs >= silenceNs && !answerComes(nowNs)) {
      codec.reset();
      fallSilent(nowNs, out);
    }
    if (waiting && overdue(nowNs)) {
      if (codec.collecting()) counter.reject("not-whole");
      codec.reset();
      missed++;
      out.send(PbQuery.RSET);
      ask(nowNs, out);
    } else if (!waiting && (!asked || nowNs - askedNs >= pollNs)) {
      ask(nowNs, out);
    }
  }

  @Override
  public void onLinkDown(long nowNs, SessionOutput out) {
    codec.reset();
    waiting = false;
    fallSilent(nowNs, out);
  }

  @Override
  public SessionCounts counts() {
    return counter.counts();
  }

  private void ask(long nowNs, SessionOutput out) {
    out.send(question);
    asked = true;
    waiting = true;
    askedNs = nowNs;
  }

  /** Its values are of the time it began: "no data" said meanwhile would be newer than they are. */
  private boolean answerComes(long nowNs) {
    return codec.collecting() && nowNs - codec.firstByteNs() < WHOLE_NS;
  }

  private boolean overdue(long nowNs) {
    boolean begun = codec.collecting() && codec.firstByteNs() >= askedNs;
    return begun ? nowNs - codec.firstByteNs() >= WHOLE_NS : nowNs - askedNs >= START_NS;
  }

  private void onLine(long nowNs, PbLine line, SessionOutput out) {
    // A line that was cut by the head of the next one ends nothing: the next one is the answer.
    if (!codec.collecting()) waiting = false;
    switch (line) {
      case PbLine.Refused(String reason) -> refuse(reason);
      case PbLine.Answer answer ->
          PbMapping.device(answer)
              .ifPresentOrElse(who -> onAnswer(nowNs, answer, who, out), () -> refuse("identity"));
    }
  }

  private void onAnswer(long nowNs, PbLine.Answer answer, DeviceIdentity who, SessionOutput out) {
    PbMapping.Said said = PbMapping.said(answer, who);
    if (said.unfit().size() > UNFIT_FIELDS_MAX) {
      refuse("unfit");
      return;
    }
    if (!believes(who, nowNs, out)) {
      refuse("identity-changed");
      return;
    }
    counter.frame();
    said.unfit().forEach(counter::reject);
    heardNs = nowNs;
    if (missed > 0 && state == SessionState.SPEAKING) {
      reporter.gap(who, goodNs, answer.firstByteNs(), missed, out);
    }
    missed = 0;
    goodNs = answer.firstByteNs();
    enter(SessionState.SPEAKING, out);
    LocalDateTime clock = PbMapping.clock(answer).orElse(null);
    if (clock == null) counter.reject("clock");
    else reporter.clock(who, answer.firstByteNs(), clock, out);
    reporter.report(who, nowNs, said.readings(), out);
  }

  private void refuse(String reason) {
    counter.reject(reason);
    missed++;
  }

  /**
   * Whether the answer is this ventilator's. In the middle of a conversation a damaged serial
   * number is likelier than another ventilator, so that a new one has to say twice running who it
   * is.
   */
  private boolean believes(DeviceIdentity who, long nowNs, SessionOutput out) {
    boolean changed = device != null && !device.equals(who);
    if (changed && asked && !who.equals(newcomer)) {
      newcomer = who;
      return false;
    }
    if (changed) reporter.noData(nowNs, out);
    device = who;
    newcomer = null;
    return true;
  }

  private void fallSilent(long nowNs, SessionOutput out) {
    if (state == SessionState.SILENT) return;
    enter(SessionState.SILENT, out);
    reporter.noData(nowNs, out);
    device = null;
    newcomer = null;
  }

  private void enter(SessionState next, SessionOutput out) {
    if (next == state) return;
    state = next;
    out.state(next);
  }
}
