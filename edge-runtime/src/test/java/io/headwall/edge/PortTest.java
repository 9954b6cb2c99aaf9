package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a port records of its line and of the devices at it. */
final class PortTest {

  private static final String DOWN =
      "LINK_DOWN (the line went down: cable out, or adapter unplugged)";

  private final PortBench bench = new PortBench();

  @Test
  void aPortThatDoesNotOpenIsRecordedOnceAndTriedAgainLessOften() {
    bench.link.whyClosed = "no such device";
    bench.pass(60_000);
    assertEquals(List.of("larch-bay LINK_DOWN (no such device) @100"), bench.recorded());
    assertEquals("no such device", bench.port.status().whyClosed());
    int tries = bench.link.openings;
    assertTrue(tries >= 60 / 5 && tries <= 60 / 3 + 6, tries + " tries in a minute");

    bench.link.whyClosed = null;
    bench.pass(5_000);
    List<String> recorded = bench.recorded();
    assertEquals(1, recorded.size());
    assertTrue(recorded.getFirst().startsWith("larch-bay SILENT"), recorded.toString());
    assertEquals("", bench.port.status().whyClosed());
  }

  @Test
  void aReasonLongerThanAReadingsTextIsCut() {
    bench.link.whyClosed = "x".repeat(1000);
    bench.pass(100);
    String state = bench.recorded().getFirst();
    assertTrue(state.contains("x".repeat(Reading.TEXT_CHARS_MAX)), state);
  }

  @Test
  void aDeviceIsIdentifiedOnceAndItsStateIsRecordedUnderItsOwnName() {
    bench.hears("").hears("T7 36").hears("37");
    assertEquals(
        List.of(
            "larch-bay SILENT @0",
            "larch-7 IDENTIFIED (Larch T1, serial 7) @0",
            "larch-7 SPEAKING @0",
            "larch-7 36 @0",
            "larch-7 37 @0"),
        bench.recorded());
  }

  @Test
  void silenceIsAGapFromTheLastByteHeardAndNotFromTheAbsentValue() {
    bench.hears("T7 36").pass(1_000).hears("37");
    bench.recorded();
    bench.pass(4_000).hears("38").hears("39");
    assertEquals(
        List.of(
            "larch-7 SILENT @3000",
            "larch-7 no-data @3000",
            "larch-7 SPEAKING @5000",
            "larch-7 gap silent @1000 to @5000",
            "larch-7 38 @5000",
            "larch-7 39 @5000"),
        bench.recorded());
    assertEquals(1, bench.port.status().gaps());
  }

  @Test
  void noiseIsNotHeardAndAFrameWithoutNewsIs() {
    bench.hears("T7 36").pass(500).hears(".").pass(500).hears("?");
    bench.recorded();
    bench.pass(4_000).hears("38");
    List<String> recorded = bench.recorded();
    assertTrue(recorded.contains("larch-7 gap silent @500 to @5000"), recorded.toString());
  }

  @Test
  void aLostLinkIsAGapWithBothTimesAndANewSession() {
    bench.hears("T7 36").pass(1_000).hears("37");
    bench.recorded();
    bench.pass(500);
    bench.link.whyClosed = "no such device";
    bench.link.goesDown();
    bench.pass(3_000);
    assertEquals(List.of("larch-7 no-data @1800", "larch-7 " + DOWN + " @1600"), bench.recorded());
    assertFalse(bench.link.isOpen);
    bench.link.whyClosed = null;
    bench.pass(5_000);
    assertEquals(2, bench.driver.sessions);
    bench.recorded();

    bench.hears("T7 38");
    assertEquals(
        List.of(
            "larch-7 SPEAKING @9500", "larch-7 gap link-down @1000 to @9500", "larch-7 38 @9500"),
        bench.recorded());
  }

  @Test
  void aLinkThatComesAndGoesWithoutAWordIsTriedLessOften() {
    bench.hears("");
    for (int i = 0; i < 600; i++) {
      bench.link.goesDown();
      bench.pass(100);
    }
    assertTrue(bench.link.openings < 30, bench.link.openings + " openings in a minute");
  }

  @Test
  void noLinkLossIsRecordedWhereTheProcessIsEnding() {
    bench.hears("T7 36");
    bench.recorded();
    bench.link.goesDown();
    bench.pass(100);
    bench.clock.advance(50);
    bench.port.close();
    assertEquals(List.of("larch-7 no-data @150"), bench.recorded());
  }

  @Test
  void aStopIsNoSilenceAndEndsTheGapThatIsOpen() {
    bench.hears("T7 36").pass(3_000);
    bench.recorded();
    bench.clock.advance(50);
    bench.port.close();
    assertEquals(List.of("larch-7 gap silent @0 to @3050"), bench.recorded());
    assertFalse(bench.link.isOpen);
    assertEquals("stopped", bench.port.status().whyClosed());
  }

  @Test
  void anotherSerialNumberIsAnotherDevice() {
    bench.hears("T7 36").pass(3_000);
    bench.recorded();
    bench.hears("T8 37");
    assertEquals(
        List.of(
            "larch-7 SPEAKING @3000",
            "larch-7 gap silent @0 to @3000",
            "larch-8 REPLACED (Larch T1, serial 8) @3000",
            "larch-8 SPEAKING @3000",
            "larch-8 37 @3000"),
        bench.recorded());
  }

