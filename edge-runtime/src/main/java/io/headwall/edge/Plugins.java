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

/**
 * The drivers and uplinks on the class path.
 *
 * @param drivers by id
 * @param uplinks by kind
 */
public record Plugins(Map<String, DeviceDriver> drivers, Map<String, UplinkProvider> uplinks) {

  /** Everything that {@link ServiceLoader} finds. */
  public static Plugins onClassPath() {
    Map<String, DeviceDriver> drivers = new TreeMap<>();
    for (DeviceDriver driver : ServiceLoader.load(DeviceDriver.class)) {
      drivers.put(driver.descriptor().id(), driver);
    }
    Map<String, UplinkProvider> uplinks = new TreeMap<>();
    for (UplinkProvider uplink : ServiceLoader.load(UplinkProvider.class)) {
      uplinks.put(uplink.kind(), uplink);
    }
    return new Plugins(drivers, uplinks);
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
    if (uplink == null) throw new IllegalArgumentException("no uplink '" + kind + "'");
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
