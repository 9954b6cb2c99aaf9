package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.LinkSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opening and closing again and again costs nothing for good. {@code -Dcycles=10000} for the long
 * run.
 */
class OpenCloseCyclesTest {

  private static final int CYCLES = Integer.getInteger("cycles", 300);
  private static final int REPLUG_EVERY = 10;

  @Test
  void descriptorsAndThreadsStayFlat(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("device");
    var place =
        new SerialLink.Place(
            new PortName(path.toString()), LinkSettings.Serial.eightNone1(9600), folder);
    try (SerialLink link =
        new SerialLink(place, new AllowList(List.of()), (now, port, query, bytes, result) -> {})) {
      cycle(link, path, 2 * REPLUG_EVERY);
      long descriptors = descriptors();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      cycle(link, path, CYCLES);
      assertEquals(descriptors, descriptors());
      int now = ManagementFactory.getThreadMXBean().getThreadCount();
      assertTrue(now <= threads, now + " threads after " + threads);
    }
  }

  private static void cycle(SerialLink link, Path path, int cycles) throws IOException {
    byte[] buffer = new byte[8];
    for (int i = 0; i < cycles; i += REPLUG_EVERY) {
      try (Pty pty = Pty.at(path)) {
        for (int j = 0; j < REPLUG_EVERY; j++) {
          assertNull(link.open());
          pty.says((byte) j);
          assertEquals(1, link.read(buffer));
          if (j < REPLUG_EVERY - 1) link.close();
        }
      }
      assertEquals(SerialLink.DOWN, link.read(buffer), "pulled while open");
      link.close();
      assertTrue(link.open() != null, "gone");
    }
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