  @Test
  void aSerialNumberThatBecomesKnownIsNoOtherDevice() {
    bench.hears("36").hears("T7 37").hears("T 38").hears("T8 39");
    List<String> events = bench.recorded().stream().filter(r -> r.contains("Larch T1")).toList();
    assertEquals(
        List.of(
            "larch-bay IDENTIFIED (Larch T1, no serial number) @0",
            "larch-7 IDENTIFIED (Larch T1, serial 7) @0",
            "larch-8 REPLACED (Larch T1, serial 8) @0"),
        events.stream().filter(e -> !e.contains("serial )")).toList());
  }

  @Test
  void eachDeviceOfARackHasAGapOfItsOwn() {
    bench.hears("T7 a:36").pass(500).hears("b:36").pass(4_000);
    bench.recorded();
    bench.hears("b:37").pass(100).hears("a:37");
    List<String> gaps = bench.recorded().stream().filter(r -> r.contains("gap")).toList();
    assertEquals(
        List.of("larch-7-bay-b gap silent @500 to @4500", "larch-7 gap silent @0 to @4600"), gaps);
  }

  @Test
  void theSameSerialNumberAtTwoPortsIsTwoDevicesWhileBothSpeak() {
    DeviceNames names = new DeviceNames();
    PortBench left = new PortBench("left", false, names, bench.clock, bench.arrivals);
    PortBench right = new PortBench("right", false, names, bench.clock, bench.arrivals);
    left.hears("T0 36");
    right.hears("T0 37");
    assertTrue(right.recorded().contains("larch-0-right 37 @0"));
    left.pass(3_000);
    right.pass(3_000).hears("T0 38");
    assertEquals("larch-0-right 38 @6000", right.recorded().getLast(), "each keeps its name");
    left.hears("T0 39");
    assertEquals("larch-0 39 @6000", left.recorded().getLast());
  }

  @Test
  void aDeviceThatIsPluggedIntoAnotherPortKeepsItsName() {
    DeviceNames names = new DeviceNames();
    PortBench left = new PortBench("left", false, names, bench.clock, bench.arrivals);
    PortBench right = new PortBench("right", false, names, bench.clock, bench.arrivals);
    left.hears("T7 36").pass(3_000);
    right.hears("T7 37");
    assertEquals("larch-7 37 @3000", right.recorded().getLast());
    left.hears("T7 38");
    assertEquals("larch-7-left 38 @3000", left.recorded().getLast(), "both speak");
  }

  @Test
  void aPortThatListensOnlySendsNothing() {
    PortBench quiet = new PortBench("bay", true, new DeviceNames(), bench.clock, bench.arrivals);
    quiet.hears("T7 36").pass(1_000);
    assertEquals(List.of(), quiet.link.sent);
    assertEquals(Map.of(), quiet.port.status().sent());
  }

  @Test
  void whatIsSentIsCountedByWhatBecameOfIt() {
    bench.hears("");
    bench.link.sendResult = SendResult.REFUSED;
    bench.link.goesDown();
    bench.pass(1_000);
    assertEquals(List.of("T\r", "T\r"), bench.link.sent);
    assertEquals(Map.of(SendResult.SENT, 1L, SendResult.REFUSED, 1L), bench.port.status().sent());
  }

  @Test
  void aSessionWhoseDriverThrewIsNotUsedAgain() {
    bench.hears("T7 36").pass(500);
    bench.recorded();
    assertThrows(IllegalStateException.class, () -> bench.hears("!"));
    bench.clock.advance(500);
    bench.hears("T7 37");
    assertEquals(2, bench.driver.sessions);
    assertEquals(1, bench.port.status().restarts());
    assertEquals(
        List.of(
            "larch-7 LINK_DOWN (the driver failed; it is started again) @1000",
            "larch-7 SILENT @1000",
            "larch-7 SPEAKING @1000",
            "larch-7 gap driver-failed @0 to @1000",
            "larch-7 37 @1000"),
        bench.recorded());
  }

  @Test
  void aParkedPortSaysSoForEachDeviceAndIsSilentAfterwards() {
    bench.hears("T7 a:36 b:36").pass(300);
    bench.recorded();
    bench.port.park("hangs");
    bench.hears("T7 a:37");
    bench.port.close();
    assertEquals(
        List.of("larch-7 PARKED (hangs) @300", "larch-7-bay-b PARKED (hangs) @300"),
        bench.recorded());
    assertEquals(DeviceCondition.PARKED, bench.port.status().condition());
    assertEquals("hangs", bench.port.status().whyClosed());
  }

  @Test
  void theStatusIsMadeFourTimesASecondAtMost() {
    bench.hears("T7 36").pass(300);
    PortStatus before = bench.port.status();
    for (int i = 0; i < 20; i++) {
      bench.clock.advance(10);
      bench.hears(".");
    }
    assertSame(before, bench.port.status());
    bench.pass(100);
    assertNotSame(before, bench.port.status());
  }
}
