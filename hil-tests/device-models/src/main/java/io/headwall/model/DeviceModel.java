package io.headwall.model;

import java.util.List;

/**
 * A bedside device as seen from its serial port: bytes in, bytes out. Pure and single-threaded: no
 * clock, no thread, no I/O; the same seed and the same calls give the same bytes.
 *
 * <p>All times are monotonic nanoseconds of the caller's choosing, never running backwards.
 */
public interface DeviceModel {

  /** The speed of the line in bit/s. */
  int baud();

  /** The device is switched on, or off and on again: what it had begun is forgotten. */
  void onPowerOn(long nowNs, Wire wire);

  /** The first {@code length} bytes of {@code data} have arrived at the device. */
  void onBytes(long nowNs, byte[] data, int length, Wire wire);

  /** Time passes; to be called at least every 100 ms for a device that speaks unasked. */
  void onTick(long nowNs, Wire wire);

  /** What can be ordered of this model beyond what every device on a line understands. */
  List<OrderKind> orders();

  /**
   * Carries out a fault or a change of a value.
   *
   * @return false when the model does not know the order, or its arguments do not fit
   */
  boolean order(long nowNs, Order order);
}
