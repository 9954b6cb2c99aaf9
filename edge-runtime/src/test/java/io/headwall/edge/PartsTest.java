package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.store.Origin;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Small parts: a new box's number, what is on the class path, words for errors. */
final class PartsTest {

  private static byte[] mac(String hex) {
    return HexFormat.ofDelimiter(":").parseHex(hex);
  }

  @Test
  void aNewBoxIsNamedByItsFirstMakersAddress() {
    List<byte[]> macs =
        List.of(
            mac("00:00:00:00:00:00"),
            mac("02:42:ac:11:00:02"),
            mac("01:00:5e:00:00:01"),
            mac("00:00:00:00:00:00:00:01"),
            mac("dc:a6:32:01:02:03"),
            mac("dc:a6:32:01:02:04"));
    assertEquals("dca632fffe010203", FreshOrigin.of(macs, PortBench.random()).toString());
  }

  @Test
  void withoutOneItIsRandomAndLocallyAdministered() {
    RandomGenerator random = PortBench.random();
    Origin one = FreshOrigin.of(List.of(), random);
    Origin other = FreshOrigin.of(List.of(), random);
    assertNotEquals(one, other);
    for (Origin origin : List.of(one, other)) {
      assertEquals(2, origin.eui64() >>> 56 & 3, origin.toString());
    }
  }

  @Test
  void theSameMachineGivesTheSameNumberOrALocalOne() {
    assertEquals(16, FreshOrigin.forEpoch(null, PortBench.random()).toString().length());
    assertEquals(
        FreshOrigin.forEpoch(null, PortBench.random()),
        FreshOrigin.forEpoch(null, PortBench.random()));
  }

  @Test
  void aCardKeepsItsNumberInItsOwnBoxOnly() {
    RandomGenerator random = PortBench.random();
    List<byte[]> spare = List.of(mac("02:42:ac:11:00:02"), mac("dc:a6:32:01:02:03"));
    Origin own = Origin.parse("dca632fffe010203");
    Origin other = Origin.parse("dca632fffe999999");
    Origin madeUp = Origin.parse("0250c2fffe123456");
    assertEquals(own, FreshOrigin.forEpoch(null, spare, random));
    assertEquals(own, FreshOrigin.forEpoch(own, spare, random));
    assertEquals(own, FreshOrigin.forEpoch(other, spare, random));
    assertEquals(madeUp, FreshOrigin.forEpoch(madeUp, spare, random));
    Origin second = Origin.parse("dca632fffe010204");
    List<byte[]> both = List.of(spare.get(1), mac("dc:a6:32:01:02:04"));
    assertEquals(second, FreshOrigin.forEpoch(second, both, random));
    assertEquals(other, FreshOrigin.forEpoch(other, List.of(spare.getFirst()), random));
  }

  @Test
  void driversAndUplinksAreFoundOnTheClassPath() {
    Plugins found = Plugins.onClassPath();
    assertTrue(
        found
            .drivers()
            .keySet()
            .containsAll(Set.of("nonin", "puritan-bennett", "puritan-bennett-waves")));
    assertEquals(Set.of("mqtt"), found.uplinks().keySet());
    assertEquals(found.drivers().keySet(), found.known().drivers().keySet());
    String unknown =
        assertThrows(IllegalArgumentException.class, () -> found.uplink("pigeon")).getMessage();
    assertEquals("no kind of uplink 'pigeon'; there are: mqtt", unknown);
  }

  @Test
  void twoDriversOfOneNameAreRefused() {
    var twice = List.<DeviceDriver>of(new LarchDriver(), new LarchDriver());
    String why =
        assertThrows(IllegalStateException.class, () -> Plugins.of(twice, List.of())).toString();
    assertTrue(why.contains("take one of them off the class path"), why);
  }

  @Test
  void errorsAreInWords() {
    assertEquals("/x: there is no such file", Why.of(new NoSuchFileException("/x")));
    assertEquals(
        "/x: not allowed; run as root or as the user headwall",
        Why.of(new AccessDeniedException("/x")));
    Exception cause = new IllegalStateException("inner");
    assertEquals("outer (inner)", Why.of(new IllegalStateException("outer", cause)));
  }
}
