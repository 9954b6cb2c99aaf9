package io.headwall.config;

import java.util.List;

/** All that a box is told by its configuration file, complete and checked. */
public record HeadwallConfig(
    Environment environment,
    Box box,
    Place place,
    Store store,
    Runtime runtime,
    Time time,
    List<Port> ports,
    List<Uplink> uplinks) {

  public HeadwallConfig {
    ports = List.copyOf(ports);
    uplinks = List.copyOf(uplinks);
    if (environment == Environment.PRODUCTION && time.trust() == Time.Trust.HOST) {
      throw new IllegalArgumentException("time of the host in production");
    }
  }
}
