package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device's clock that is set, drifts, or is shown to the minute only. */
final class ShownClockTest {

  private static final LocalDateTime NOON = LocalDateTime.parse("2024-01-01T12:00:07");

  private final ShownClock clock = new ShownClock();

  /** At monotonic 0 the box's clock says 12:00:00 UTC. */
  private static WallTime wall(TimeQuality quality) {
    return new WallTime(5, 1_704_110_400_000_000_000L + 5, quality, 0);
  }

  private String shows(long atMs, LocalDateTime shown) {
    return shows(atMs, shown, TimeQuality.SYNCED);
  }

  private String shows(long atMs, LocalDateTime shown, TimeQuality quality) {
    return clock.shows(
        new Reading.DeviceClock(DeviceMetrics.clock(LarchDriver.MDS), VirtualClock.ns(atMs), shown),
        wall(quality));
  }

  @Test
  void aClockThatGoesOnIsNoNews() {
    assertEquals("", shows(0, NOON));
    assertEquals("", shows(900, NOON));
    assertEquals("", shows(60_400, NOON.plusSeconds(60)));
  }

  @Test
  void aStepBeyondASecondIsToldWithBothOffsets() {
    shows(0, NOON);
    assertEquals(
        "device clock jumped by +3600.000 s: offset to UTC was +7.000 s, is +3607.000 s",
        shows(1_000, NOON.plusSeconds(3_601)));
    assertEquals("", shows(2_000, NOON.plusSeconds(3_602)));
    assertEquals("device clock jumped by -3603.000 s", shows(3_000, NOON, TimeQuality.RESTORED));
  }

  @Test
  void aStepOfTheBoxIsNoneOfTheDevice() {
    shows(0, NOON);
    WallTime tenYearsOn = new WallTime(0, 2_000_000_000_000_000_000L, TimeQuality.SYNCED, 0);
    assertEquals(
        "",
        clock.shows(
            new Reading.DeviceClock(
                DeviceMetrics.clock(LarchDriver.MDS), VirtualClock.ns(1_000), NOON.plusSeconds(1)),
            tenYearsOn));
  }

  @Test
  void aClockShownToTheMinuteMayBeAMinuteOff() {
    LocalDateTime minute = LocalDateTime.parse("2024-01-01T12:00");
    shows(59_000, minute);
    assertEquals("", shows(60_000, minute.plusMinutes(1)));
    assertEquals("", shows(124_000, minute.plusMinutes(1)));
    assertEquals(
        "device clock jumped by -3660.000 s: offset to UTC was -59.000 s, is -3719.000 s",
        shows(119_000, minute.minusHours(1)));
  }

  @Test
  void aPortRecordsTheJumpAsAnEventOfTheDevice() {
    PortBench bench = new PortBench();
    bench.hears("T7 36").hears("@2024-01-01T12:00:07.5");
    bench.recorded();
    bench.pass(1_000).hears("@2024-01-01T11:00:08.5");
    assertEquals(
        List.of(
            "larch-7 clock 2024-01-01T11:00:08.500 @1000",
            "larch-7 device clock jumped by -3600.000 s: offset to UTC was +4109407.500 s,"
                + " is +4105807.500 s @1000"),
        bench.recorded());
  }

  @Test
  void theJumpIsSeenAcrossASilence() {
    PortBench bench = new PortBench();
    bench.hears("T7 36").hears("@2024-01-01T12:00:07.5").pass(10_000);
    bench.recorded();
    bench.hears("T7 36 @2024-01-01T12:10:17.5");
    assertEquals(
        1, bench.recorded().stream().filter(l -> l.contains("jumped by +600.000 s")).count());
  }
}
