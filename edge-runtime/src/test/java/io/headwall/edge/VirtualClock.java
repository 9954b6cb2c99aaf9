package io.headwall.edge;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only the test moves; thread-safe. */
final class VirtualClock implements Clocks {

  private final AtomicLong nowMs = new AtomicLong(1_000_000);

  void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  long nowMs() {
    return nowMs.get();
  }

  static long ns(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  @Override
  public long bootNs() {
    return ns(nowMs.get());
  }

  @Override
  public String bootId() {
    return "boot";
  }

  @Override
  public WallTime wall() {
    return new WallTime(bootNs(), bootNs() + 1_700_000_000_000_000_000L, TimeQuality.SYNCED, ns(1));
  }
}
