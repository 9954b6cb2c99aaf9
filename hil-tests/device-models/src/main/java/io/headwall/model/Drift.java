package io.headwall.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/**
 * A value of a patient: it wanders around a target, once a second, and the target can be moved
 * slowly. The walk depends on the seed and the time only, not on how often it is asked.
 */
final class Drift {

  private static final long STEP_NS = 1_000_000_000L;
  private static final int STEPS_MAX = 86_400;
  private static final double PULL = 0.1;
  private static final double STEP_SHARE = 0.4;

  /** Bounds that the value never leaves. */
  record Bounds(double low, double high) {}

  private final RandomGenerator random;
  private final Bounds bounds;
  private final double swing;
  private double target;
  private double goal;
  private int rampSteps;
  private double offset;
  private long steppedNs = Long.MIN_VALUE;

  /** Starts at {@code target} and mostly stays within {@code swing} of it. */
  Drift(double target, double swing, Bounds bounds, RandomGenerator random) {
    this.target = target;
    this.goal = target;
    this.swing = swing;
    this.bounds = bounds;
    this.random = random;
  }

  /** The walk begins, unless it has begun. */
  void start(long nowNs) {
    if (steppedNs == Long.MIN_VALUE) steppedNs = nowNs;
  }

  /** Moves the target to {@code goal} in equal steps over {@code seconds} from now; 0 jumps. */
  void ramp(long nowNs, double goal, int seconds) {
    catchUp(nowNs);
    this.goal = Math.clamp(goal, bounds.low, bounds.high);
    this.rampSteps = seconds;
    if (seconds == 0) target = this.goal;
  }

  private void catchUp(long nowNs) {
    start(nowNs);
    long steps = (nowNs - steppedNs) / STEP_NS;
    steppedNs += steps * STEP_NS;
    for (long i = Math.min(steps, STEPS_MAX); i > 0; i--) step();
  }

  double at(long nowNs) {
    catchUp(nowNs);
    return Math.clamp(target + offset, bounds.low, bounds.high);
  }

  private void step() {
    if (rampSteps > 0) {
      target += (goal - target) / rampSteps;
      rampSteps--;
    }
    double push = (2 * random.nextDouble() - 1) * swing * STEP_SHARE;
    offset = Math.clamp(offset * (1 - PULL) + push, -swing, swing);
  }

  /** The value as text with a fixed number of decimals. */
  static String text(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }
}
