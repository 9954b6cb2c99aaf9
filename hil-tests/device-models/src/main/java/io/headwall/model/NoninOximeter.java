package io.headwall.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The finger and the state of a Nonin oximeter behind its binary formats: values, pleth, status
 * bits, and the table of the FLOAT byte over the 25 frames of a packet.
 */
final class NoninOximeter {

  static final int FRAMES_PER_PACKET = 25;
  static final int FRAMES_PER_SECOND = 75;
  static final int HR_MISSING = 511;
  static final int SPO2_MISSING = 127;

  private static final int FIRMWARE = 48;
  private static final int TIMER_MAX = 1 << 14;
  private static final double PER_MINUTE = 60;
  private static final double UPSTROKE = 0.15;
  private static final int SPREAD = 2;

  private static final int STATUS_ALWAYS = 0x80;
  private static final int STATUS_DISCONNECTED = 0x40;
  private static final int STATUS_ARTIFACT = 0x20;
  private static final int STATUS_OUT_OF_TRACK = 0x10;
  private static final int STATUS_SENSOR_ALARM = 0x08;
  private static final int STATUS_SYNC = 0x01;
  private static final int STAT2_SMART_POINT = 0x20;
  private static final int STAT2_LOW_BATTERY = 0x01;

  static final List<OrderKind> ORDERS =
      List.of(
          OrderKind.of("sensor-off", "[on|off]", "finger out: no values, status bits 6 and 3"),
          OrderKind.of("artifact", "[on|off]", "status bit 5"),
          OrderKind.of("out-of-track", "[on|off]", "status bit 4"),
          OrderKind.of("sensor-alarm", "[on|off]", "status bit 3"),
          OrderKind.of("missing", "[on|off]", "HR 511 and SpO2 127, status clean"),
          OrderKind.of("low-battery", "[on|off]", "STAT2 bit 0 (format 7 only)"),
          OrderKind.of("perfusion", "green|yellow|red", "the colour shown at each beat"),
          OrderKind.of("ramp", "hr|spo2 TARGET [SECONDS]", "a value moves"));

  private final Drift hr;
  private final Drift spo2;
  private final RandomGenerator jitter;
  private double phase;
  private int timer;
  private int perfusion = 0x02;
  private boolean sensorOff;
  private boolean artifact;
  private boolean outOfTrack;
  private boolean sensorAlarm;
  private boolean missing;
  private boolean lowBattery;
  private Values shown = new Values(HR_MISSING, SPO2_MISSING);

  /** Heart rate and saturation as their codes on the wire. */
  record Values(int hr, int spo2) {}

  /** One packet before it is put into frames: per frame a status, a pleth sample and a FLOAT. */
  record Packet(List<Frame> frames, List<Saying> sayings) {}

  /**
   * One frame.
   *
   * @param pleth height of the pulse from 0 to 1
   */
  record Frame(int status, double pleth, int floating) {}

  NoninOximeter(SplittableRandom root) {
    hr = new Drift(72, 3, new Drift.Bounds(18, 321), root.split());
    spo2 = new Drift(97, 1, new Drift.Bounds(0, 100), root.split());
    jitter = root.split();
  }

  void onPowerOn(long nowNs) {
    hr.start(nowNs);
    spo2.start(nowNs);
  }

