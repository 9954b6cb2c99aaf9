package io.headwall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.spi.driver.DeviceSession;
import java.util.Arrays;
import java.util.function.Supplier;

/** Feeds the same bytes in every chunking; a session must not notice how a stream is cut. */
public final class ChunkedFeed {

  private ChunkedFeed() {}

  /**
   * Feeds {@code wire} to a fresh session for each chunk size from 1 to all at once, all at time 0,
   * and checks that readings, states and counts are the same.
   *
   * @return what came out, the same for every chunking
   */
  public static RecordedOutput sameInEveryChunking(
      Supplier<DeviceSession> newSession, byte[] wire) {
    RecordedOutput whole = new RecordedOutput();
    DeviceSession first = feed(newSession.get(), wire, wire.length, whole);
    for (int chunk = 1; chunk < wire.length; chunk++) {
      RecordedOutput out = new RecordedOutput();
      DeviceSession session = feed(newSession.get(), wire, chunk, out);
      String where = "in chunks of " + chunk;
      assertEquals(whole.heard(), out.heard(), where);
      assertEquals(whole.states(), out.states(), where);
      assertEquals(first.counts(), session.counts(), where);
    }
    return whole;
  }

  /** Opens the link at time 0 and feeds {@code wire} in chunks of the given size, all at time 0. */
  public static DeviceSession feed(
      DeviceSession session, byte[] wire, int chunk, RecordedOutput out) {
    session.onLinkUp(0, out);
    for (int from = 0; from < wire.length; from += chunk) {
      byte[] piece = Arrays.copyOfRange(wire, from, Math.min(wire.length, from + chunk));
      session.onBytes(0, piece, piece.length, out);
    }
    return session;
  }
}
