package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.model.DeviceKind;
import io.headwall.model.Said;
import io.headwall.model.SimulatedPort;
import io.headwall.spi.reading.Reading;
import io.headwall.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CablePullTest {

  private static final int PULLS = Integer.getInteger("headwall.pulls", 50);
  private static final Duration BACK_MAX = Duration.ofSeconds(5);
  private static final String PULSE_RATE = "149530";

  @TempDir Path folder;

  @Test
  void eachPullIsAGapAndTheDeviceIsBackInTime() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = new Bed(folder, box, List.of(DeviceKind.NONIN_FORMAT2))) {
      SimulatedPort device = bed.devices.getFirst();
      box.start();
      box.awaitUp();
      Wait.until("first readings", BACK_MAX, () -> bed.port(0).number("readings") > 3);
      long slowestMs = 0;
      for (int pull = 1; pull <= PULLS; pull++) {
        long gaps = pull;
        device.unplug();
        Wait.ms(100 + 17L * (pull % 20));
        device.plug();
        slowestMs =
            Math.max(
                slowestMs,
                Wait.until(
                    "readings after pull " + pull,
                    BACK_MAX,
                    () -> bed.port(0).number("gaps") == gaps));
      }
      bed.quiesce();
      System.out.printf("cable pulled %d times, slowest return %d ms%n", PULLS, slowestMs);
      List<Reading> readings = StoreReadout.inOrder(box.store());
      assertEquals(0, box.stop(Duration.ofSeconds(5)));
      assertEquals(PULLS, gaps(readings));
      assertMadeUpNothing(device, readings);
    }
  }

  private static long gaps(List<Reading> readings) {
    return readings.stream()
        .filter(r -> r instanceof Reading.Gap g && g.reason().equals("link-down"))
        .filter(r -> ((Reading.Gap) r).fromNs() < r.measuredNs())
        .count();
  }

  /** The pulse rates in the outbox are among those that the device sent whole, in their order. */
  private static void assertMadeUpNothing(SimulatedPort device, List<Reading> readings)
      throws StoreException {
    List<String> stored = new ArrayList<>();
    for (Reading reading : readings) {
      if (reading instanceof Reading.Numeric n
          && n.metric().code().wireName().equals(PULSE_RATE)
          && n.value() != null) {
        stored.add(n.value().toString());
      }
    }
    assertTrue(stored.size() > PULLS, stored.size() + " pulse rates");
    Iterator<String> said =
        device.said().stream()
            .filter(s -> s.fate() == Said.Fate.HEARD && s.saying().key().equals("hr"))
            .map(s -> s.saying().value())
            .iterator();
    for (String value : stored) {
      boolean found = false;
      while (!found && said.hasNext()) found = said.next().equals(value);
      assertTrue(found, "pulse rate " + value + " was never sent, or not in this order");
    }
  }
}
