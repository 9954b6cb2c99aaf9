package io.headwall.spi.driver;

/**
 * One device protocol: what it is, and sessions that speak it. Found with {@link
 * java.util.ServiceLoader}; the class is public, has a public constructor without arguments and
 * keeps no state.
 */
public interface DeviceDriver {

  DriverDescriptor descriptor();

  /**
   * A new session for one port. Called again after each failure of a session.
   *
   * @param options values of the options that the descriptor declares, defaults filled in
   */
  DeviceSession newSession(OptionValues options);
}
