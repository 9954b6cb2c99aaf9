package io.headwall.spi.driver;

/** How a session sees what is attached to its port. */
public enum SessionState {
  /** Nothing intelligible for the protocol's silence time. */
  SILENT,
  /** Good frames arrive. */
  SPEAKING,
  /** The device says that it is in standby: it speaks, and its values mean nothing. */
  STANDBY
}
