package io.headwall.edge;

import io.headwall.config.Known;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.store.UplinkProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The drivers and uplinks on the class path.
 *
 * @param drivers by id
 * @param uplinks by kind
 */
public record Plugins(Map<String, DeviceDriver> drivers, Map<String, UplinkProvider> uplinks) {

  /** Everything that {@link ServiceLoader} finds. */
  public static Plugins onClassPath() {
    return of(ServiceLoader.load(DeviceDriver.class), ServiceLoader.load(UplinkProvider.class));
  }

  /** These, each under its name. */
  static Plugins of(Iterable<DeviceDriver> someDrivers, Iterable<UplinkProvider> someUplinks) {
    Map<String, DeviceDriver> drivers = new TreeMap<>();
    for (DeviceDriver driver : someDrivers) {
      once(drivers.put(driver.descriptor().id(), driver), driver);
    }
    Map<String, UplinkProvider> uplinks = new TreeMap<>();
    for (UplinkProvider uplink : someUplinks) {
      once(uplinks.put(uplink.kind(), uplink), uplink);
    }
    return new Plugins(drivers, uplinks);
  }

  /** Which of two would read the device must not depend on the order of the class path. */
  private static void once(@Nullable Object before, Object found) {
    if (before == null) return;
    throw new IllegalStateException(
        before.getClass().getName()
            + " and "
            + found.getClass().getName()
            + " have the same name; take one of them off the class path");
  }

  DeviceDriver driver(String id) {
    DeviceDriver driver = drivers.get(id);
    if (driver == null) {
      throw new IllegalArgumentException(
          "no driver '" + id + "'; there are: " + String.join(", ", drivers.keySet()));
    }
    return driver;
  }

  UplinkProvider uplink(String kind) {
    UplinkProvider uplink = uplinks.get(kind);
    if (uplink == null) {
      throw new IllegalArgumentException(
          "no kind of uplink '" + kind + "'; there are: " + String.join(", ", uplinks.keySet()));
    }
    return uplink;
  }

  /** What a configuration may name. */
  public Known known() {
    Map<String, DriverDescriptor> descriptors = new TreeMap<>();
    drivers.forEach((id, driver) -> descriptors.put(id, driver.descriptor()));
    Map<String, List<DriverOption>> options = new TreeMap<>();
    uplinks.forEach((kind, uplink) -> options.put(kind, uplink.options()));
    return new Known(descriptors, options);
  }
}
