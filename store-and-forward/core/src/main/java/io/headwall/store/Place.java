package io.headwall.store;

/**
 * Where a box stood at a time of measurement.
 *
 * @param unit ward or unit; empty where the box had no bed label
 * @param bed bed within the unit; empty where the box had no bed label
 */
public record Place(String unit, String bed) {

  /** A box without a bed label. Nothing of it is ever attributed to a bed by guess. */
  public static final Place UNASSIGNED = new Place("", "");

  public Place {
    if (unit.isEmpty() != bed.isEmpty()) throw new IllegalArgumentException("unit without bed");
  }

  public boolean assigned() {
    return !bed.isEmpty();
  }
}
