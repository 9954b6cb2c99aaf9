package io.headwall.simulation;

import io.headwall.model.DeviceModel;
import io.headwall.model.NoninFormat7Model;
import io.headwall.model.Order;
import io.headwall.model.Pb840Model;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The devices at the bed: a stand-in for the reference bed out of the models that there are.
 * Oximeters enough for its wave samples and numerics, and a ventilator for settings and alarms.
 */
final class Bed {

  private static final int OXIMETERS = 21;
  private static final String VENTILATOR = "vent";
  private static final LocalDateTime DEVICE_CLOCK = LocalDateTime.of(2026, 1, 1, 0, 0);

  /** A packet of 25 frames at 75 a second, less the time of one frame. */
  private static final long PACKET_NS = TimeUnit.MILLISECONDS.toNanos(320);

  private static final int PACKET_APART_BYTES = 500;
  private static final int ANSWER_APART_BYTES = 4000;

  private static final long ORDER_MEAN_NS = TimeUnit.SECONDS.toNanos(15);
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(900);
  private static final List<String> ALARM_FIELDS = List.of("f110", "f111", "f112", "f113");
  private static final List<String> ALARM_WORDS = List.of("HIGH", "MEDIUM", "LOW", "NORMAL");
  private static final List<String> SENSOR_ORDERS =
      List.of("sensor-off", "artifact", "out-of-track", "sensor-alarm", "missing", "low-battery");

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final SimClock clock;
  private final Stepper stepper;
  private final Trace trace;
  private final SplittableRandom random;
  private boolean playing = true;
  private long orders;

  Bed(SimClock clock, Stepper stepper, Trace trace, SplittableRandom random) {
    this.clock = clock;
    this.stepper = stepper;
    this.trace = trace;
    this.random = random;
    for (int i = 1; i <= OXIMETERS; i++) {
      String port = String.format(Locale.ROOT, "ox%02d", i);
      add(new Line.Spec(port, false, PACKET_NS, PACKET_APART_BYTES));
    }
    add(new Line.Spec(VENTILATOR, true, 0, ANSWER_APART_BYTES));
    tick();
    stepper.in(orderWaitNs(), this::order);
  }

  private void add(Line.Spec spec) {
    Line line = new Line(spec, fresh(spec), clock, trace, random.split());
    lines.put(spec.port(), line);
  }

  /** A device of a line's model; another one each time. */
  DeviceModel fresh(Line.Spec spec) {
    long seed = random.nextLong();
    if (!spec.ventilator()) return new NoninFormat7Model(seed);
    DeviceModel model = new Pb840Model(Pb840Model.Variant.PB840, DEVICE_CLOCK, seed);
    model.order(clock.nowNs(), Order.parse("set f6 840 35100" + (10_000 + random.nextInt(80_000))));
    return model;
  }

  Map<String, Line> lines() {
    return lines;
  }

  Line any() {
    List<Line> all = List.copyOf(lines.values());
    return all.get(random.nextInt(all.size()));
  }

  /** Keeps the time of devices that nobody listens to. */
  private void tick() {
    for (Line line : lines.values()) line.tick();
    stepper.in(TICK_NS, this::tick);
  }

  private long orderWaitNs() {
    return (long) (-Math.log(1 - random.nextDouble()) * ORDER_MEAN_NS);
  }

  /** Something happens to the patient: alarms come and go. */
  private void order() {
    if (!playing) return;
    stepper.in(orderWaitNs(), this::order);
    Line line = random.nextInt(3) == 0 ? ventilator() : any();
    String text;
    if (line.spec().ventilator()) {
      text = "alarm " + one(ALARM_FIELDS) + ' ' + one(ALARM_WORDS);
    } else {
      String what = one(SENSOR_ORDERS);
      text = what + " on";
      stepper.in(
          orderWaitNs(), () -> line.model().order(clock.nowNs(), Order.parse(what + " off")));
    }
    orders++;
    if (!line.model().order(clock.nowNs(), Order.parse(text))) {
      throw new IllegalStateException("no such order: " + text);
    }
    trace.event(orders, () -> "device at " + line.spec().port() + ": " + text);
  }

  private Line ventilator() {
    Line line = lines.get(VENTILATOR);
    if (line == null) throw new IllegalStateException("no ventilator");
    return line;
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Cables in, lines clean. */
  void heal() {
    for (Line line : lines.values()) {
      line.cable(true);
      line.garbageUntil(0);
      line.heal();
    }
  }

  /** The devices say nothing more. */
  void silence() {
    playing = false;
    for (Line line : lines.values()) line.silence();
  }
}
