package io.headwall.spi.driver;

/**
 * The conversation with what is attached to one port: a state machine without thread, clock or I/O.
 * Owned by the port's thread; times are monotonic nanoseconds and never go back.
 */
public interface DeviceSession {

  /** The port has opened. */
  void onLinkUp(long nowNs, SessionOutput out);

  /**
   * Bytes have arrived: any part of a stream, or exactly one datagram.
   *
   * @param nowNs taken right after the read
   * @param data owned by the caller and reused; copy what is kept
   */
  void onBytes(long nowNs, byte[] data, int length, SessionOutput out);

  /** Time has passed; comes at least every 100 ms. */
  void onTick(long nowNs, SessionOutput out);

  /** The port has closed: forget half-read frames. Nothing can be sent. */
  void onLinkDown(long nowNs, SessionOutput out);

  /** What has been understood and what not, since the session began. */
  SessionCounts counts();
}
