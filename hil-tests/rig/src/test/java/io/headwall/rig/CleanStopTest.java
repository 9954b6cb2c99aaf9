package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanStopTest {

  @TempDir Path folder;

  @Test
  void toldToStopItCommitsAllItReadAndEndsInTime() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box)) {
      for (int round = 0; round < 3; round++) {
        box.start();
        box.awaitUp();
        Wait.until(
            "readings",
            Duration.ofSeconds(10),
            () -> bed.status().node("account").number("read") > 50);
        long read = bed.status().node("account").number("read");
        int before = StoreReadout.all(box.store()).size();
        long began = Wait.nowNs();
        assertEquals(0, box.stop(Duration.ofSeconds(5)), "exit code");
        long ms = (Wait.nowNs() - began) / 1_000_000;
        int committed = StoreReadout.all(box.store()).size();
        System.out.printf("stopped in %d ms, %d readings committed%n", ms, committed);
        assertTrue(committed >= before, committed + " after " + before);
        assertTrue(committed >= read, committed + " of at least " + read);
      }
    }
  }

  @Test
  void theCommandSaysHowItIsAndThatNothingRuns() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box)) {
      BoxProcess.Answer none = box.run("status", "-c", box.configFile().toString());
      assertEquals(1, none.exit(), none.text());
      assertTrue(none.text().contains("headwall run"), none.text());
      box.start();
      box.awaitUp();
      bed.awaitDelivered();
      BoxProcess.Answer there = box.run("status", "-c", box.configFile().toString());
      assertEquals(0, there.exit(), there.text());
      assertTrue(there.text().contains("port0"), there.text());
      BoxProcess.Answer second = box.run("run", "-c", box.configFile().toString());
      assertEquals(1, second.exit(), second.text());
      assertTrue(second.text().contains("another headwall"), second.text());
    }
  }
}
