package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private final Liveness liveness = new Liveness(20, s(100));

  @Test
  void asksAfterHalfAKeepAliveAndGivesUpAfterOneAndAHalf() {
    assertFalse(liveness.pingDue(s(109), 0));
    assertTrue(liveness.pingDue(s(110), 0));
    assertFalse(liveness.pingDue(s(119), 0));
    assertTrue(liveness.pingDue(s(120), 0));
    assertNull(liveness.silence(s(130) - 1));
    assertEquals("nothing heard of the broker for 30 s", liveness.silence(s(130)));
  }

  @Test
  void anyPacketIsASignOfLife() {
    assertFalse(liveness.pingDue(s(129), 1));
    assertNull(liveness.silence(s(158)));
    assertTrue(liveness.pingDue(s(139), 1));
    assertNotNull(liveness.silence(s(159)));
  }

  private static long s(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
