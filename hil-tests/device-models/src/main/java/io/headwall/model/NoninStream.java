package io.headwall.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/**
 * The unasked stream that both binary Nonin formats share: 75 frames of five bytes a second, 25 to
 * a packet, and the ways in which a line can spoil it. How a frame is written is the format's.
 */
final class NoninStream {

  static final int BAUD = 9600;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long BEHIND_NS_MAX = SECOND_NS;
  private static final int DAMAGED_MAX = 1000;

  private static final List<OrderKind> DAMAGES =
      List.of(
          OrderKind.spoiling("byte-lost", "[PACKETS]", "a byte of a frame is lost"),
          OrderKind.spoiling("byte-flipped", "[PACKETS]", "a bit of a frame is flipped"),
          OrderKind.spoiling("frame-lost", "[PACKETS]", "a whole frame is lost"));

  /** How a format writes a frame: its bytes, and what it makes of a pleth height. */
  interface Format {
    boolean timed();

    int pleth(double height);

    byte[] frame(int status, int pleth, int floating);
  }

  private final NoninOximeter oximeter;
  private final Format format;
  private final RandomGenerator random;
  private long startNs;
  private long packets;
  private boolean on;
  private int lostBytes;
  private int flippedBytes;
  private int lostFrames;

  NoninStream(Format format, long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    this.format = format;
    this.random = root.split();
    this.oximeter = new NoninOximeter(root);
  }

  void onPowerOn(long nowNs) {
    on = true;
    oximeter.onPowerOn(nowNs);
    restart(nowNs);
  }

  private void restart(long nowNs) {
    startNs = nowNs;
    packets = 0;
  }

  void onTick(long nowNs, Wire wire) {
    if (!on) return;
    if (nowNs - packetNs() > BEHIND_NS_MAX) restart(nowNs); // the host slept: no burst of the past
    while (packetNs() <= nowNs) {
      wire.send(packet());
      packets++;
    }
  }

  private long packetNs() {
    return frameNs(0);
  }

  /** From the number and not from the frame before, so that thirds of a second do not add up. */
  private long frameNs(int frame) {
    long number = packets * NoninOximeter.FRAMES_PER_PACKET + frame;
    return startNs
        + number / NoninOximeter.FRAMES_PER_SECOND * SECOND_NS
        + number % NoninOximeter.FRAMES_PER_SECOND * SECOND_NS / NoninOximeter.FRAMES_PER_SECOND;
  }

  private Message packet() {
    NoninOximeter.Packet packet = oximeter.packet(packetNs(), format.timed());
    List<byte[]> frames = new ArrayList<>();
    StringJoiner samples = new StringJoiner(" ");
    for (NoninOximeter.Frame frame : packet.frames()) {
      int pleth = format.pleth(frame.pleth());
      samples.add(Integer.toString(pleth));
      frames.add(format.frame(frame.status(), pleth, frame.floating()));
    }
    Message message = new Message();
    if (spoil(frames)) message.damaged();
    for (int i = 0; i < frames.size(); i++) message.part(frameNs(i), frames.get(i));
    packet.sayings().forEach(s -> message.says(s.key(), s.value(), s.unit()));
    return message.says("pleth", samples.toString(), "-");
  }

  private boolean spoil(List<byte[]> frames) {
    int at = random.nextInt(frames.size());
    byte[] frame = frames.get(at);
    int index = random.nextInt(frame.length);
    if (lostBytes > 0) {
      lostBytes--;
      frames.set(at, without(frame, index));
    } else if (flippedBytes > 0) {
      flippedBytes--;
      frame[index] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    } else if (lostFrames > 0) {
      lostFrames--;
      frames.set(at, new byte[0]);
    } else {
      return false;
    }
    return true;
  }

  static byte[] without(byte[] bytes, int index) {
    byte[] rest = new byte[bytes.length - 1];
    System.arraycopy(bytes, 0, rest, 0, index);
    System.arraycopy(bytes, index + 1, rest, index, rest.length - index);
    return rest;
  }

  static List<OrderKind> orders() {
    List<OrderKind> all = new ArrayList<>(NoninOximeter.ORDERS);
    all.addAll(DAMAGES);
    return all;
  }

  boolean order(long nowNs, Order order) {
    if (DAMAGES.stream().noneMatch(kind -> kind.name().equals(order.name()))) {
      return oximeter.order(nowNs, order);
    }
    int count = Numbers.count(order.arg(0, "1"), DAMAGED_MAX);
    if (count < 0) return false;
    switch (order.name()) {
      case "byte-lost" -> lostBytes = count;
      case "byte-flipped" -> flippedBytes = count;
      default -> lostFrames = count;
    }
    return true;
  }
}
