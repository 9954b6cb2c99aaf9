package io.headwall.store;

/**
 * Readings that an uplink is done with.
 *
 * @param from first number
 * @param to last number
 */
public record Settled(String uplink, int epoch, Lane lane, long from, long to, How how) {

  /** Some of them. */
  public Settled part(long first, long last) {
    return new Settled(uplink, epoch, lane, first, last, how);
  }

  /** The same numbers, done with in another way. */
  public Settled as(How other) {
    return new Settled(uplink, epoch, lane, from, to, other);
  }

  /** How it was done with them. Order is on disk: append only. */
  public enum How {
    /** The receiver took custody. */
    DELIVERED,
    /** The uplink's filter left them out. */
    FILTERED,
    /** The receiver refused them for good while it took others. */
    DEAD,
    /** Evicted or damaged before they could be delivered. */
    LOST,
    /** Older than what the uplink is to be sent later. */
    TOO_OLD,
    /** The receiver refused them for good, and a person gave them up. */
    DISCARDED
  }
}
