package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.ByteLink.SendResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTransmitJournalTest {

  private static final byte[] BYTES = {'S', '\r'};

  @TempDir Path folder;

  @Test
  void keepsOneLineATransmission() throws IOException {
    Path file = folder.resolve("transmit.log");
    try (var journal = new FileTransmitJournal(file, "boot-1")) {
      journal.wrote(123, "/dev/ttyUSB0", "ALL", BYTES, SendResult.SENT);
      journal.wrote(124, "/dev/ttyUSB0", "", new byte[0], SendResult.REFUSED);
    }
    try (var journal = new FileTransmitJournal(file, "boot-2")) {
      journal.wrote(5, "/dev/ttyUSB0", "two\nlines", BYTES, SendResult.TOO_OFTEN);
      assertEquals(0, journal.failures());
    }
    assertEquals(
        List.of(
            "# boot boot-1",
            "123\t/dev/ttyUSB0\tALL\tSENT\t53 0D",
            "124\t/dev/ttyUSB0\t-\tREFUSED\t",
            "# boot boot-2",
            "5\t/dev/ttyUSB0\ttwo?lines\tTOO_OFTEN\t53 0D"),
        Files.readAllLines(file));
  }

  @Test
  void staysWithinTwoFilesAndLosesNothingNewerThanTheOldOne() throws IOException {
    Path file = folder.resolve("transmit.log");
    byte[] bytes = new byte[1000];
    int lines = 2000; // 3 kB each: six files' worth
    try (var journal = new FileTransmitJournal(file, "boot-1")) {
      for (int i = 0; i < lines; i++) journal.wrote(i, "p", "Q", bytes, SendResult.SENT);
      assertEquals(0, journal.failures());
    }
    Path old = folder.resolve("transmit.log.old");
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file, old), files.sorted().toList());
    }
    assertTrue(Files.size(file) <= FileTransmitJournal.FILE_BYTES_MAX);
    assertTrue(Files.size(old) <= FileTransmitJournal.FILE_BYTES_MAX);
    assertTrue(Files.size(old) > FileTransmitJournal.FILE_BYTES_MAX - 4000);

    List<Integer> kept =
        Stream.concat(Files.readAllLines(old).stream(), Files.readAllLines(file).stream())
            .filter(line -> !line.startsWith("#"))
            .map(line -> Integer.parseInt(line.substring(0, line.indexOf('\t'))))
            .toList();
    assertEquals(IntStream.range(lines - kept.size(), lines).boxed().toList(), kept);
    assertEquals("# boot boot-1", Files.readAllLines(file).getFirst());
    assertEquals("# boot boot-1", Files.readAllLines(old).getFirst());
  }

  @Test
  void aHugeRefusalIsCut() throws IOException {
    Path file = folder.resolve("transmit.log");
    try (var journal = new FileTransmitJournal(file, "boot-1")) {
      journal.wrote(1, "p", "", new byte[5_000_000], SendResult.REFUSED);
    }
    String line = Files.readAllLines(file).getLast();
    assertTrue(line.endsWith("00 00 of 5000000 bytes"));
    assertTrue(line.length() < 13_000);
  }

  @Test
  void aFailureIsCountedAndTheNextLineTriesAgain() throws IOException {
    Path later = folder.resolve("later");
    Path file = later.resolve("transmit.log");
    try (var journal = new FileTransmitJournal(file, "boot-1")) {
      journal.wrote(1, "p", "Q", BYTES, SendResult.SENT);
      journal.wrote(2, "p", "Q", BYTES, SendResult.SENT);
      assertEquals(2, journal.failures());
      assertFalse(Files.exists(file));
      Files.createDirectory(later);
      journal.wrote(3, "p", "Q", BYTES, SendResult.SENT);
      assertEquals(2, journal.failures());
    }
    assertEquals(List.of("# boot boot-1", "3\tp\tQ\tSENT\t53 0D"), Files.readAllLines(file));
  }

  @Test
  void aFullDiskIsCounted() {
    // Each write to this device fails with ENOSPC.
    try (var journal = new FileTransmitJournal(Path.of("/dev/full"), "boot-1")) {
      journal.wrote(1, "p", "Q", BYTES, SendResult.SENT);
      journal.wrote(2, "p", "Q", BYTES, SendResult.SENT);
      assertEquals(2, journal.failures());
    }
  }
}
