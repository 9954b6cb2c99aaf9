package io.headwall.simulation;

import io.headwall.model.DeviceModel;
import io.headwall.model.Message;
import io.headwall.model.Wire;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port's cable with a device at its end, byte by byte: what the model says is paced as its line
 * paces it, spoilt as the faults have it, and remembered. It outlives the appliance.
 */
final class Line implements Wire {

  private static final long BITS_PER_BYTE = 10;
  private static final long NS_PER_S = TimeUnit.SECONDS.toNanos(1);
  private static final int NO_DEVICE_RANDOM_BITS = 8;

  private final Spec spec;
  private final SimClock clock;
  private final Trace trace;
  private final SplittableRandom random;
  private final Deque<OnTheWay> queue = new ArrayDeque<>();
  private final List<Spoken> spoken = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private DeviceModel model;
  private long freeNs;
  private long bytesSinceSpoilt = Long.MAX_VALUE / 2;
  private boolean cableIn = true;
  private boolean silent;
  private long garbageUntilNs;
  private @Nullable Fault spoil;
  private @Nullable Handle open;

  /**
   * What a line is like.
   *
   * @param port the port's name
   * @param ventilator whether its device speaks when asked, in texts without a checksum
   * @param messageNs time over which a message that comes unasked is spread; 0 for none
   * @param apartBytes bytes between two spoilt ones: nearer ones could hide each other from the
   *     device's protocol
   */
  record Spec(String port, boolean ventilator, long messageNs, int apartBytes) {}

  private static final class OnTheWay {
    final byte[] bytes;
    final Spoken spoken;
    final long startNs;
    final long byteNs;
    int gone;

    OnTheWay(byte[] bytes, Spoken spoken, long startNs, long byteNs) {
      this.bytes = bytes;
      this.spoken = spoken;
      this.startNs = startNs;
      this.byteNs = byteNs;
    }

    int due(long nowNs) {
      if (nowNs <= startNs) return 0;
      return (int) Math.min((nowNs - startNs) / byteNs, bytes.length) - gone;
    }
  }

  Line(Spec spec, DeviceModel model, SimClock clock, Trace trace, SplittableRandom random) {
    this.spec = spec;
    this.model = model;
    this.clock = clock;
    this.trace = trace;
    this.random = random;
    model.onPowerOn(clock.nowNs(), this);
  }

  Spec spec() {
    return spec;
  }

  DeviceModel model() {
    return model;
  }

  /** All that its devices have said, in order. */
  List<Spoken> spoken() {
    return spoken;
  }

