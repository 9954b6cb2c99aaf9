package io.headwall.spi.reading;

/** What a device or its line is doing. Order is on disk: append only. */
public enum DeviceCondition {
  /** The port is closed or its cable out. */
  LINK_DOWN,
  /** The port is open; nothing intelligible has been heard for the device's silence time. */
  SILENT,
  /** The device speaks and its readings are forwarded. */
  SPEAKING,
  /** The device speaks and says that it is in standby. */
  STANDBY,
  /** A device has been recognised: detail names maker, model, serial number, firmware. */
  IDENTIFIED,
  /** Another device answers at the same port than before. */
  REPLACED,
  /**
   * The port's native call hung or its driver failed too often: out of use until the fault is
   * cleared.
   */
  PARKED,
  /** Admit, discharge, new patient or a like event at the device; it carries no identity. */
  PATIENT_CONTEXT_CHANGED
}
