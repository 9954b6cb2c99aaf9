package io.headwall.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortNameTest {

  @Test
  void isTheConfiguredPathUnchanged() {
    String byId = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0";
    assertEquals(byId, new PortName(byId).toString());
  }

  @Test
  void refusesWhatIsNoPlainAbsolutePath() {
    for (String path :
        new String[] {"", "ttyUSB0", "/", "/dev/../dev/ttyS0", "/dev/tty S0", "/dev/a\nb", "/é"}) {
      var thrown = assertThrows(IllegalArgumentException.class, () -> new PortName(path), path);
      assertTrue(String.valueOf(thrown.getMessage()).contains("absolute path"));
    }
  }

  @Test
  void isResolvedAnewEachTime(@TempDir Path folder) throws IOException, CannotOpen {
    Path link = folder.resolve("bed");
    PortName name = new PortName(link.toString());
    assertThrows(CannotOpen.class, name::node);
    Files.createSymbolicLink(link, Path.of("/dev/null"));
    assertEquals(Path.of("/dev/null"), name.node());
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/dev/zero"));
    assertEquals(Path.of("/dev/zero"), name.node());
    Files.delete(link);
    Files.createSymbolicLink(link, link);
    String words = assertThrows(CannotOpen.class, name::node).words();
    assertTrue(words.startsWith("the path does not lead to a device"), words);
  }
}
