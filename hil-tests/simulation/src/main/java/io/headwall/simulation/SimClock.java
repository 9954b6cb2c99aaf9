package io.headwall.simulation;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The clocks of the box, and the true time behind them. The monotonic clock is the world's, counted
 * from the last boot; the wall clock runs apart from it by a drift, and is right while it is
 * synchronised.
 */
final class SimClock implements Clocks {

  /** 2026-01-01T00:00Z. */
  private static final long TRUE_START_NS = 1_767_225_600_000_000_000L;

  private static final long BOOT_TAKES_NS = TimeUnit.SECONDS.toNanos(8);
  private static final long ERROR_NS_MAX = TimeUnit.MILLISECONDS.toNanos(5);
  private static final double PPM_MAX = 50;

  private final SplittableRandom random;
  private final List<Boot> boots = new ArrayList<>();
  private final double drift;
  private long nowNs;
  private TimeQuality quality = TimeQuality.SYNCED;
  private long errorNs;
  private long setNs;
  private long setToNs;
  private boolean alwaysSynced = true;

  /**
   * One boot of the kernel.
   *
   * @param startNs world time at which its monotonic clock showed 0
   */
  record Boot(String id, long startNs) {}

  SimClock(SplittableRandom random) {
    this.random = random;
    this.drift = (2 * random.nextDouble() - 1) * PPM_MAX / 1e6;
    boot();
    sync();
  }

  /** World time: never restarts, never steps. */
  long nowNs() {
    return nowNs;
  }

  void advanceTo(long ns) {
    if (ns < nowNs) throw new IllegalStateException("time runs backwards");
    nowNs = ns;
  }

  /** The kernel starts anew. */
  void boot() {
    String id = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    boots.add(new Boot(id, nowNs - BOOT_TAKES_NS));
  }

  /** The wall clock is right from now on. */
  void sync() {
    quality = TimeQuality.SYNCED;
    errorNs = random.nextLong(2 * ERROR_NS_MAX) - ERROR_NS_MAX;
  }

  /** The wall clock is set to something, and nobody vouches for it. */
  void set(long epochNs, TimeQuality how) {
    alwaysSynced = false;
    quality = how;
    setNs = nowNs;
    setToNs = epochNs;
  }

  /** Whether it was right all the time. */
  boolean alwaysSynced() {
    return alwaysSynced;
  }

  /** What the wall clock would show if it were right. */
  long trueWallNs() {
    return trueWallNs(nowNs);
  }

  long trueWallNs(long worldNs) {
    return TRUE_START_NS + worldNs + (long) (worldNs * drift);
  }

  /** World time of a monotonic time of a boot. */
  long worldNs(String bootId, long bootNs) {
    for (Boot boot : boots.reversed()) if (boot.id.equals(bootId)) return boot.startNs + bootNs;
    throw new IllegalArgumentException("no boot " + bootId);
  }

  @Override
  public long bootNs() {
    return nowNs - boots.getLast().startNs;
  }

  @Override
  public String bootId() {
    return boots.getLast().id;
  }

  @Override
  public WallTime wall() {
    long shown = quality == TimeQuality.SYNCED ? trueWallNs() + errorNs : setToNs + (nowNs - setNs);
    long bound = quality == TimeQuality.SYNCED ? ERROR_NS_MAX : 0;
    return new WallTime(bootNs(), shown, quality, bound);
  }
}
