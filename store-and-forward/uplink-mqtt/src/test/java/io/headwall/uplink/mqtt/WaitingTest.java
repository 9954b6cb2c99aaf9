package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that wait for room in the window. */
class WaitingTest {

  private static final int WINDOW = 2;
  private static final long PACKET_BYTES_MAX = 320;

  private final Line line = new Line();
  private final UplinkDriver driver = new UplinkDriver(Map.of("url", "mqtt://h"), will -> line);

  @Test
  void whatHasWaitedTooLongLeavesAsHistory() {
    driver.nowNs = s(121);
    assertEquals("", driver.connect());
    // Measured from the 100th second to the 119th, in several messages.
    driver.send(Packs.numerics(1, 100, 20));
    assertEquals(List.of("live", "live"), line.streams());
    driver.nowNs = s(128);
    line.answerFirst();
    driver.poll();
    assertEquals(List.of("live", "live", "live"), line.streams());
    driver.nowNs = s(131);
    line.answerFirst();
    driver.poll();
    assertEquals(List.of("live", "live", "live", "history"), line.streams());
    while (line.answerFirst()) driver.poll();
    assertTrue(line.streams().stream().skip(3).allMatch(stream -> stream.equals("history")));
    assertEquals(List.of("up 2", "accepted 1"), driver.log);
  }

  @Test
  void whatStandsBehindAYoungerOneIsLookedAtToo() {
    driver.nowNs = s(121);
    assertEquals("", driver.connect());
    driver.send(Packs.numerics(1, 119, 1));
    driver.send(Packs.numerics(2, 119, 1));
    driver.send(Packs.numerics(3, 119, 1));
    driver.send(Packs.numerics(4, 100, 1));
    assertEquals(List.of("live", "live"), line.streams());
    driver.nowNs = s(131);
    line.answerFirst();
    line.answerFirst();
    driver.poll();
    assertEquals(List.of("live", "live", "live", "history"), line.streams());
  }

  private static long s(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  /** A broker that answers when it is told to. */
  private static final class Line implements Session {

    private final Queue<SessionEvent> events = new ArrayDeque<>();
    private final Queue<Outgoing> unanswered = new ArrayDeque<>();
    private final List<Outgoing> published = new ArrayList<>();

    Line() {
      events.add(new SessionEvent.Connected(WINDOW, PACKET_BYTES_MAX, -1, 2));
    }

    /** Whether there was one. */
    boolean answerFirst() {
      Outgoing first = unanswered.poll();
      if (first == null) return false;
      events.add(new SessionEvent.Answered(first, 0, ""));
      return true;
    }

    List<String> streams() {
      return published.stream().map(m -> m.topic().replaceAll(".*/", "")).toList();
    }

    @Override
    public @Nullable SessionEvent next() {
      return events.poll();
    }

    @Override
    public long packetsHeard() {
      return published.size() - (long) unanswered.size();
    }

    @Override
    public void publish(Outgoing message) {
      published.add(message);
      unanswered.add(message);
    }

    @Override
    public void ping() {}

    @Override
    public void leave(boolean withWill) {}

    @Override
    public void abort() {}

    @Override
    public void interrupt() {}

    @Override
    public boolean ended() {
      return true;
    }

    @Override
    public void awaitEnd(long ns) {}
  }
}
