package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The waveform port of a Puritan Bennett 840: unasked, for each breath a line {@code BS, S:n,},
 * then flow and pressure every 20 ms, then {@code BE}. Lines end CR LF.
 */
public final class Pb840WaveModel implements DeviceModel {

  private static final int BAUD = 38_400;
  private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long BEHIND_NS_MAX = TimeUnit.SECONDS.toNanos(1);
  private static final double SECONDS_PER_MINUTE = 60;
  private static final double SAMPLES_PER_SECOND = 50;
  private static final int INSPIRATION_SAMPLES = 60;
  private static final double FLOW_L_PER_MIN = 45;
  private static final double EXPIRATION_L_PER_MIN = 55;
  private static final double EXPIRATION_DECAY_S = 0.6;
  private static final int DAMAGED_MAX = 1000;

  private static final List<OrderKind> ORDERS =
      List.of(
          OrderKind.of("ramp", "rate|peak|peep TARGET [SECONDS]", "a value moves"),
          OrderKind.spoiling("breath-lost", "[BREATHS]", "the breath is not sent, its number used"),
          OrderKind.spoiling("end-lost", "[BREATHS]", "no BE at the end of the breath"),
          OrderKind.spoiling("byte-lost", "[BREATHS]", "a byte of a sample line is lost"),
          OrderKind.spoiling("stray", "[BREATHS]", "a sample before the BS line"));

  private final RandomGenerator random;
  private final Drift rate;
  private final Drift peak;
  private final Drift peep;
  private long sequence;
  private long breathNs;
  private boolean on;
  private int lostBreaths;
  private int lostEnds;
  private int lostBytes;
  private int strays;

  public Pb840WaveModel(long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    this.random = root.split();
    this.rate = new Drift(14, 1.5, new Drift.Bounds(4, 60), root.split());
    this.peak = new Drift(22, 1.5, new Drift.Bounds(8, 90), root.split());
    this.peep = new Drift(6, 0.3, new Drift.Bounds(0, 7), root.split());
  }

  @Override
  public int baud() {
    return BAUD;
  }

  @Override
  public void onPowerOn(long nowNs, Wire wire) {
    on = true;
    for (Drift vital : List.of(rate, peak, peep)) vital.start(nowNs);
    breathNs = nowNs;
    sequence = 0;
  }

  /** The port only speaks. */
  @Override
  public void onBytes(long nowNs, byte[] data, int length, Wire wire) {}

  @Override
  public void onTick(long nowNs, Wire wire) {
    if (!on) return;
    if (nowNs - breathNs > BEHIND_NS_MAX) breathNs = nowNs; // the host slept: no burst of the past
    while (breathNs <= nowNs) breathe(wire);
  }

  private void breathe(Wire wire) {
    sequence++;
    double seconds = SECONDS_PER_MINUTE / rate.at(breathNs);
    int samples = (int) (seconds * SAMPLES_PER_SECOND);
    if (lostBreaths > 0) {
      lostBreaths--;
    } else {
      wire.send(breath(samples));
    }
    breathNs += samples * SAMPLE_NS;
  }

  private Message breath(int samples) {
    Message message = new Message();
    if (strays > 0) {
      strays--;
      message.part(breathNs, line("0.0, 6.0"));
    }
    message.part(breathNs, line("BS, S:" + sequence + ","));
    int spoilt = lostBytes > 0 ? random.nextInt(samples) : -1;
    StringJoiner flows = new StringJoiner(" ");
    StringJoiner pressures = new StringJoiner(" ");
    for (int i = 0; i < samples; i++) {
      String flow = Drift.text(flow(i), 1);
      String pressure = Drift.text(pressure(i), 1);
      flows.add(flow);
      pressures.add(pressure);
      byte[] sample = line(flow + ", " + pressure);
      message.part(breathNs + i * SAMPLE_NS, i == spoilt ? withoutComma(sample) : sample);
    }
    if (spoilt >= 0) {
      lostBytes--;
      message.damaged();
    }
    long endNs = breathNs + (samples - 1) * SAMPLE_NS;
    if (lostEnds > 0) {
      lostEnds--;
    } else {
      message.part(endNs, line("BE"));
    }
    message.says("sequence", Long.toString(sequence), "-");
    return message
        .says("flow", flows.toString(), "L/min")
        .says("pressure", pressures.toString(), "cm[H2O]");
  }

  private double flow(int sample) {
    if (sample < INSPIRATION_SAMPLES) return FLOW_L_PER_MIN + random.nextDouble(-0.5, 0.5);
    double seconds = (sample - INSPIRATION_SAMPLES) / SAMPLES_PER_SECOND;
    return -EXPIRATION_L_PER_MIN * Math.exp(-seconds / EXPIRATION_DECAY_S);
  }

  private double pressure(int sample) {
    double low = peep.at(breathNs);
    double rise = peak.at(breathNs) - low;
    if (sample < INSPIRATION_SAMPLES) return low + rise * (sample + 1) / INSPIRATION_SAMPLES;
    double seconds = (sample - INSPIRATION_SAMPLES) / SAMPLES_PER_SECOND;
    return low + rise * Math.exp(-4 * seconds / EXPIRATION_DECAY_S);
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(US_ASCII);
  }

  /**
   * A lost digit would read as another value, and this port has no check; a lost comma does not.
   */
  private static byte[] withoutComma(byte[] sample) {
    return new String(sample, US_ASCII).replace(",", "").getBytes(US_ASCII);
  }

  @Override
  public List<OrderKind> orders() {
    return ORDERS;
  }

  @Override
  public boolean order(long nowNs, Order order) {
    if (order.name().equals("ramp")) return Numbers.ramp(nowNs, order, vital(order.arg(0, "")));
    int count = Numbers.count(order.arg(0, "1"), DAMAGED_MAX);
    if (count < 0) return false;
    switch (order.name()) {
      case "breath-lost" -> lostBreaths = count;
      case "end-lost" -> lostEnds = count;
      case "byte-lost" -> lostBytes = count;
      case "stray" -> strays = count;
      default -> {
        return false;
      }
    }
    return true;
  }

  private Optional<Drift> vital(String name) {
    return switch (name) {
      case "rate" -> Optional.of(rate);
      case "peak" -> Optional.of(peak);
      case "peep" -> Optional.of(peep);
      default -> Optional.empty();
    };
  }
}
