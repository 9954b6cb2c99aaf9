package io.headwall.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How often each fault strikes in one run, drawn from its seed. About half of the faults are off in
 * a seed, so that each also meets quiet company.
 */
final class Rates {

  private static final double NS_PER_S = 1e9;
  private static final double SHARE_ON = 0.5;

  private final Map<Fault, Double> means = new EnumMap<>(Fault.class);
  private final Map<Fault, Long> strikes = new EnumMap<>(Fault.class);
  private final Map<Fault, SplittableRandom> randoms = new EnumMap<>(Fault.class);

  /**
   * Draws them.
   *
   * @param allowed the others stay off, without any effect on these
   */
  Rates(SplittableRandom root, Set<Fault> allowed) {
    for (Fault fault : Fault.values()) {
      SplittableRandom own = root.split();
      double spread = Math.log((double) fault.meanSMax() / fault.meanSMin());
      double mean = fault.meanSMin() * Math.exp(own.nextDouble() * spread);
      double share = fault.strikesByItself() ? mean : own.nextDouble();
      boolean on = own.nextDouble() < SHARE_ON;
      randoms.put(fault, own);
      if (on && allowed.contains(fault)) means.put(fault, share);
    }
  }

  /** Turns all off. */
  void calm() {
    means.clear();
  }

  boolean on(Fault fault) {
    return means.containsKey(fault);
  }

  /** Whether a fault that colours another one does so this time. */
  boolean colours(Fault fault) {
    Double share = means.get(fault);
    boolean does = share != null && of(fault).nextDouble() < share;
    if (does) struck(fault);
    return does;
  }

  void struck(Fault fault) {
    strikes.merge(fault, 1L, Long::sum);
  }

  /** How often each fault has struck. */
  Map<Fault, Long> strikes() {
    return strikes;
  }

  /** Time until the next strike of a fault that is on. */
  long waitNs(Fault fault) {
    Double mean = means.get(fault);
    if (mean == null) throw new IllegalStateException(fault + " is off");
    return (long) (-Math.log(1 - of(fault).nextDouble()) * mean * NS_PER_S);
  }

  /** Chance of its own, so that one fault's being off does not change the others. */
  SplittableRandom of(Fault fault) {
    SplittableRandom own = randoms.get(fault);
    if (own == null) throw new IllegalStateException(fault + " has no chance");
    return own;
  }

  /** Mean seconds between strikes, or the share of those that it colours. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    means.forEach((fault, mean) ->
        shown.put(
            fault.word(),
            fault.strikesByItself() ? Math.round(mean) + " s" : Math.round(100 * mean) + " %"));
    return shown.toString();
  }
}
