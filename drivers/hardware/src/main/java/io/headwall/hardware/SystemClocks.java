package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The kernel's clocks. Thread-safe; {@link #bootNs} allocates nothing. */
public final class SystemClocks implements Clocks {

  /** 2026-11-24T00:00Z: no build is older, so a wall clock before it was never set. */
  static final long FLOOR_EPOCH_NS = TimeUnit.SECONDS.toNanos(1_795_478_400L);

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final TimeTrust trust;
  private final String bootId;

  /**
   * Reads the boot id.
   *
   * @throws IOException when the kernel gives none
   */
  public SystemClocks(TimeTrust trust) throws IOException {
    this.trust = trust;
    this.bootId = Files.readString(BOOT_ID, US_ASCII).strip();
  }

  @Override
  public long bootNs() {
    return UnixLibc.clockNs(UnixLibc.CLOCK_BOOTTIME);
  }

  @Override
  public String bootId() {
    return bootId;
  }

  /**
   * Wall time between two looks at the monotonic clock: half their distance is part of the error.
   */
  @Override
  public WallTime wall() {
    KernelTime kernel = UnixLibc.kernelTime();
    long beforeNs = bootNs();
    long epochNs = UnixLibc.clockNs(UnixLibc.CLOCK_REALTIME);
    long afterNs = bootNs();
    return judge(trust, kernel, new Look(beforeNs, epochNs, afterNs));
  }

  /** A wall time and the monotonic times before and after it was read. */
  record Look(long beforeNs, long epochNs, long afterNs) {}

  static WallTime judge(TimeTrust trust, KernelTime kernel, Look look) {
    long halfNs = (look.afterNs() - look.beforeNs() + 1) / 2;
    TimeQuality quality = quality(trust, kernel, look.epochNs());
    long errorNs = quality == TimeQuality.SYNCED ? halfNs + kernel.errorNs() : 0;
    return new WallTime(look.beforeNs() + halfNs, look.epochNs(), quality, errorNs);
  }

  private static TimeQuality quality(TimeTrust trust, KernelTime kernel, long epochNs) {
    // Also where somebody vouches: a time before this program was built is wrong, whoever says it.
    if (epochNs < FLOOR_EPOCH_NS) return TimeQuality.NONE;
    return switch (trust) {
      case HOST -> TimeQuality.MANUAL;
      case KERNEL -> kernel.synced() ? TimeQuality.SYNCED : TimeQuality.RESTORED;
    };
  }
}
