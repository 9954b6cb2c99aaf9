package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtyTest {

  private static final byte[] EVERY_BYTE = new byte[256];

  static {
    for (int i = 0; i < EVERY_BYTE.length; i++) EVERY_BYTE[i] = (byte) i;
  }

  @TempDir Path folder;

  @Test
  void carriesEveryByteBothWaysUnchanged() throws IOException {
    try (Pty pty = Pty.open(null);
        RandomAccessFile reader = new RandomAccessFile(pty.node().toFile(), "rw")) {
      assertEquals(256, pty.write(EVERY_BYTE, 256));
      byte[] down = new byte[256];
      reader.readFully(down);
      assertArrayEquals(EVERY_BYTE, down, "no CR, ^C, ^D or ^S is eaten or changed");

      reader.write(EVERY_BYTE);
      byte[] up = new byte[256];
      int filled = 0;
      byte[] part = new byte[64];
      while (filled < 256) {
        int count = pty.read(part);
        System.arraycopy(part, 0, up, filled, count);
        filled += count;
      }
      assertArrayEquals(EVERY_BYTE, up);
      assertEquals(0, pty.read(part), "nothing is echoed");
    }
  }

  @Test
  void readerOfThePulledCableSeesTheHangUp() throws IOException {
    Pty pty = Pty.open(null);
    try (InputStream reader = Files.newInputStream(pty.node())) {
      pty.write(new byte[] {'x'}, 1);
      assertEquals('x', reader.read());
      CompletableFuture<String> blocked =
          CompletableFuture.supplyAsync(() -> PtyTest.endOf(reader));
      pty.close();
      assertTrue(blocked.join().startsWith("end"), blocked.join());
      assertFalse(Files.exists(pty.node()), "the node is gone");
    }
  }

  /** A hang-up is end of file or EIO, by the moment at which the read began. */
  private static String endOf(InputStream reader) {
    try {
      return reader.read() == -1 ? "end of file" : "a byte";
    } catch (IOException gone) {
      return "end: " + gone.getMessage();
    }
  }

  @Test
  void nothingIsTakenNorKeptWhileNobodyReads() throws IOException {
    byte[] stale = "stale".getBytes(US_ASCII);
    try (Pty pty = Pty.open(null)) {
      for (int i = 0; i < 100_000; i++) assertEquals(0, pty.write(stale, stale.length));
      try (InputStream reader = Files.newInputStream(pty.node())) {
        assertTrue(pty.isHeard());
        pty.write("0123456789".getBytes(US_ASCII), 10);
        assertEquals('0', reader.read());
      }
      assertFalse(pty.isHeard(), "gone, and nine bytes left unread");
      try (InputStream reader = Files.newInputStream(pty.node())) {
        pty.write("fresh".getBytes(US_ASCII), 5);
        assertArrayEquals("fresh".getBytes(US_ASCII), reader.readNBytes(5));
      }
    }
  }

  @Test
  void aReaderThatDoesNotReadBlocksNobody() throws IOException {
    byte[] block = new byte[4096];
    Arrays.fill(block, (byte) 'a');
    try (Pty pty = Pty.open(null);
        InputStream reader = Files.newInputStream(pty.node())) {
      int taken = 1;
      for (int i = 0; i < 10_000 && taken > 0; i++) taken = pty.write(block, block.length);
      assertEquals(0, taken, "full");
      assertEquals('a', reader.read());
    }
  }

  @Test
  void theLinkFollowsTheNodeAndGoesWithIt() throws IOException {
    Path link = folder.resolve("vent");
    Pty first = Pty.open(link);
    assertEquals(first.node(), Files.readSymbolicLink(link));
    Pty second = Pty.open(link);
    assertNotEquals(first.node(), second.node());
    assertEquals(second.node(), Files.readSymbolicLink(link));
    first.close();
    assertEquals(second.node(), Files.readSymbolicLink(link), "it was another's by then");
    second.close();
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aFileInTheLinksPlaceIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("notes"), "mine");
    assertThrows(IOException.class, () -> Pty.open(file));
    assertEquals("mine", Files.readString(file));
  }
}
