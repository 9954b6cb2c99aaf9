package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.Template;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.link.LinkSettings.Parity;
import io.headwall.spi.link.TransmitJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // links are closed to be opened again
class SerialLinkTest {

  private static final byte[] ASK = "ASK\r".getBytes(US_ASCII);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int READS_MAX = 100;

  /** One thing that the links of this test may send. */
  private record Ask(String name, Template template) implements Query {}

  private static final List<Query> QUERIES =
      List.of(
          new Ask("ASK", Template.fixed(ASK, 1, SECOND_NS)),
          new Ask("BLOCK", Template.fixed(new byte[4000], 1000, SECOND_NS)));

  @TempDir Path folder;
  private Path link;
  private final List<String> journal = new ArrayList<>();

  @BeforeEach
  void nameThePort() {
    link = folder.resolve("vent");
  }

  private SerialLink serialLink(LinkSettings.Serial settings) {
    TransmitJournal keeping =
        (nowNs, port, query, bytes, result) ->
            journal.add(nowNs + " " + port + " " + query + " " + bytes.length + " " + result);
    return new SerialLink(
        new SerialLink.Place(new PortName(link.toString()), settings, folder),
        new AllowList(QUERIES),
        keeping);
  }

  private SerialLink serialLink() {
    return serialLink(LinkSettings.Serial.eightNone1(9600));
  }

  /** Reads until this many bytes are there; a read that gives none is as good as any other. */
  private static byte[] read(ByteLink from, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[64];
    for (int reads = 0; all.size() < count; reads++) {
      assertTrue(reads < READS_MAX, all.size() + " of " + count + " bytes");
      int length = from.read(buffer);
      assertTrue(length >= 0, "down");
      all.write(buffer, 0, length);
    }
    return all.toByteArray();
  }

