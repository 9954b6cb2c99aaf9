package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

  @Test
  void overTimeExactlyTheRateGoesWhateverTheSteps() {
    for (long perS : new long[] {1, 7, 114, 50_000, 1_000_000_000}) {
      for (long stepNs : new long[] {333_333, 10_000_000, 150_000_001}) {
        TokenBucket bucket = new TokenBucket(perS);
        long taken = 0;
        long nowNs = 5;
        int n = (int) Math.max(1, perS / 100);
        for (; nowNs < TimeUnit.SECONDS.toNanos(100); nowNs += stepNs) {
          while (bucket.take(nowNs, n)) taken += n;
        }
        assertEquals(
            perS * 100.0, (double) taken, n + perS * (stepNs * 2e-9), perS + " by " + stepNs);
      }
    }
  }

  @Test
  void aSecondsWorthIsSavedUpAndWhatIsOverdrawnIsWaitedFor() {
    TokenBucket bucket = new TokenBucket(10);
    assertFalse(bucket.take(0, 1), "it begins empty");
    long hour = TimeUnit.HOURS.toNanos(1);
    assertTrue(bucket.take(hour, 30), "overdrawn by 20");
    assertFalse(bucket.take(hour + TimeUnit.SECONDS.toNanos(2), 1));
    assertTrue(bucket.take(hour + TimeUnit.MILLISECONDS.toNanos(2100), 1));
  }
}