  /** What has been sent to its devices since the last call. */
  List<String> takeSent() {
    List<String> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  @Override
  public void send(Message message) {
    if (silent) return;
    byte[] bytes = message.bytes();
    long lineNs = BITS_PER_BYTE * NS_PER_S / model.baud();
    long byteNs = Math.max(lineNs, spec.messageNs / bytes.length);
    long startNs = Math.max(message.dueNs(), freeNs);
    freeNs = startNs + bytes.length * byteNs;
    Spoken said = new Spoken(message, spec.ventilator);
    spoken.add(said);
    queue.add(new OnTheWay(bytes, said, startNs, byteNs));
  }

  /** Time passes; what leaves the device while nobody listens is gone. */
  void tick() {
    model.onTick(clock.nowNs(), this);
    if (open == null || !cableIn) drain(null);
  }

  /** The cable is put in or pulled out. */
  void cable(boolean in) {
    if (in == cableIn) return;
    tick();
    drain(null);
    cableIn = in;
    // The port has hung up, also for whoever looks only when the cable is in again.
    if (!in) open = null;
  }

  /** What the line carries is garbage until then. */
  void garbageUntil(long worldNs) {
    garbageUntilNs = worldNs;
  }

  /** The next byte that is far enough from the last spoilt one is spoilt. */
  void spoil(Fault how) {
    spoil = how;
  }

  /** Nothing more is to be spoilt. */
  void heal() {
    spoil = null;
  }

  /** The device says nothing any more. */
  void silence() {
    silent = true;
  }

  /** Off and on; or another device in its place. */
  void replace(DeviceModel next) {
    for (OnTheWay message : queue) {
      message.spoken.damage();
      message.spoken.missed(clock.nowNs(), message.bytes.length - message.gone);
    }
    queue.clear();
    freeNs = clock.nowNs();
    model = next;
    model.onPowerOn(clock.nowNs(), this);
  }

  /** The process that had it open is gone. */
  void hangUp() {
    open = null;
  }

  /** The port as one process sees it. */
  ByteLink attach(AllowList allowed) {
    return new Handle(allowed);
  }

  /** Hands on what is due, to a buffer or to nobody. */
  private int drain(byte @Nullable [] buffer) {
    int filled = 0;
    long now = clock.nowNs();
    while (!queue.isEmpty()) {
      OnTheWay head = queue.element();
      int due = head.due(now);
      if (due == 0) break;
      int count = buffer == null ? due : Math.min(due, buffer.length - filled - 1);
      if (count <= 0) break;
      if (buffer == null) {
        head.spoken.missed(now, count);
      } else {
        filled = hand(head, count, buffer, filled);
        head.spoken.heard(now, count);
      }
      head.gone += count;
      if (head.gone < head.bytes.length) break;
      queue.remove();
    }
    return filled;
  }

  private int hand(OnTheWay from, int count, byte[] buffer, int filled) {
    System.arraycopy(from.bytes, from.gone, buffer, filled, count);
    if (clock.nowNs() < garbageUntilNs) {
      from.spoken.damage();
      for (int i = filled; i < filled + count; i++) {
        buffer[i] = (byte) random.nextInt(1 << NO_DEVICE_RANDOM_BITS);
      }
      bytesSinceSpoilt = 0;
      return filled + count;
    }
    bytesSinceSpoilt += count;
    Fault how = spoil;
    if (how == null || bytesSinceSpoilt < spec.apartBytes) return filled + count;
    spoil = null;
    bytesSinceSpoilt = 0;
    from.spoken.damage();
    int at = filled + random.nextInt(count);
    trace.event(at, () -> "port " + spec.port + ": " + how.word() + " of a byte");
    return spoilt(how, buffer, at, filled + count);
  }

  private int spoilt(Fault how, byte[] buffer, int at, int end) {
    switch (how) {
      case FLIP -> buffer[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case LOSE -> {
        System.arraycopy(buffer, at + 1, buffer, at, end - at - 1);
        return end - 1;
      }
      default -> {
        System.arraycopy(buffer, at, buffer, at + 1, end - at);
        return end + 1;
      }
    }
    return end;
  }

  /** The port as one process has it open. */
  private final class Handle implements ByteLink {

    private final AllowList allowed;

    Handle(AllowList allowed) {
      this.allowed = allowed;
    }

    @Override
    public @Nullable String open() {
      tick();
      if (!cableIn) return "no such device; is the cable in?";
      open = this;
      return null;
    }

    @Override
    public int read(byte[] buffer) {
      if (open != this || !cableIn) return DOWN;
      model.onTick(clock.nowNs(), Line.this);
      int n = drain(buffer);
      if (n > 0) trace.mix(buffer, n);
      return n;
    }

    @Override
    public SendResult send(long nowNs, byte[] bytes) {
      if (open != this || !cableIn) return SendResult.FAILED;
      SendResult result = allowed.judge(nowNs, bytes).result();
      if (result != SendResult.SENT) return result;
      sent.add(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
      trace.mix(bytes, bytes.length);
      model.onBytes(clock.nowNs(), bytes, bytes.length, Line.this);
      return SendResult.SENT;
    }

    @Override
    public void close() {
      if (open == this) open = null;
    }
  }
}
