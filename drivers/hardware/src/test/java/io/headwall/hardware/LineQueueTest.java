package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.link.LinkSettings.Parity;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineQueueTest {

  /** 8E1 is 11 bits a byte: 1100 baud are 100 bytes a second. */
  private static final LinkSettings.Serial HUNDRED_BYTES_A_SECOND =
      new LinkSettings.Serial(1100, 8, Parity.EVEN, 1, true);

  private final LineQueue queue = new LineQueue(HUNDRED_BYTES_A_SECOND);

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  @Test
  void aLineIsBusyForAsLongAsItsBytesTakeAndStuckAfterTheSlack() {
    assertFalse(queue.isStuck(ms(0), 0));
    queue.took(50); // half a second
    assertFalse(queue.isStuck(ms(750), 50));
    assertTrue(queue.isStuck(ms(751), 50));
    assertFalse(queue.isStuck(ms(9_000), 0), "it moved after all");
  }

  @Test
  void aSenderThatNeverPausesFindsAStuckLineStuck() {
    int taken = 0;
    for (int t = 0; t < 10_000; t += 100) {
      if (queue.isStuck(ms(t), taken)) continue;
      queue.took(1);
      taken++;
    }
    assertEquals(3, taken, "at 0, 100 and 200 ms");
  }

  @Test
  void aDriverThatCannotTellCountsAsEmpty() {
    for (int t = 0; t < 10_000; t += 1_000) {
      assertFalse(queue.isStuck(ms(t), -1));
      queue.took(1000);
    }
  }

  @Test
  void bytesFoundAtTheFirstLookCountFromThere() {
    assertFalse(queue.isStuck(ms(1_000_000), 20));
    assertFalse(queue.isStuck(ms(1_000_250), 20));
    assertTrue(queue.isStuck(ms(1_000_251), 20));
  }
}
