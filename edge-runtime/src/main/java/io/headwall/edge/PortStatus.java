package io.headwall.edge;

import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import java.util.List;
import java.util.Map;

/**
 * A port at one moment.
 *
 * @param whyClosed why the link is not open, with the fix; empty when it is open
 * @param sinceNs when the condition began, monotonic
 * @param devices one or more: what is attached, or what stands for a device that has not said what
 *     it is
 * @param heardNs arrival of the last good frame, monotonic; 0 for none
 * @param readings handed to the store since the start
 * @param perS readings a second of late
 * @param gaps recorded since the start
 * @param restarts of the driver's session after a failure of the driver
 * @param counts frames and rejects of the present session
 * @param sent transmissions by what became of them
 */
record PortStatus(
    String name,
    String device,
    String driver,
    DeviceCondition condition,
    String whyClosed,
    long sinceNs,
    List<Attached.Known> devices,
    long heardNs,
    long readings,
    double perS,
    long gaps,
    long restarts,
    SessionCounts counts,
    Map<SendResult, Long> sent) {

  PortStatus {
    devices = List.copyOf(devices);
    sent = Map.copyOf(sent);
    if (devices.isEmpty()) throw new IllegalArgumentException("no device, and none that stands in");
  }

  /** The only device, or the first. */
  DeviceIdentity identity() {
    return devices.getFirst().identity();
  }

  /** The same port, out of use. */
  PortStatus parked(long nowNs, String why) {
    return new PortStatus(
        name,
        device,
        driver,
        DeviceCondition.PARKED,
        why,
        nowNs,
        devices,
        heardNs,
        readings,
        0,
        gaps,
        restarts,
        counts,
        sent);
  }
}
