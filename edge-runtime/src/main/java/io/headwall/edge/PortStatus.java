package io.headwall.edge;

import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import java.util.Map;

/**
 * A port at one moment.
 *
 * @param whyClosed why the link is not open, with the fix; empty when it is open
 * @param sinceNs when the condition began, monotonic
 * @param identity the device, or what stands for one that has not said what it is
 * @param heardNs arrival of the last reading, monotonic; 0 for none
 * @param readings handed to the store since the start
 * @param perS readings a second of late
 * @param gaps recorded since the start
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
    DeviceIdentity identity,
    long heardNs,
    long readings,
    double perS,
    long gaps,
    SessionCounts counts,
    Map<SendResult, Long> sent) {

  /** The same port, out of use. */
  PortStatus parked(long nowNs, String why) {
    return new PortStatus(
        name,
        device,
        driver,
        DeviceCondition.PARKED,
        why,
        nowNs,
        identity,
        heardNs,
        readings,
        0,
        gaps,
        counts,
        sent);
  }
}
