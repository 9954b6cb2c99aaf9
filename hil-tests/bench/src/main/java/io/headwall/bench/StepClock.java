package io.headwall.bench;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;

/** A clock that the load moves, so that an hour's readings can be stored as fast as they go in. */
final class StepClock implements Clocks {

  private final String bootId;
  private final long wallAtZeroNs;
  private long nowNs;

  /**
   * A clock at zero.
   *
   * @param wallAtZeroNs wall time then
   */
  StepClock(String bootId, long wallAtZeroNs) {
    this.bootId = bootId;
    this.wallAtZeroNs = wallAtZeroNs;
  }

  void moveTo(long ns) {
    nowNs = ns;
  }

  @Override
  public long bootNs() {
    return nowNs;
  }

  @Override
  public String bootId() {
    return bootId;
  }

  @Override
  public WallTime wall() {
    return new WallTime(nowNs, wallAtZeroNs + nowNs, TimeQuality.SYNCED, 1_000_000);
  }
}
