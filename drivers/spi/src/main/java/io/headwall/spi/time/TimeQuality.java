package io.headwall.spi.time;

import java.util.Locale;

/** How a wall time was come by. Order is on disk: append only. */
public enum TimeQuality {
  /** The clock has never been set in this boot: not a time at all. */
  NONE,
  /** Restored from a file or a battery-backed clock at boot. */
  RESTORED,
  /** Set or vouched for by a person. */
  MANUAL,
  /** Synchronised at the time of the reading. */
  SYNCED,
  /** Read before synchronisation, corrected afterwards by an anchor of the same boot. */
  BACK_CORRECTED;

  /** Whether a receiver may take the time for a time. */
  public boolean trusted() {
    return this != NONE && this != RESTORED;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
