package io.headwall.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Orders on a timeline that starts when a device is switched on. A script is played once, by one
 * thread, forwards.
 */
public sealed interface Script {

  /** Nothing ever happens. */
  Script EMPTY = once();

  /** The orders due by {@code sinceStartNs} that were not yet handed out. */
  List<Order> due(long sinceStartNs);

  /** A timeline played once; add to it with {@link Timeline#at}. */
  static Timeline once() {
    return new Timeline(0);
  }

  /** A timeline that starts again every {@code periodS} seconds. */
  static Timeline every(int periodS) {
    return new Timeline(TimeUnit.SECONDS.toNanos(periodS));
  }

  /** Cable out {@code afterS} seconds after it was put in, for {@code outS} seconds. */
  static Script cablePulls(int afterS, int outS) {
    return every(afterS + outS).at(afterS, "unplug").at(afterS + outS, "plug");
  }

  /** An order after each pause, both drawn at random. */
  static Script drawn(
      RandomGenerator random, int pauseMsMin, int pauseMsMax, Supplier<String> orders) {
    return new Drawn(random, pauseMsMin, pauseMsMax, orders);
  }

  /** Fixed orders at fixed times, once or over and over. */
  final class Timeline implements Script {

    private record Step(long atNs, Order order) {}

    private final long periodNs;
    private final List<Step> steps = new ArrayList<>();
    private int next;
    private long baseNs;

    private Timeline(long periodNs) {
      this.periodNs = periodNs;
    }

    /** Adds an order; times must not run backwards nor lie behind the period. */
    public Timeline at(int seconds, String order) {
      long atNs = TimeUnit.SECONDS.toNanos(seconds);
      boolean backwards = !steps.isEmpty() && atNs < steps.getLast().atNs;
      if (backwards || (periodNs > 0 && atNs > periodNs)) {
        throw new IllegalArgumentException("out of order: " + seconds + " s");
      }
      steps.add(new Step(atNs, Order.parse(order)));
      return this;
    }

    @Override
    public List<Order> due(long sinceStartNs) {
      List<Order> due = new ArrayList<>();
      while (next < steps.size() && baseNs + steps.get(next).atNs <= sinceStartNs) {
        due.add(steps.get(next++).order);
        if (next == steps.size() && periodNs > 0) {
          next = 0;
          baseNs += periodNs;
        }
      }
      return due;
    }
  }

  /** Random orders at random times. */
  final class Drawn implements Script {

    private final RandomGenerator random;
    private final int pauseMsMin;
    private final int pauseMsMax;
    private final Supplier<String> orders;
    private long nextNs;

    private Drawn(RandomGenerator random, int pauseMsMin, int pauseMsMax, Supplier<String> orders) {
      this.random = random;
      this.pauseMsMin = pauseMsMin;
      this.pauseMsMax = pauseMsMax;
      this.orders = orders;
      pause();
    }

    private void pause() {
      nextNs += TimeUnit.MILLISECONDS.toNanos(random.nextInt(pauseMsMin, pauseMsMax + 1));
    }

    @Override
    public List<Order> due(long sinceStartNs) {
      List<Order> due = new ArrayList<>();
      while (nextNs <= sinceStartNs) {
        due.add(Order.parse(orders.get()));
        pause();
      }
      return due;
    }
  }
}
