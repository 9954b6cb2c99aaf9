package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Remembers across restarts which ports are out of use, one small file each. The folder is emptied
 * by a reboot: what hung may work again then.
 */
final class ParkedPorts {

  private final Path folder;

  ParkedPorts(Path runtimeFolder) {
    this.folder = runtimeFolder.resolve("parked");
  }

  /** Why a port is parked; null where it is not. */
  @Nullable String reason(String port) {
    try {
      return Files.readString(folder.resolve(port), UTF_8).strip();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      Logger.warn("cannot read {}: {}", folder.resolve(port), e.toString());
      return null;
    }
  }

  void park(String port, String why) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(port), why + "\n", UTF_8);
    } catch (IOException e) {
      Logger.warn("cannot remember that port={} is parked: {}", port, e.toString());
    }
  }

  /**
   * Puts a port into use again at the next start.
   *
   * @return whether it was parked
   */
  boolean unpark(String port) throws IOException {
    return Files.deleteIfExists(folder.resolve(port));
  }
}
