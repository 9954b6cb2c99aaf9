package io.headwall.hardware;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A serial port as configured: an absolute path such as {@code /dev/serial/by-id/...}, {@code
 * /dev/ttyUSB0} or a symbolic link. It is the port's name in journals and reports, and is resolved
 * anew at each opening, because the node behind it changes when an adapter is plugged in again.
 *
 * @param path as written in the configuration
 */
public record PortName(String path) {

  private static final Pattern FORM = Pattern.compile("/[!-~]{1,254}");

  public PortName {
    if (!FORM.matcher(path).matches() || !Path.of(path).normalize().toString().equals(path)) {
      throw new IllegalArgumentException(
          "port '" + path + "': give the absolute path of its node, such as /dev/serial/by-id/...");
    }
  }

  /** The node that the name stands for now, every link followed. */
  Path node() throws CannotOpen {
    try {
      return Path.of(path).toRealPath();
    } catch (NoSuchFileException e) {
      throw CannotOpen.node(Path.of(path), UnixLibc.ENOENT);
    } catch (AccessDeniedException e) {
      throw new CannotOpen("permission denied: let this user see the folders of the path");
    } catch (IOException e) {
      throw new CannotOpen("the path does not lead to a device: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
