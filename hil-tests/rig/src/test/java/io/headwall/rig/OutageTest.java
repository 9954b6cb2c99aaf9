package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutageTest {

  @TempDir Path folder;

  @Test
  void aBrokerThatGoesAndComesGetsEverythingTheBacklogMarked() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box)) {
      box.start();
      box.awaitUp();
      bed.awaitDelivered();
      for (int outage = 0; outage < 3; outage++) {
        bed.subscriber.leave();
        bed.broker.takeAway();
        Wait.until(
            "the box notices",
            Duration.ofSeconds(15),
            () -> bed.uplink().text("state").equals("down"));
        long before = bed.uplink().number("pending");
        Wait.until(
            "a backlog grows",
            Duration.ofSeconds(15),
            () -> bed.uplink().number("pending") > before + 50);
        bed.broker.bringBack();
        bed.subscriber.connect();
        Wait.until(
            "the backlog is gone",
            Duration.ofMinutes(2),
            () -> bed.uplink().text("state").equals("up") && bed.uplink().number("pending") < 50);
      }
      bed.quiesce();
      Verdict verdict = Verdict.of(StoreReadout.all(box.store()), bed.subscriber.readings());
      assertEquals(0, box.stop(Duration.ofSeconds(5)));
      System.out.printf("3 outages: %s, %d as history%n", verdict, bed.subscriber.history());
      assertTrue(verdict.clean(), verdict.toString());
      assertTrue(bed.subscriber.history() > 100);
      assertEquals(List.of(), bed.subscriber.conflicts());
      assertEquals(List.of(), bed.subscriber.refused());
    }
  }
}
