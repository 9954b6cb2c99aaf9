package io.headwall.spi.driver;

import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Reading;

/** What a session can bring about. Nothing else of the world is in its reach. */
public interface SessionOutput {

  /**
   * Asks the port to send an instance of a declared query. The link checks the bytes once more
   * against the driver's templates; what is no instance, or comes too often, does not leave and is
   * an event.
   */
  void send(Query query, SlotValues slots);

  /** Asks the port to send a query that has no slots. */
  default void send(Query query) {
    send(query, SlotValues.NONE);
  }

  /**
   * Hands on a reading of a device. The first reading of a new identity makes it known; another
   * serial number at the same position is another device.
   */
  void reading(DeviceIdentity device, Reading reading);

  /** Says how the session sees its device or devices now; only changes are of interest. */
  void state(SessionState state);
}
