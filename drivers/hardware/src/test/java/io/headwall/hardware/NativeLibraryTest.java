package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where jSerialComm can unpack nothing, as with a temporary folder mounted noexec. */
class NativeLibraryTest {

  /** Where nobody can make a folder. */
  private static final String[] NOWHERE = {"-Djava.io.tmpdir=/proc", "-Duser.home=/proc"};

  @TempDir Path folder;

  @Test
  void aLibraryThatDoesNotLoadIsAReasonWithTheRemedy() throws IOException, InterruptedException {
    Path link = folder.resolve("device");
    try (Pty pty = Pty.at(link)) {
      String reason = PortLockTest.OtherProcess.opens(link, folder, NOWHERE);
      assertTrue(
          reason.contains(link + ": jSerialComm's native library does not load: set"), reason);

      assertTrue(reason.contains("-DjSerialComm.library.path"), reason + pty.node());
    }
  }

  @Test
  void aFolderWithTheUnpackedLibraryIsEnough() throws IOException, InterruptedException {
    Path libraries = Files.createDirectory(folder.resolve("native"));
    String arch = System.getProperty("os.arch").equals("aarch64") ? "armv8_64" : "x86_64";
    String resource = "/Linux/" + arch + "/libjSerialComm.so";
    try (InputStream packed = SerialPort.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(packed), libraries.resolve("libjSerialComm.so"));
    }
    Path link = folder.resolve("device");
    try (Pty pty = Pty.at(link)) {
      String result =
          PortLockTest.OtherProcess.opens(
              link, folder, NOWHERE[0], NOWHERE[1], "-DjSerialComm.library.path=" + libraries);
      assertEquals("open", result, pty.node().toString());
    }
  }
}
