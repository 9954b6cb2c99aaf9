package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.headwall.hardware.SystemClocks.Look;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SystemClocksTest {

  private static final int STA_PLL = 1;
  private static final int STA_UNSYNC = 0x40;
  private static final KernelTime SYNCED = new KernelTime(STA_PLL, 1_500, 20);
  private static final KernelTime UNSYNCED = new KernelTime(STA_PLL | STA_UNSYNC, 16_000_000, 0);
  private static final long LATER_NS = SystemClocks.FLOOR_EPOCH_NS + 5;
  private static final long EARLIER_NS = SystemClocks.FLOOR_EPOCH_NS - 1;

  private final SystemClocks clocks = new SystemClocks(TimeTrust.KERNEL);

  SystemClocksTest() throws IOException {}

  /** Seconds since boot by /proc/uptime, cut to hundredths, in nanoseconds. */
  private static long uptimeNs() throws IOException {
    String seconds = Files.readString(Path.of("/proc/uptime")).replaceAll(" .*\\s", "");
    return new BigDecimal(seconds).movePointRight(9).longValueExact();
  }

  @Test
  void bootTimeIsTheKernelsUptimeAndNeverStepsBack() throws IOException {
    long before = uptimeNs();
    long now = clocks.bootNs();
    long after = uptimeNs() + 10_000_000;
    assertTrue(before <= now && now <= after, before + " " + now + " " + after);
    for (int i = 0; i < 100_000; i++) {
      long next = clocks.bootNs();
      assertTrue(next >= now);
      now = next;
    }
  }

  @Test
  void wallTimeLiesBetweenTwoLooksAtTheSystemsClock() {
    Clock system = Clock.systemUTC();
    long bootBefore = clocks.bootNs();
    Instant before = system.instant();
    WallTime wall = clocks.wall();
    Instant after = system.instant();
    long bootAfter = clocks.bootNs();
    Instant said = Instant.ofEpochSecond(0, wall.epochNs());
    assertFalse(said.isBefore(before) || said.isAfter(after), before + " " + said + " " + after);
    assertTrue(bootBefore <= wall.bootNs() && wall.bootNs() <= bootAfter);
  }

  @Test
  void bootIdIsTheKernels() throws IOException {
    String kernels = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
    assertEquals(kernels, clocks.bootId() + "\n");
  }

  @Test
  void theKernelIsAskedForRealAndAnswersInItsOwnBounds() {
    KernelTime kernel = UnixLibc.kernelTime();
    assertTrue(kernel.maxErrorUs() >= 0 && kernel.maxErrorUs() <= 16_000_000, kernel.toString());
    if (kernel.maxErrorUs() == 16_000_000) assertFalse(kernel.synced(), kernel.toString());
  }

  @Test
  void aSynchronisedKernelGivesItsBoundPlusHalfTheLook() {
    WallTime wall = SystemClocks.judge(TimeTrust.KERNEL, SYNCED, new Look(100, LATER_NS, 300));
    assertEquals(new WallTime(200, LATER_NS, TimeQuality.SYNCED, 1_500_100), wall);
  }

  @Test
  void anUnsynchronisedKernelIsAtBestRestored() {
    assertEquals(
        new WallTime(10, LATER_NS, TimeQuality.RESTORED, 0),
        SystemClocks.judge(TimeTrust.KERNEL, UNSYNCED, new Look(10, LATER_NS, 10)));
    assertEquals(
        new WallTime(10, EARLIER_NS, TimeQuality.NONE, 0),
        SystemClocks.judge(TimeTrust.KERNEL, UNSYNCED, new Look(10, EARLIER_NS, 10)));
  }

  @Test
  void aPersonsWordCountsWhateverTheKernelSays() {
    for (KernelTime kernel : new KernelTime[] {SYNCED, UNSYNCED}) {
      assertEquals(
          new WallTime(10, LATER_NS, TimeQuality.MANUAL, 0),
          SystemClocks.judge(TimeTrust.HOST, kernel, new Look(10, LATER_NS, 10)));
    }
  }

  @Test
  void nobodyIsBelievedBeforeTheBuild() {
    for (TimeTrust trust : TimeTrust.values()) {
      assertEquals(
          TimeQuality.NONE,
          SystemClocks.judge(trust, SYNCED, new Look(10, EARLIER_NS, 10)).quality());
    }
  }

  @Test
  void readingTheMonotonicClockAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 100_000;
    for (int i = 0; i < calls; i++) clocks.bootNs();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) clocks.bootNs();
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < calls, bytes + " bytes in " + calls + " calls");
  }
}
