package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceNamesTest {

  @ParameterizedTest
  @CsvSource({
    "3510072467, larch-3510072467",
    "' 35/100 A ', larch-35-100-a",
    "I\u0130\u0131\u00e9X, larch-ii-x",
    "a.b, larch-a.b",
    "'', larch-bay",
    "' -- ', larch-bay",
    "..., larch-bay"
  })
  void aSerialNumberBecomesSafeCharacters(String serial, String name) {
    assertEquals(name, DeviceNames.of("larch", "bay", LarchDriver.device(serial, "")));
  }

  @Test
  void withoutASerialNumberThePortAndThePositionTell() {
    assertEquals("larch-bay", DeviceNames.of("larch", "bay", LarchDriver.device(null, "")));
    assertEquals(
        "larch-bay-slot-3", DeviceNames.of("larch", "bay", LarchDriver.device(null, "Slot 3")));
  }

  @Test
  void aNameIsFreeWhenItsPortIsSilent() {
    DeviceNames names = new DeviceNames();
    assertEquals("larch-7", claim(names, "left", ""));
    assertEquals("larch-7", claim(names, "left", ""));
    assertEquals("larch-7-right", claim(names, "right", ""));
    assertEquals("larch-7-left-2", claim(names, "left", "2"));
    names.release("left");
    assertEquals("larch-7", claim(names, "right", ""));
  }

  private static String claim(DeviceNames names, String port, String position) {
    return names.claim("larch", port, LarchDriver.device("7", position), null);
  }
}
