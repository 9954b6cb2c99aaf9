package io.headwall.spi.driver;

import io.headwall.spi.link.LinkSettings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a driver is for and all that it may ever do to a port.
 *
 * @param id lower-case words joined by hyphens; names the driver in configurations
 * @param title for people
 * @param models device families and models
 * @param link the line's settings as the maker ships the device; a port's configuration overrides
 *     them
 * @param queries everything the driver may ever send; empty for a driver that only listens
 * @param options the driver's own configuration options
 * @param verified what the driver was checked against
 */
public record DriverDescriptor(
    String id,
    String title,
    List<String> models,
    LinkSettings link,
    List<Query> queries,
    List<DriverOption> options,
    Verified verified) {

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  public DriverDescriptor {
    if (!ID.matcher(id).matches()) throw new IllegalArgumentException("driver id " + id);
    models = List.copyOf(models);
    queries = List.copyOf(queries);
    options = List.copyOf(options);
  }

  /** What a driver was checked against. */
  public enum Verified {
    /** A real device, side by side. */
    REAL,
    /** The maker's published examples, or recordings of real devices. */
    MAKER_EXAMPLES,
    /** Vectors of our own only. */
    OWN
  }
}
