package io.headwall.edge;

import io.headwall.spi.reading.DeviceIdentity;
import java.util.Locale;

/** Wire names of devices: the driver and the serial number, or the port where there is none. */
final class DeviceNames {

  private DeviceNames() {}

  /**
   * For example {@code puritan-bennett-3510072467}, or {@code nonin-spo2} for a device without a
   * serial number at port {@code spo2}. Letters, digits, hyphen and dot only.
   */
  static String of(String driver, String port, DeviceIdentity identity) {
    String serial = identity.serial();
    if (serial != null) return driver + "-" + clean(serial);
    String position = identity.position().isEmpty() ? "" : "-" + clean(identity.position());
    return driver + "-" + port + position;
  }

  private static String clean(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }
}
