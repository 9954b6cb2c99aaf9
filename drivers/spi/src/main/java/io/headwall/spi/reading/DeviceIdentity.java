package io.headwall.spi.reading;

import io.headwall.spi.mdc.Code;
import org.jspecify.annotations.Nullable;

/**
 * A device as far as its protocol lets it be known.
 *
 * @param manufacturer as printed on it
 * @param model as the device says, or the family where it does not
 * @param serial serial number; null where the protocol has none: the identity is unverified then
 * @param firmware version; null where unknown
 * @param position place in a rack or at a multi-drop line, for example a slot; empty for the only
 *     device
 * @param mds what it is, {@code MDC_DEV_…_MDS} or a local code
 */
public record DeviceIdentity(
    String manufacturer,
    String model,
    @Nullable String serial,
    @Nullable String firmware,
    String position,
    Code mds) {

  public boolean verified() {
    return serial != null;
  }

  /** Maker, model, serial number and firmware in one line for an engineer. */
  public String inWords() {
    return manufacturer
        + ' '
        + model
        + (serial == null ? ", no serial number" : ", serial " + serial)
        + (firmware == null ? "" : ", firmware " + firmware)
        + (position.isEmpty() ? "" : ", at " + position);
  }
}
