package io.headwall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionState;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays a conversation with a session on a clock of its own, in milliseconds, and checks what it
 * does.
 */
public final class ScriptedConversation {

  private static final long TICK_MS = 100;

  private final DeviceSession session;
  private final RecordedOutput out = new RecordedOutput();
  private long nowMs;

  /** Opens the link at 0 ms. */
  public ScriptedConversation(DeviceSession session) {
    this.session = session;
    session.onLinkUp(0, out);
  }

  /** Lets time pass in ticks of 100 ms, the last one at {@code ms}. */
  public ScriptedConversation until(long ms) {
    while (nowMs < ms) {
      nowMs = Math.min(ms, nowMs + TICK_MS);
      session.onTick(nowNs(), out);
    }
    return this;
  }

  /** The device's bytes arrive now. */
  public ScriptedConversation hears(byte[] bytes) {
    session.onBytes(nowNs(), bytes, bytes.length, out);
    return this;
  }

  public ScriptedConversation linkDown() {
    session.onLinkDown(nowNs(), out);
    return this;
  }

  public ScriptedConversation linkUp() {
    session.onLinkUp(nowNs(), out);
    return this;
  }

  /** The queries sent since the last look, in order; looks away from them. */
  public ScriptedConversation expectSent(Query... queries) {
    assertEquals(List.of(queries), out.queries(), "sent until " + nowMs + " ms");
    out.clear();
    return this;
  }

  /** The states entered since the last look; looks away from them. */
  public ScriptedConversation expectStates(SessionState... states) {
    assertEquals(List.of(states), out.states(), "states until " + nowMs + " ms");
    out.clear();
    return this;
  }

  /** What has come out since the last look. */
  public RecordedOutput output() {
    return out;
  }

  public long nowNs() {
    return TimeUnit.MILLISECONDS.toNanos(nowMs);
  }
}
