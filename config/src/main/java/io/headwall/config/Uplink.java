package io.headwall.config;

import io.headwall.spi.driver.OptionValues;

/**
 * One receiver of readings.
 *
 * @param name short name for logs, status and the account of what was delivered
 * @param kind a known kind of uplink, such as {@code mqtt}
 * @param options the kind's own options, defaults filled in
 */
public record Uplink(String name, String kind, OptionValues options) {
  public Uplink {
    if (!Port.NAME.matcher(name).matches()) throw new IllegalArgumentException("uplink " + name);
  }
}
