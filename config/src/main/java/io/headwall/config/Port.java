package io.headwall.config;

import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One serial port and the driver that reads it.
 *
 * @param name short name for logs and status
 * @param device absolute path, best one of {@code /dev/serial/by-path}
 * @param driver id of a known driver
 * @param listenOnly whether nothing at all is sent, whatever the driver may send
 * @param link the driver's line settings with the file's over them
 * @param options the driver's own options, defaults filled in
 */
public record Port(
    String name,
    Path device,
    String driver,
    boolean listenOnly,
    LinkSettings.Serial link,
    OptionValues options) {

  /** Names of ports and of uplinks. */
  static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  public Port {
    if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("port name " + name);
    if (!device.isAbsolute()) throw new IllegalArgumentException("device " + device);
  }
}
