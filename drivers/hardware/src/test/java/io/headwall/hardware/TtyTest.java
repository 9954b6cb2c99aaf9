package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwall.hardware.Tty.Input;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TtyTest {

  private static final int LONG_WAIT_MS = 10_000;

  @TempDir Path folder;

  @Test
  void aFreshTerminalDoesNotEchoTheDevice() throws IOException, CannotOpen {
    try (Pty pty = Pty.at(folder.resolve("device"));
        Tty tty = Tty.open(pty.node())) {
      pty.says((byte) 'a', (byte) '\r', (byte) 3);
      assertEquals(Input.BYTES, tty.awaitInput(LONG_WAIT_MS));
      assertEquals(0, pty.heard().length);
      tty.flush();
      assertEquals(Input.NONE, tty.awaitInput(0), "thrown away");
    }
  }

  @Test
  void aHangUpIsToldFromBytes() throws IOException, CannotOpen {
    try (Pty pty = Pty.at(folder.resolve("device"));
        Tty tty = Tty.open(pty.node())) {
      pty.pull();
      assertEquals(Input.HUNG_UP, tty.awaitInput(LONG_WAIT_MS));
      assertEquals(Tty.Taken.BROKEN, tty.write(new byte[] {1}));
    }
  }
}
