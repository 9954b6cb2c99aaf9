package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.LinkSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortLockTest {

  private static final Path NODE = Path.of("/dev/ttyUSB0");
  private static final long OWN = ProcessHandle.current().pid();

  @TempDir Path folder;

  private Path file() {
    return PortLock.fileFor(folder, NODE);
  }

  private void assertTaken() throws IOException, CannotOpen {
    try (PortLock lock = PortLock.take(folder, NODE)) {
      assertEquals(String.format(Locale.ROOT, "%10d\n", OWN), Files.readString(lock.file()));
    }
    assertFalse(Files.exists(file()), "removed at close");
  }

  @Test
  void isNamedAsOtherProgramsNameIt() {
    assertEquals(folder.resolve("LCK..ttyUSB0"), file());
    assertEquals(folder.resolve("LCK..pts_3"), PortLock.fileFor(folder, Path.of("/dev/pts/3")));
  }

  @Test
  void holdsOurProcessIdAndGoesAtClose() throws IOException, CannotOpen {
    assertTaken();
    assertTaken();
  }

  @Test
  void aSecondTryInTheSameProcessIsRefusedAndDoesNotFreeTheFirst() throws CannotOpen {
    try (PortLock lock = PortLock.take(folder, NODE)) {
      for (int i = 0; i < 3; i++) {
        String words = assertThrows(CannotOpen.class, () -> PortLock.take(folder, NODE)).words();
        assertEquals("in use by process " + OWN + " (lock file " + file() + ")", words);
        assertTrue(Files.exists(lock.file()));
      }
    }
  }

  @Test
  void anotherProgramsLockIsRespectedWhileItLives() throws IOException, InterruptedException {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(file(), String.format(Locale.ROOT, "%10d\n", other.pid()), US_ASCII);
      String words = assertThrows(CannotOpen.class, () -> PortLock.take(folder, NODE)).words();
      assertTrue(words.startsWith("in use by process " + other.pid()), words);
      assertTrue(Files.exists(file()), "it is not ours to remove");
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  @Test
  void theLockOfADeadProcessIsTakenOver() throws IOException, InterruptedException, CannotOpen {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(file(), String.format(Locale.ROOT, "%10d\n", dead.pid()), US_ASCII);
    assertTaken();
  }

  @Test
  void aLockWithOurOwnIdOrNoneIsAFormerLifes() throws IOException, CannotOpen {
    for (String content : new String[] {OWN + "\n", "", "nobody", "-1", "99999999999999"}) {
      Files.writeString(file(), content, US_ASCII);
      assertTaken();
    }
  }

  @Test
  void aMissingFolderAndAStrangeFileAreSaid() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals(
        "no lock folder " + missing + ": create it",
        assertThrows(CannotOpen.class, () -> PortLock.take(missing, NODE)).words());
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    Files.createSymbolicLink(file(), precious);
    assertThrows(CannotOpen.class, () -> PortLock.take(folder, NODE));
    assertEquals("mine", Files.readString(precious), "a link in the lock's place is not followed");
  }

  @Test
  @SuppressWarnings("try") // the first link is closed to be opened again
  void aSecondLinkToTheSameDeviceByAnotherNameIsRefusedHereAndInAnotherProcess()
      throws IOException, InterruptedException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    try (Pty pty = Pty.at(one);
        SerialLink first = link(one, folder)) {
      Files.createSymbolicLink(other, pty.node());
      assertNull(first.open());
      try (SerialLink second = link(other, folder)) {
        String words = String.valueOf(second.open());
        assertTrue(words.startsWith(other + ": in use by process " + OWN), words);
      }
      String elsewhere = inAnotherProcess(other);
      assertTrue(elsewhere.startsWith(other + ": in use by process " + OWN), elsewhere);
      first.close();
      assertEquals("open", inAnotherProcess(other));
      assertNull(first.open(), "the other process has gone");
    }
  }

  private static SerialLink link(Path path, Path lockFolder) {
    var place =
        new SerialLink.Place(
            new PortName(path.toString()), LinkSettings.Serial.eightNone1(9600), lockFolder);
    return new SerialLink(place, new AllowList(List.of()), (now, port, query, bytes, result) -> {});
  }

  private String inAnotherProcess(Path path) throws IOException, InterruptedException {
    return OtherProcess.opens(path, folder, "-Djava.io.tmpdir=" + folder);
  }

  /** A program that opens a port, says what came of it, and ends. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) {
      try (SerialLink link = link(Path.of(arguments[0]), Path.of(arguments[1]))) {
        String reason = link.open();
        System.out.println(reason == null ? "open" : reason);
      }
    }

    static String opens(Path path, Path lockFolder, String... options)
        throws IOException, InterruptedException {
      ProcessBuilder program =
          new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      program.command().addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
      program.command().addAll(List.of(options));
      program.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
      program.command().addAll(List.of(OtherProcess.class.getName(), "" + path, "" + lockFolder));
      Process process = program.redirectErrorStream(true).start();
      try (BufferedReader said = process.inputReader(UTF_8)) {
        String all = String.join("\n", said.readAllLines());
        assertEquals(0, process.waitFor(), all);
        return all;
      }
    }
  }
}