  /** The next packet. {@code timed} adds what only format 7 carries: timer and STAT2. */
  Packet packet(long nowNs, boolean timed) {
    Values before = shown;
    boolean absent = sensorOff || missing;
    shown =
        absent
            ? new Values(HR_MISSING, SPO2_MISSING)
            : new Values((int) Math.round(hr.at(nowNs)), (int) Math.round(spo2.at(nowNs)));
    timer = (timer + 1) % TIMER_MAX;
    List<Saying> sayings = new ArrayList<>();
    int[] floats = floats(before, timed, sayings);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES_PER_PACKET; i++) {
      boolean beat = advance(nowNs);
      frames.add(new Frame(status(i, beat), pleth(), floats[i]));
    }
    sayings.add(new Saying("status", Integer.toString(frames.get(1).status & 0x78), "-"));
    return new Packet(frames, sayings);
  }

  /** Frame by frame what the FLOAT byte holds; the values of the last packet are the averages. */
  private int[] floats(Values before, boolean timed, List<Saying> sayings) {
    int[] floats = new int[FRAMES_PER_PACKET];
    rate(floats, 0, "hr", shown.hr, sayings);
    saturation(floats, 2, "spo2", shown.spo2, sayings);
    floats[3] = FIRMWARE;
    sayings.add(new Saying("firmware", Integer.toString(FIRMWARE), "-"));
    if (timed) {
      floats[5] = timer >> 7;
      floats[6] = timer & 0x7F;
      floats[7] = STAT2_SMART_POINT | (lowBattery ? STAT2_LOW_BATTERY : 0);
      sayings.add(new Saying("timer", Integer.toString(timer), "-"));
      sayings.add(new Saying("stat2", Integer.toString(floats[7]), "-"));
    }
    saturation(floats, 8, "spo2-d", before.spo2, sayings);
    saturation(floats, 9, "spo2-fast", nearby(shown.spo2), sayings);
    saturation(floats, 10, "spo2-beat", nearby(shown.spo2), sayings);
    rate(floats, 13, "e-hr", before.hr, sayings);
    saturation(floats, 15, "e-spo2", before.spo2, sayings);
    saturation(floats, 16, "e-spo2-d", before.spo2, sayings);
    rate(floats, 19, "hr-d", before.hr, sayings);
    rate(floats, 21, "e-hr-d", before.hr, sayings);
    return floats;
  }

  private static void rate(int[] floats, int at, String key, int value, List<Saying> sayings) {
    floats[at] = value >> 7;
    floats[at + 1] = value & 0x7F;
    sayings.add(new Saying(key, Integer.toString(value), "/min"));
  }

  private static void saturation(
      int[] floats, int at, String key, int value, List<Saying> sayings) {
    floats[at] = value;
    sayings.add(new Saying(key, Integer.toString(value), "%"));
  }

  /** Shorter averages scatter, so that a reader who takes the wrong frame is found out. */
  private int nearby(int saturation) {
    if (saturation == SPO2_MISSING) return saturation;
    return Math.clamp(saturation + jitter.nextInt(-SPREAD, SPREAD + 1), 0, 100);
  }

  /** Moves the pulse by one frame; true in the one frame in which a beat begins. */
  private boolean advance(long nowNs) {
    double before = phase;
    phase = (phase + hr.at(nowNs) / PER_MINUTE / FRAMES_PER_SECOND) % 1;
    return phase < before;
  }

  private double pleth() {
    if (sensorOff) return 0;
    if (phase < UPSTROKE) return phase / UPSTROKE;
    double decay = Math.exp(-3 * (phase - UPSTROKE));
    double notch = 0.15 * Math.exp(-Math.pow((phase - 0.45) / 0.06, 2));
    return Math.clamp(decay + notch, 0, 1);
  }

  private int status(int frame, boolean beat) {
    int status = STATUS_ALWAYS;
    if (sensorOff) status |= STATUS_DISCONNECTED | STATUS_SENSOR_ALARM;
    if (artifact) status |= STATUS_ARTIFACT;
    if (outOfTrack) status |= STATUS_OUT_OF_TRACK;
    if (sensorAlarm) status |= STATUS_SENSOR_ALARM;
    if (beat && !sensorOff) status |= perfusion;
    if (frame == 0) status |= STATUS_SYNC;
    return status;
  }

  boolean order(long nowNs, Order order) {
    return switch (order.name()) {
      case "perfusion" -> perfusion(order.arg(0, ""));
      case "ramp" -> Numbers.ramp(nowNs, order, vital(order.arg(0, "")));
      default -> {
        Optional<Boolean> on = Numbers.onOff(order.arg(0, ""));
        yield on.isPresent() && turn(order.name(), on.get());
      }
    };
  }

  private boolean turn(String name, boolean on) {
    switch (name) {
      case "sensor-off" -> sensorOff = on;
      case "artifact" -> artifact = on;
      case "out-of-track" -> outOfTrack = on;
      case "sensor-alarm" -> sensorAlarm = on;
      case "missing" -> missing = on;
      case "low-battery" -> lowBattery = on;
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean perfusion(String colour) {
    switch (colour) {
      case "green" -> perfusion = 0x02;
      case "red" -> perfusion = 0x04;
      case "yellow" -> perfusion = 0x06;
      default -> {
        return false;
      }
    }
    return true;
  }

  Optional<Drift> vital(String name) {
    return switch (name) {
      case "hr" -> Optional.of(hr);
      case "spo2" -> Optional.of(spo2);
      default -> Optional.empty();
    };
  }
}
