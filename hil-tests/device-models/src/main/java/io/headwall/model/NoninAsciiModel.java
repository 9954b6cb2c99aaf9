package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A Nonin bedside or handheld oximeter with real-time ASCII output: a header when it is switched
 * on, then one line a second, {@code SPO2=097 HR=072}, ended by CR LF. There is no check sum.
 */
public final class NoninAsciiModel implements DeviceModel {

  private static final long LINE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long BEHIND_NS_MAX = 2 * LINE_NS;
  private static final String HEADER = "2500 VER 1.0 SN: 000";
  private static final String NONE = "---";
  private static final int HIGH_BIT = 0x80;
  private static final int DAMAGED_MAX = 1000;
  private static final List<String> MARKS = List.of("F", "B", "*");

  private static final List<OrderKind> ORDERS =
      List.of(
          OrderKind.of("sensor-off", "[on|off]", "both values are ---"),
          OrderKind.of("mark", "F|B|* [on|off]", "the mark stands at the end of each line"),
          OrderKind.of("time", "[on|off]", "each line begins with HH:MM:SS"),
          OrderKind.of("ramp", "hr|spo2 TARGET [SECONDS]", "a value moves"),
          OrderKind.spoiling("cut", "[LINES]", "the line ends in the middle, without its CR LF"),
          OrderKind.spoiling("byte-lost", "[LINES]", "a byte before the last digit is lost"),
          OrderKind.spoiling("byte-flipped", "[LINES]", "the high bit of a byte is set"));

  private final LocalDateTime clock;
  private final RandomGenerator random;
  private final Drift hr;
  private final Drift spo2;
  private final Set<String> marks = new HashSet<>();
  private long onSinceNs;
  private long lineNs;
  private boolean timed;
  private boolean on;
  private boolean sensorOff;
  private int cutLines;
  private int lossyLines;
  private int flippedLines;

  /** {@code clock} is what the device's own clock shows when it is switched on. */
  public NoninAsciiModel(LocalDateTime clock, long seed) {
    this.clock = clock;
    SplittableRandom root = new SplittableRandom(seed);
    random = root.split();
    hr = new Drift(72, 3, new Drift.Bounds(18, 321), root.split());
    spo2 = new Drift(97, 1, new Drift.Bounds(0, 100), root.split());
  }

  @Override
  public int baud() {
    return NoninStream.BAUD;
  }

  @Override
  public void onPowerOn(long nowNs, Wire wire) {
    on = true;
    onSinceNs = nowNs;
    hr.start(nowNs);
    spo2.start(nowNs);
    wire.send(new Message().part(nowNs, (HEADER + "\r\n").getBytes(US_ASCII)));
    lineNs = nowNs + LINE_NS;
  }

  /** The output is for a printer; nothing is read. */
  @Override
  public void onBytes(long nowNs, byte[] data, int length, Wire wire) {}

  @Override
  public void onTick(long nowNs, Wire wire) {
    if (!on) return;
    if (nowNs - lineNs > BEHIND_NS_MAX) lineNs = nowNs; // the host slept: no burst of the past
    for (; lineNs <= nowNs; lineNs += LINE_NS) wire.send(line());
  }

  private Message line() {
    String saturation = sensorOff ? NONE : threeDigits(spo2.at(lineNs));
    String rate = sensorOff ? NONE : threeDigits(hr.at(lineNs));
    StringBuilder tail = new StringBuilder();
    MARKS.stream().filter(marks::contains).forEach(mark -> tail.append(' ').append(mark));
    String values = time() + "SPO2=" + saturation + " HR=" + rate;
    byte[] whole = (values + tail + "\r\n").getBytes(US_ASCII);
    int lastDigit = values.length() - 1;
    byte[] sent = spoil(whole, lastDigit);
    Message message =
        new Message().part(lineNs, sent).says("spo2", saturation, "%").says("hr", rate, "/min");
    return Arrays.equals(sent, whole) ? message : message.damaged();
  }

  private String time() {
    if (!timed) return "";
    LocalTime now = clock.plus(Duration.ofNanos(lineNs - onSinceNs)).toLocalTime();
    return DateTimeFormatter.ISO_LOCAL_TIME.format(now.truncatedTo(ChronoUnit.SECONDS)) + " ";
  }

  private byte[] spoil(byte[] whole, int lastDigit) {
    if (cutLines > 0) {
      cutLines--;
      return Arrays.copyOf(whole, random.nextInt(1, lastDigit));
    }
    if (lossyLines > 0) {
      lossyLines--;
      return NoninStream.without(whole, random.nextInt(lastDigit));
    }
    if (flippedLines > 0) {
      flippedLines--;
      byte[] flipped = whole.clone();
      flipped[random.nextInt(lastDigit)] ^= (byte) HIGH_BIT;
      return flipped;
    }
    return whole;
  }

  private static String threeDigits(double value) {
    String digits = Drift.text(value, 0);
    return "0".repeat(Math.max(0, 3 - digits.length())) + digits;
  }

  @Override
  public List<OrderKind> orders() {
    return ORDERS;
  }

  @Override
  public boolean order(long nowNs, Order order) {
    return switch (order.name()) {
      case "sensor-off" -> sensorOff(Numbers.onOff(order.arg(0, "")));
      case "time" -> time(Numbers.onOff(order.arg(0, "")));
      case "mark" -> mark(order.arg(0, ""), Numbers.onOff(order.arg(1, "")));
      case "ramp" -> Numbers.ramp(nowNs, order, vital(order.arg(0, "")));
      default -> spoilNext(order.name(), Numbers.count(order.arg(0, "1"), DAMAGED_MAX));
    };
  }

  private boolean sensorOff(Optional<Boolean> off) {
    off.ifPresent(value -> sensorOff = value);
    return off.isPresent();
  }

  private boolean time(Optional<Boolean> shown) {
    shown.ifPresent(value -> timed = value);
    return shown.isPresent();
  }

  private boolean mark(String mark, Optional<Boolean> shown) {
    if (!MARKS.contains(mark) || shown.isEmpty()) return false;
    if (shown.get()) {
      marks.add(mark);
    } else {
      marks.remove(mark);
    }
    return true;
  }

  private boolean spoilNext(String name, int count) {
    if (count < 0) return false;
    switch (name) {
      case "cut" -> cutLines = count;
      case "byte-lost" -> lossyLines = count;
      case "byte-flipped" -> flippedLines = count;
      default -> {
        return false;
      }
    }
    return true;
  }

  private Optional<Drift> vital(String name) {
    return switch (name) {
      case "hr" -> Optional.of(hr);
      case "spo2" -> Optional.of(spo2);
      default -> Optional.empty();
    };
  }
}
