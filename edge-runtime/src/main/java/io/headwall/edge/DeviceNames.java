package io.headwall.edge;

import io.headwall.spi.reading.DeviceIdentity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wire names of devices: the driver and the serial number, or the port where there is none. Keeps
 * two devices apart that give the same serial number at two places of this box: the one that speaks
 * first has the name for as long as it speaks, the other's has its port added. A device that was
 * silent keeps its name. One for all ports; thread-safe.
 */
final class DeviceNames {

  private final Map<String, Owner> owners = new HashMap<>();

  private record Owner(String port, String position) {}

  /**
   * For example {@code puritan-bennett-3510072467}, or {@code nonin-spo2} for a device without a
   * serial number at port {@code spo2}. Letters, digits, hyphen and dot only.
   */
  static String of(String driver, String port, DeviceIdentity identity) {
    String serial = identity.serial() == null ? "" : clean(identity.serial());
    // Blanks and dashes are what some devices send where no number was ever set.
    if (serial.chars().anyMatch(Character::isLetterOrDigit)) return driver + "-" + serial;
    return driver + "-" + port + at(identity);
  }

  /**
   * The name under which a device that speaks at a port goes from now on.
   *
   * @param present the name that it went under before it fell silent; null for a device met now
   */
  synchronized String claim(
      String driver, String port, DeviceIdentity identity, @Nullable String present) {
    Owner owner = new Owner(port, identity.position());
    if (present != null && takes(owner, present)) return present;
    String name = of(driver, port, identity);
    if (takes(owner, name)) return name;
    String apart = name + "-" + port + at(identity);
    owners.put(apart, owner);
    return apart;
  }

  private boolean takes(Owner owner, String name) {
    Owner before = owners.putIfAbsent(name, owner);
    return before == null || before.equals(owner);
  }

  /** The port's devices are silent: another port may go on under their names. */
  synchronized void release(String port) {
    owners.values().removeIf(owner -> owner.port.equals(port));
  }

  private static String at(DeviceIdentity identity) {
    return identity.position().isEmpty() ? "" : "-" + clean(identity.position());
  }

  private static String clean(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }
}
