package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedPortTest {

  @TempDir Path folder;

  /** Asks for an answer and reads it up to its CR. */
  private static String ask(Path node) throws IOException {
    try (RandomAccessFile port = new RandomAccessFile(node.toFile(), "rw")) {
      port.write("SNDF\r".getBytes(US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      int b = port.read();
      while (b >= 0 && b != '\r') {
        answer.write(b);
        b = port.read();
      }
      return answer.toString(US_ASCII);
    }
  }

  @Test
  void answersOverItsLinkAndSaysWhatItSaid() throws IOException {
    Path link = folder.resolve("vent");
    try (SimulatedPort port = SimulatedPort.open(DeviceKind.PB840, link, 42)) {
      assertEquals(1243, ask(link).length());
      assertTrue(port.order("alarm f110 HIGH"));
      assertFalse(port.order("alarm f110 LOUD"));
      String answer = ask(link);
      List<Said> alarm = port.said().stream().filter(s -> s.saying().key().equals("f110")).toList();
      assertTrue(alarm.size() >= 1, "the last byte may not have been told of yet");
      assertTrue(answer.contains("HIGH"));
      assertEquals(new Saying("f110", "NORMAL", "-"), alarm.getFirst().saying());
      assertEquals("pb840", alarm.getFirst().device());
    }
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aReaderSeesTheCablePulledAndFindsItAgainUnderTheLink() throws IOException {
    Path link = folder.resolve("finger");
    try (SimulatedPort port = SimulatedPort.open(DeviceKind.NONIN_FORMAT7, link, 1)) {
      Path first = port.node().orElseThrow();
      try (RandomAccessFile reader = new RandomAccessFile(link.toFile(), "r")) {
        assertTrue(reader.read() >= 0);
        port.unplug();
        assertTrue(port.node().isEmpty());
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertTrue(readsToTheEnd(reader));
        port.plug();
        assertNotEquals(first, port.node().orElseThrow(), "while the old one is still held");
      }
      assertEquals(port.node().orElseThrow(), Files.readSymbolicLink(link));
      try (RandomAccessFile reader = new RandomAccessFile(link.toFile(), "r")) {
        assertTrue(reader.read() >= 0);
      }
    }
  }

  private static boolean readsToTheEnd(RandomAccessFile reader) {
    try {
      int b = reader.read();
      while (b >= 0) b = reader.read();
      return true;
    } catch (IOException hangUp) {
      return true;
    }
  }

  @Test
  void aClosedPortTakesNoOrdersAndMayBeClosedTwice() throws IOException {
    SimulatedPort port = SimulatedPort.open(DeviceKind.NONIN_ASCII, null, 1);
    port.close();
    port.close();
    port.ended().join();
    assertThrows(IllegalStateException.class, () -> port.order("plug"));
  }

  @Test
  void aPortThatBreaksSaysWhy() throws IOException {
    Path link = folder.resolve("taken");
    SimulatedPort port = SimulatedPort.open(DeviceKind.NONIN_ASCII, link, 1);
    port.unplug();
    Files.writeString(link, "something else came here");
    assertThrows(IllegalStateException.class, port::plug);
    assertTrue(port.ended().isCompletedExceptionally());
    port.close();
    assertTrue(Files.exists(link), "not ours");
  }
}
