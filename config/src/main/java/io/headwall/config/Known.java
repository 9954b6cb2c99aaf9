package io.headwall.config;

import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The drivers and kinds of uplink that this box has, so that what they do not declare is refused.
 *
 * @param drivers by id
 * @param uplinks options by kind
 */
public record Known(
    Map<String, DriverDescriptor> drivers, Map<String, List<DriverOption>> uplinks) {

  /**
   * @throws IllegalArgumentException for an option that is named like a common key, like another
   *     option or like a secret, and for a driver under an id that is not its own
   */
  public Known {
    drivers = Collections.unmodifiableMap(new TreeMap<>(drivers));
    uplinks = Collections.unmodifiableMap(new TreeMap<>(uplinks));
    drivers.forEach(Known::checkDriver);
    uplinks.forEach((kind, options) -> check("uplink " + kind, options, ConfigSchema.UPLINK));
  }

  /** No driver and no uplink: for the reference page of the common keys. */
  public static Known none() {
    return new Known(Map.of(), Map.of());
  }

  private static void checkDriver(String id, DriverDescriptor driver) {
    if (!id.equals(driver.id())) throw new IllegalArgumentException(id + " is " + driver.id());
    check("driver " + id, driver.options(), ConfigSchema.PORT);
  }

  private static void check(String who, List<DriverOption> options, ConfigSchema.Table table) {
    Set<String> taken = new HashSet<>(table.names());
    for (DriverOption option : options) {
      if (!taken.add(option.key())) {
        throw new IllegalArgumentException(who + ": option " + option.key() + " is taken");
      }
      if (Secrets.namesOne(option.key())) {
        throw new IllegalArgumentException(
            who + ": option " + option.key() + " would hold a secret; declare a file of it");
      }
    }
  }
}
