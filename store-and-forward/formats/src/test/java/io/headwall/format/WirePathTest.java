package io.headwall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.headwall.store.Origin;
import io.headwall.store.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WirePathTest {

  private static final Origin BOX = Origin.parse("02005efffe000001");

  @ParameterizedTest
  @CsvSource({
    "ICU-1, 12, ICU-1/12",
    "ICU 1, 3/2, ICU%201/3%2F2",
    "ÜB, +#, %C3%9CB/%2B%23",
    "$SYS, 100%, %24SYS/100%25",
    "unassigned, İ, unassigned/%C4%B0",
  })
  void escapesWhatATopicCannotHold(String unit, String bed, String levels) {
    var path = new WirePath("headwall", new Place(unit, bed), BOX, WirePath.Stream.LIVE);
    assertEquals("headwall/v1/" + levels + "/02005efffe000001/live", path.toString());
    assertEquals(path, WirePath.parse(path.toString()));
  }

  @Test
  void aBoxWithoutBedHasNoPlace() {
    var path = new WirePath("headwall-test", Place.UNASSIGNED, BOX, WirePath.Stream.STATUS);
    assertEquals("headwall-test/v1/unassigned/02005efffe000001/status", path.toString());
    assertEquals(path, WirePath.parse(path.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "headwall/v1/ICU/12/02005efffe000001",
        "headwall/v2/ICU/12/02005efffe000001/live",
        "headwall/v1/ICU/12/02005EFFFE000001/live",
        "headwall/v1/ICU/12/02005efffe000001/LIVE",
        "headwall/v1/ICU/1%2/02005efffe000001/live",
        "headwall/v1/ICU/1%2f/02005efffe000001/live",
        "headwall/v1/ICU/1%FF/02005efffe000001/live",
        "headwall/v1//12/02005efffe000001/live",
        "headwall/v1/elsewhere/02005efffe000001/live"
      })
  void whatIsNotWrittenSoIsNoPath(String path) {
    assertNull(WirePath.parse(path));
  }
}