  @Test
  void exchangesEveryByteThroughASymbolicLink() throws IOException {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < 256; i++) everyByte[i] = (byte) i;
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      assertNull(opened.open(), "open already");
      pty.says(everyByte);
      assertArrayEquals(everyByte, read(opened, 256), "XON, XOFF, NUL and 0xFF are data");
      assertEquals(SendResult.SENT, opened.send(0, ASK));
      assertArrayEquals(ASK, pty.heard());
    }
  }

  @Test
  void readWithoutBytesComesBackWithNone() throws IOException {
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      assertEquals(0, opened.read(new byte[8]), "of " + pty.node());
    }
  }

  @Test
  void takesEverySettingThatAnEngineerCanWrite() throws IOException {
    for (Parity parity : Parity.values()) {
      for (int dataBits = 7; dataBits <= 8; dataBits++) {
        for (int stopBits = 1; stopBits <= 2; stopBits++) {
          var settings = new LinkSettings.Serial(250_000, dataBits, parity, stopBits, true);
          try (Pty pty = Pty.at(link);
              SerialLink opened = serialLink(settings)) {
            assertNull(opened.open(), settings.inWords() + " on " + pty.node());
          }
        }
      }
    }
  }

  @Test
  void whatTheAllowListRefusesDoesNotArriveAndIsKept() throws IOException {
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      assertEquals(SendResult.SENT, opened.send(10, ASK));
      assertEquals(SendResult.TOO_OFTEN, opened.send(11, ASK));
      assertEquals(SendResult.REFUSED, opened.send(12, "SET\r".getBytes(US_ASCII)));
      assertArrayEquals(ASK, pty.heard());
    }
    assertEquals(
        List.of(
            "10 " + link + " ASK 4 SENT",
            "11 " + link + " ASK 4 TOO_OFTEN",
            "12 " + link + "  4 REFUSED"),
        journal);
  }

  @Test
  void aClosedLinkIsDownAndFailsToSend() {
    SerialLink closed = serialLink();
    assertEquals(ByteLink.DOWN, closed.read(new byte[8]));
    assertEquals(SendResult.FAILED, closed.send(5, ASK));
    assertEquals(List.of("5 " + link + " ASK 4 FAILED"), journal);
    closed.close();
  }

  @Test
  void aPulledCableIsDownAndTheNextNodeUnderTheSameNameOpens() throws IOException {
    try (SerialLink opened = serialLink()) {
      Path firstNode;
      try (Pty first = Pty.at(link)) {
        assertNull(opened.open());
        firstNode = first.node();
        first.says((byte) 'x');
        assertArrayEquals(new byte[] {'x'}, read(opened, 1));
      }
      byte[] buffer = new byte[8];
      assertEquals(ByteLink.DOWN, opened.read(buffer), "at the first read after the hang-up");
      assertEquals(ByteLink.DOWN, opened.read(buffer), "and it stays down");
      assertEquals(SendResult.FAILED, opened.send(0, ASK));
      opened.close();
      assertFalse(Files.exists(PortLock.fileFor(folder, firstNode)));
      assertEquals(
          link + ": no such device: is the adapter plugged in?", opened.open(), "link dangles");

      try (Pty second = Pty.at(link)) {
        assertNull(opened.open());
        second.says((byte) 'y');
        assertArrayEquals(new byte[] {'y'}, read(opened, 1));
      }
    }
  }

  @Test
  void aReadThatIsWaitingSeesThePulledCable() throws IOException {
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      CompletableFuture<Void> pull = CompletableFuture.runAsync(pty::pull);
      int result = 0;
      for (int reads = 0; result == 0 && reads < READS_MAX; reads++) {
        result = opened.read(new byte[8]);
      }
      assertEquals(ByteLink.DOWN, result);
      pull.join();
    }
  }

  @Test
  void aSendIntoAPulledCableBringsTheLinkDown() throws IOException {
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      pty.pull();
      assertEquals(SendResult.FAILED, opened.send(0, ASK));
      assertEquals(ByteLink.DOWN, opened.read(new byte[8]));
    }
  }

  @Test
  void aDeviceThatTakesNothingNeverBlocksTheSender() throws IOException {
    byte[] block = new byte[4000];
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      assertNull(opened.open());
      int sent = 0;
      SendResult result = opened.send(0, block);
      while (result == SendResult.SENT) {
        sent++;
        result = opened.send(0, block);
      }
      assertEquals(SendResult.FAILED, result);
      assertTrue(sent > 0 && sent < 100, sent + " blocks");

      byte[] last = new byte[0];
      int heard = 0;
      do {
        heard += last.length;
        last = pty.heard();
      } while (last.length > 0);
      boolean whole = heard == sent * block.length;
      assertEquals(whole ? 0 : ByteLink.DOWN, opened.read(new byte[8]), "a torn block is the end");
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws IOException {
    assertEquals(link + ": no such device: is the adapter plugged in?", serialLink().open());

    Files.createSymbolicLink(link, Path.of("/dev/null"));
    assertEquals(link + ": /dev/null is not a serial device: check the path", serialLink().open());

    Files.delete(link);
    Files.writeString(link, "a file");
    assertEquals(
        link + ": " + link.toRealPath() + " is not a serial device: check the path",
        serialLink().open());

    Files.delete(link);
    Files.createDirectory(link);
    assertNotNull(serialLink().open());
    assertEquals(List.of(), lockFiles());
  }

  @Test
  void aNameThatIsGoneIsNeverTakenForTheDeviceOfTheSameName() {
    // jSerialComm would open /dev/tty for it.
    link = folder.resolve("tty");
    assertEquals(link + ": no such device: is the adapter plugged in?", serialLink().open());
  }

  @Test
  void theWordsForEachAnswerOfTheSystem() {
    Path node = Path.of("/dev/ttyUSB0");
    assertEquals(
        "permission denied for /dev/ttyUSB0: add the user to group dialout",
        CannotOpen.node(node, UnixLibc.EACCES).words());
    assertTrue(CannotOpen.node(node, UnixLibc.EBUSY).words().contains("in use by another process"));
    assertTrue(CannotOpen.node(node, UnixLibc.EINVAL).words().contains("check baud"));
    assertTrue(CannotOpen.node(node, UnixLibc.EIO).words().contains("plugged in"));
    assertTrue(CannotOpen.node(node, 99).words().endsWith("system error 99"));
  }

  private List<Path> lockFiles() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith("LCK")).toList();
    }
  }

  @Test
  void whatWasReceivedBeforeTheOpeningIsNoData() throws IOException {
    byte[] fresh = "new".getBytes(US_ASCII);
    try (Pty pty = Pty.at(link);
        SerialLink opened = serialLink()) {
      pty.says("garbage".getBytes(US_ASCII));
      pty.awaitHeard(); // a terminal that nobody has opened echoes: now the bytes are in its queue
      assertNull(opened.open());
      pty.heard();
      pty.says(fresh);
      assertArrayEquals(fresh, read(opened, fresh.length));

      pty.says("stale".getBytes(US_ASCII));
      assertTrue(opened.read(new byte[1]) >= 0);
      opened.close();
      assertNull(opened.open());
      pty.says(fresh);
      assertArrayEquals(fresh, read(opened, fresh.length));
      assertEquals(0, pty.heard().length, "nothing was echoed");
    }
  }
}
