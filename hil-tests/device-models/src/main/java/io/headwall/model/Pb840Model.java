package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A Puritan Bennett 840 or 980 on its DCI port: answers SNDF and SNDA, obeys RSET, says nothing
 * unasked. Digital Communications Interface 4.0; see the module's README for what was chosen where
 * the description is silent.
 */
public final class Pb840Model implements DeviceModel {

  private static final int BAUD = 9600;
  private static final long BITS_PER_BYTE = 10;
  private static final int LINE_BYTES_MAX = 32;
  private static final int WAITING_MAX = 4;
  private static final int LATENCY_MS_MIN = 30;
  private static final int LATENCY_MS_MAX = 300;
  private static final int LOST_BYTES_MAX = 60;
  private static final int HEAD_BYTES_SPARED = 20;
  private static final int TAIL_BYTES_SPARED = 3;
  private static final int DAMAGED_MAX = 1000;

  private static final List<OrderKind> ORDERS =
      List.of(
          OrderKind.of("alarm", "fN HIGH|MEDIUM|LOW|RESET|NORMAL|OFF", "alarm field N shows this"),
          OrderKind.of("set", "fN TEXT", "field N shows this"),
          OrderKind.of("dashes", "[fN...]", "fields show ---- (f71)"),
          OrderKind.of("blank", "[fN...]", "fields are blank (f77)"),
          OrderKind.of("clear", "[fN...]", "ends alarm, set, dashes and blank (of all fields)"),
          OrderKind.of("standby", "[on|off]", "no patient: measured fields are blank"),
          OrderKind.of(
              "body-count", "[N]", "byte count in the head (1226; 1225: the true one again)"),
          OrderKind.of("ramp", "rate|vte|peak|peep|o2|pef TARGET [SECONDS]", "a value moves"),
          OrderKind.spoiling("cut", "[ANSWERS]", "the answer ends early"),
          OrderKind.spoiling("digits-lost", "[ANSWERS]", "1 to 60 bytes are lost in the middle"));

  private final RandomGenerator random;
  private final int baud;
  private final Pb840Screen screen;
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private final Deque<Pb840Layout> waiting = new ArrayDeque<>();
  private int lineBytes;
  private long answerNs;
  private long freeNs = Long.MIN_VALUE;
  private int cutAnswers;
  private int lossyAnswers;

  /** Which ventilator answers. */
  public enum Variant {
    PB840,
    PB980
  }

  /** At 9600 bit/s; {@code clock} is what the device's own clock shows when it is switched on. */
  public Pb840Model(Variant variant, LocalDateTime clock, long seed) {
    this(variant, clock, seed, BAUD);
  }

  /** At {@code baud} bit/s. */
  public Pb840Model(Variant variant, LocalDateTime clock, long seed, int baud) {
    SplittableRandom root = new SplittableRandom(seed);
    this.random = root.split();
    this.screen = new Pb840Screen(variant, clock, new Pb840Patient(root));
    this.baud = baud;
  }

  @Override
  public int baud() {
    return baud;
  }

  @Override
  public void onPowerOn(long nowNs, Wire wire) {
    screen.onPowerOn(nowNs);
    waiting.clear();
    lineBytes = 0;
    freeNs = nowNs;
  }

  @Override
  public void onBytes(long nowNs, byte[] data, int length, Wire wire) {
    for (int i = 0; i < length; i++) {
      if (data[i] == '\r') {
        obey(new String(line, 0, Math.min(lineBytes, LINE_BYTES_MAX), US_ASCII), nowNs);
        lineBytes = 0;
      } else if (lineBytes < LINE_BYTES_MAX) {
        line[lineBytes++] = data[i];
      }
    }
    onTick(nowNs, wire);
  }

  @Override
  public void onTick(long nowNs, Wire wire) {
    Pb840Layout asked = waiting.peek();
    if (asked == null || nowNs < answerNs) return;
    waiting.remove();
    Message answer = answer(asked);
    freeNs = answerNs + answer.length() * BITS_PER_BYTE * TimeUnit.SECONDS.toNanos(1) / baud;
    wire.send(answer);
    plan(freeNs);
  }

  private void obey(String command, long nowNs) {
    switch (command) {
      case "SNDF" -> ask(Pb840Layout.MISCF, nowNs);
      case "SNDA" -> ask(Pb840Layout.MISCA, nowNs);
      // Requests not yet begun sit in the receive buffer, so they go with it.
      case "RSET" -> waiting.clear();
      default -> {} // lower case, noise and unknown words are ignored
    }
  }

  private void ask(Pb840Layout layout, long nowNs) {
    if (waiting.size() == WAITING_MAX) return;
    waiting.add(layout);
    if (waiting.size() == 1) plan(Math.max(nowNs, freeNs));
  }

  private void plan(long fromNs) {
    answerNs = fromNs + TimeUnit.MILLISECONDS.toNanos(latencyMs());
  }

  private int latencyMs() {
    return random.nextInt(LATENCY_MS_MIN, LATENCY_MS_MAX + 1);
  }

  private Message answer(Pb840Layout layout) {
    byte[] whole = screen.compose(layout, answerNs);
    byte[] sent = whole;
    if (cutAnswers > 0) {
      cutAnswers--;
      sent = Arrays.copyOf(whole, inside(whole));
    } else if (lossyAnswers > 0) {
      lossyAnswers--;
      sent = withoutMiddle(whole);
    }
    Message message = new Message().part(answerNs, sent);
    screen.sayings(layout, answerNs).forEach(s -> message.says(s.key(), s.value(), s.unit()));
    return sent.length < whole.length ? message.damaged() : message;
  }

  private byte[] withoutMiddle(byte[] whole) {
    int from = inside(whole);
    int lost = random.nextInt(1, LOST_BYTES_MAX + 1);
    int to = Math.min(from + lost, whole.length - TAIL_BYTES_SPARED + 1);
    byte[] rest = Arrays.copyOf(whole, whole.length - (to - from));
    System.arraycopy(whole, to, rest, from, whole.length - to);
    return rest;
  }

  private int inside(byte[] whole) {
    return random.nextInt(HEAD_BYTES_SPARED, whole.length - TAIL_BYTES_SPARED);
  }

  @Override
  public List<OrderKind> orders() {
    return ORDERS;
  }

  @Override
  public boolean order(long nowNs, Order order) {
    return switch (order.name()) {
      case "cut" -> {
        int count = Numbers.count(order.arg(0, "1"), DAMAGED_MAX);
        if (count >= 0) cutAnswers = count;
        yield count >= 0;
      }
      case "digits-lost" -> {
        int count = Numbers.count(order.arg(0, "1"), DAMAGED_MAX);
        if (count >= 0) lossyAnswers = count;
        yield count >= 0;
      }
      default -> screen.order(nowNs, order);
    };
  }
}
