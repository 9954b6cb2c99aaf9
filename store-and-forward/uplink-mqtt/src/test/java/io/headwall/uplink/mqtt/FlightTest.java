package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlightTest {

  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  private final Flight flight = new Flight(2, false);

  @Test
  void nothingLeavesBeforeTheWindowIsKnown() {
    var closed = new Flight(0, false);
    closed.add(message());
    closed.setStatus(message());
    assertNull(closed.next(0));
  }

  @Test
  void aStatusThatStillWaitsIsReplacedAndGoesFirst() {
    Outgoing pack = message();
    Outgoing second = message();
    flight.add(pack);
    flight.setStatus(message());
    flight.setStatus(second);
    assertSame(second, flight.next(0));
    assertSame(pack, flight.next(0));
    assertNull(flight.next(0));
  }

  @Test
  void aMessageUnansweredForAMinuteIsOverdue() {
    flight.add(message());
    assertNull(flight.overdue(10 * MINUTE_NS));
    @Nullable Outgoing sent = flight.next(10 * MINUTE_NS);
    assertNull(flight.overdue(11 * MINUTE_NS - 1));
    assertEquals("a message is unanswered since 60 s", flight.overdue(11 * MINUTE_NS));
    if (sent != null) flight.answered(new SessionEvent.Answered(sent, 0, ""), new Nobody());
    assertNull(flight.overdue(20 * MINUTE_NS));
  }

  private static Outgoing message() {
    return new Outgoing("t", new byte[0], "", false, null);
  }

  /** Hears of nothing: a status is no pack. */
  private static final class Nobody implements io.headwall.store.Uplink.Events {
    @Override
    public void up(int window) {
      throw new AssertionError();
    }

    @Override
    public void down(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void accepted(long packId) {
      throw new AssertionError("accepted " + packId);
    }

    @Override
    public void rejected(long packId, String reason) {
      throw new AssertionError("rejected " + packId);
    }
  }
}
