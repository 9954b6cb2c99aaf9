package io.headwall.spi.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.link.LinkSettings.Parity;
import io.headwall.spi.link.LinkSettings.Serial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts that sessions are made of. */
final class SessionPartsTest {

  @Test
  void onlyChangesAreHandedOnAndEverythingOnceInAWhile() {
    ReportByException<String, Integer> report = new ReportByException<>(60);
    assertTrue(report.due("peep", 5, 100), "never said");
    assertFalse(report.due("peep", 5, 159));
    assertTrue(report.due("peep", 5, 160), "refresh");
    assertFalse(report.due("peep", 5, 219));
    assertTrue(report.due("peep", 6, 219), "changed");
    assertTrue(report.due("peep", 5, 219), "changed back");
    assertTrue(report.due("fio2", 5, 219), "another key");
    report.clear();
    assertTrue(report.due("peep", 5, 219), "forgotten");
  }

  @Test
  void aRefreshThatNeverComesIsPossible() {
    ReportByException<String, Integer> report = new ReportByException<>(Long.MAX_VALUE / 2);
    assertTrue(report.due("alarm", 0, 0));
    assertFalse(report.due("alarm", 0, 1L << 60));
  }

  @Test
  void countsAreKeptByReason() {
    SessionCounts.Counter counter = new SessionCounts.Counter();
    assertEquals(SessionCounts.ZERO, counter.counts());
    counter.frame();
    counter.reject("checksum");
    counter.reject("checksum");
    counter.reject("length");
    counter.noise(3);
    counter.noise(4);
    SessionCounts counts = counter.counts();
    assertEquals(new SessionCounts(1, Map.of("checksum", 2L, "length", 1L), 7), counts);
    assertEquals(3, counts.rejectsTotal());
    counter.frame();
    assertEquals(1, counts.frames(), "a look does not change afterwards");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Nonin", "nonin_ascii", "-nonin", "nonin-", "no nin", "nonin/.."})
  void aDriversIdIsWordsJoinedByHyphens(String id) {
    assertThrows(IllegalArgumentException.class, () -> descriptor(id));
  }

  @Test
  void aDescriptorKeepsItsOwnLists() {
    assertEquals("puritan-bennett", descriptor("puritan-bennett").id());
    assertThrows(UnsupportedOperationException.class, () -> descriptor("nonin").queries().clear());
  }

  @Test
  void lineSettingsAreThoseOfRealLines() {
    assertEquals("9600 8N1", Serial.eightNone1(9600).inWords());
    assertEquals("19200 7E2 RTS/CTS", new Serial(19_200, 7, Parity.EVEN, 2, true).inWords());
    assertThrows(IllegalArgumentException.class, () -> Serial.eightNone1(299));
    assertThrows(IllegalArgumentException.class, () -> Serial.eightNone1(921_601));
    assertThrows(IllegalArgumentException.class, () -> new Serial(9600, 9, Parity.NONE, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new Serial(9600, 8, Parity.NONE, 3, false));
  }

  private static DriverDescriptor descriptor(String id) {
    LinkSettings link = Serial.eightNone1(9600);
    return new DriverDescriptor(
        id, "Title", List.of("model"), link, List.of(), List.of(), DriverDescriptor.Verified.OWN);
  }
}
