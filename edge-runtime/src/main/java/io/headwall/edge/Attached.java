package io.headwall.edge;

import io.headwall.spi.reading.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/** A device at a port, and the gap in its record where there is one. Owned by the port's thread. */
final class Attached {

  private DeviceIdentity identity;
  private String name;
  private @Nullable String serial;
  private boolean claimed;
  private long heardNs;
  private long gapFromNs;
  private @Nullable String gapReason;
  private final ShownClock clock = new ShownClock();

  Attached(DeviceIdentity identity, String name) {
    this.identity = identity;
    this.name = name;
    this.serial = identity.serial();
    this.claimed = true;
  }

  /** A device as others may know it. */
  record Known(String name, DeviceIdentity identity) {}

  /** The same device has said more about itself, or speaks under another name. */
  void became(DeviceIdentity identity, String name) {
    this.identity = identity;
    this.name = name;
    if (identity.serial() != null) serial = identity.serial();
    claimed = true;
  }

  DeviceIdentity identity() {
    return identity;
  }

  String name() {
    return name;
  }

  Known known() {
    return new Known(name, identity);
  }

  /** What its own clock showed; kept while it is not heard. */
  ShownClock clock() {
    return clock;
  }

  /** Whether the name is still this port's. */
  boolean isClaimed() {
    return claimed;
  }

  /** Whether this identity is another device's: only two serial numbers that differ say so. */
  boolean isReplacedBy(DeviceIdentity other) {
    return serial != null && other.serial() != null && !serial.equals(other.serial());
  }

  void heard(long nowNs) {
    heardNs = nowNs;
  }

  /** Nothing is heard of it any more: a gap begins where it was heard last. */
  void lost(String reason) {
    claimed = false;
    if (heardNs == 0 || gapReason != null) return;
    gapReason = reason;
    gapFromNs = heardNs;
  }

  /** Why a gap is open; null where none is. */
  @Nullable String gapReason() {
    return gapReason;
  }

  long gapFromNs() {
    return gapFromNs;
  }

  void gapEnded() {
    gapReason = null;
  }
}
