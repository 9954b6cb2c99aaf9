package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong arrow is seen to be found; the right ones are let through. */
final class ArrowsTest {

  @ParameterizedTest
  @CsvSource({
    "drivers/spi, io.headwall.spi.link.X, io.headwall.hardware.Y",
    "drivers/hardware, io.headwall.hardware.X, io.headwall.store.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.driver.nonin.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.store.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.hardware.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.testkit.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.config.Y",
    "store-and-forward/core, io.headwall.store.X, io.headwall.store.sqlite.Y",
    "store-and-forward/core, io.headwall.store.X, io.headwall.config.Y",
    "store-and-forward/uplink-mqtt, io.headwall.uplink.mqtt.X, io.headwall.store.sqlite.Y",
    "store-and-forward/uplink-hl7, io.headwall.uplink.hl7.X, io.headwall.uplink.mqtt.Y",
    "config, io.headwall.config.X, io.headwall.store.Y",
    "edge-runtime, io.headwall.edge.X, io.headwall.driver.nonin.Y",
    "edge-runtime, io.headwall.edge.X, io.headwall.uplink.mqtt.Y",
    "edge-runtime, io.headwall.edge.X, io.headwall.hardware.Y",
    "edge-runtime, io.headwall.edge.MainScreen, io.headwall.store.sqlite.Y",
    "hil-tests/device-models, io.headwall.model.X, io.headwall.driver.nonin.Y",
    "hil-tests/rig, io.headwall.rig.X, io.headwall.testkit.Y",
    "drivers/spi, io.headwall.spi.X, io.headwall.elsewhere.Y",
  })
  void findsAnArrowThatIsNotThere(String module, String user, String used) {
    List<Finding> findings = check(module, user, used);
    assertEquals(1, findings.size(), () -> findings.toString());
    assertEquals(Arrows.RULE, findings.getFirst().rule());
    assertEquals(user, findings.getFirst().subject());
  }

  @ParameterizedTest
  @CsvSource({
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.spi.driver.Y",
    "drivers/medibus, io.headwall.driver.medibus.X, io.headwall.driver.medibus.inner.Y",
    "drivers/testkit, io.headwall.testkit.X, io.headwall.spi.driver.Y",
    "store-and-forward/sqlite, io.headwall.store.sqlite.X, io.headwall.store.Y",
    "store-and-forward/sqlite, io.headwall.store.sqlite.X, io.headwall.spi.reading.Y",
    "store-and-forward/uplink-mqtt, io.headwall.uplink.mqtt.X, io.headwall.format.Y",
    "store-and-forward/uplink-mqtt, io.headwall.uplink.mqtt.X, io.headwall.spi.time.Y",
    "edge-runtime, io.headwall.edge.X, io.headwall.config.Y",
    "edge-runtime, io.headwall.edge.Main, io.headwall.hardware.Y",
    "edge-runtime, io.headwall.edge.Main, io.headwall.store.sqlite.Y",
    "hil-tests/simulation, io.headwall.simulation.X, io.headwall.edge.Y",
    "hil-tests/rig, io.headwall.rig.X, io.headwall.model.Y",
  })
  void followsAnArrowThatIsThere(String module, String user, String used) {
    assertEquals(List.of(), check(module, user, used));
  }

  @Test
  void aNestedClassOfMainIsMain() {
    String main =
        """
        package io.headwall.edge;

        class Main {
          static class Wiring {
            io.headwall.hardware.Y port;
          }
        }
        """;
    String stub = "package io.headwall.hardware; public class Y {}";
    for (CompiledClass c : Fixture.compile("edge-runtime", main, stub)) {
      assertEquals(List.of(), Arrows.check(c));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drivers/medibus, io.headwall.spi.X",
    "drivers/medibus, io.headwall.X",
    "store-and-forward/sqlite, io.headwall.store.X",
    "store-and-forward/novel, io.headwall.novel.X",
    "config, org.example.X",
  })
  void aPackageBelongsToItsModule(String module, String name) {
    List<Finding> findings = Arrows.check(Fixture.compile(module, type(name, "")).getFirst());
    assertEquals(1, findings.size(), () -> findings.toString());
  }

  private static List<Finding> check(String module, String user, String used) {
    return Arrows.check(
        Fixture.compile(module, type(user, used + " y;"), type(used, "")).getFirst());
  }

  private static String type(String name, String member) {
    int end = name.lastIndexOf('.');
    return "package %p; public class %c { %m }"
        .replace("%p", name.substring(0, end))
        .replace("%c", name.substring(end + 1))
        .replace("%m", member);
  }
}
