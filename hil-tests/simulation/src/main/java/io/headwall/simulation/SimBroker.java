package io.headwall.simulation;

import io.headwall.uplink.mqtt.Outgoing;
import io.headwall.uplink.mqtt.Session;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker with a network before it and one subscriber behind it, as ill as the faults have it. It
 * keeps nothing: what it acknowledges, the subscriber has got.
 */
final class SimBroker implements Session.Opener {

  private static final long CONNECT_NS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long WAY_NS_MIN = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long WAY_NS_MAX = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long SLOW_NS_MAX = TimeUnit.SECONDS.toNanos(2);
  private static final int REFUSED = 0x83;
  private static final double REFUSED_SHARE = 0.7;

  private final Stepper stepper;
  private final Trace trace;
  private final SplittableRandom random;
  private final Subscriber subscriber;
  private @Nullable SimSession live;
  private boolean offline;
  private boolean blackHole;
  private boolean reorders;
  private boolean refuses;
  private int acksToLose;
  private int twice;
  private long refused;

  /** What the receiver's end is told. */
  interface Subscriber {

    /** A message leaves the box. */
    void sent(Outgoing message);

    /** A message has arrived, perhaps once more. */
    void arrived(Outgoing message);

    /** The broker's yes is on its way back to the box, or has come there. */
    void acknowledged(Outgoing message);

    /** The broker's no. */
    void refused(Outgoing message);

    /** The box is told that it has lost the connection; what is unanswered will come again. */
    void lost(List<Outgoing> unanswered);
  }

  SimBroker(Stepper stepper, Trace trace, SplittableRandom random, Subscriber to) {
    this.stepper = stepper;
    this.trace = trace;
    this.random = random;
    this.subscriber = to;
  }

  @Override
  public Session open(Outgoing will) {
    SimSession session = new SimSession(this);
    live = session;
    if (offline) {
      later(session, s -> s.over("cannot be reached"));
    } else if (!blackHole) {
      stepper.in(random.nextLong(CONNECT_NS_MAX), () -> session.connected());
    }
    return session;
  }

  /** A message on its way to the broker. */
  void publish(SimSession session, Outgoing message) {
    subscriber.sent(message);
    if (offline || blackHole || session.broken()) return;
    long way = random.nextLong(WAY_NS_MIN, WAY_NS_MAX);
    stepper.in(way, () -> arrive(session, message));
  }

  void ping(SimSession session) {
    if (!offline && !blackHole) later(session, SimSession::heard);
  }

  private void arrive(SimSession session, Outgoing message) {
    // Bytes on the wire when the connection ends may or may not have got there.
    if (blackHole || (session.broken() && random.nextBoolean())) return;
    if (refuses && random.nextDouble() < REFUSED_SHARE) {
      refused++;
      subscriber.refused(message);
      later(session, s -> s.answered(message, REFUSED));
      return;
    }
    subscriber.arrived(message);
    if (twice > 0) {
      twice--;
      subscriber.arrived(message);
    }
    if (acksToLose > 0 && message.topic().indexOf("/status") < 0) {
      acksToLose--;
      trace.event(1, () -> "broker: an acknowledgement is lost");
      return;
    }
    later(
        session,
        s -> {
          if (s.answered(message, 0)) subscriber.acknowledged(message);
        });
  }

  /** The session is over before it was left; told by the session itself. */
  void ended(SimSession session, List<Outgoing> unanswered) {
    if (live == session) live = null;
    subscriber.lost(unanswered);
  }

  private void later(SimSession session, Consumer<SimSession> what) {
    long way = reorders ? random.nextLong(SLOW_NS_MAX) : random.nextLong(WAY_NS_MIN, WAY_NS_MAX);
    stepper.in(
        way,
        () -> {
          if (!blackHole && !session.broken()) what.accept(session);
        });
  }

  /** The connection ends now. */
  void drop(String why) {
    SimSession session = live;
    if (session != null) session.over(why);
  }

  void offline(boolean is) {
    offline = is;
    if (is) drop("the network is gone");
  }

  void blackHole(boolean is) {
    blackHole = is;
  }

  void reorders(boolean does) {
    reorders = does;
  }

  void refuses(boolean does) {
    refuses = does;
  }

  void loseAcks(int count) {
    acksToLose += count;
  }

  void twice(int count) {
    twice += count;
  }

  /** All is well again. */
  void heal() {
    offline = false;
    blackHole = false;
    reorders = false;
    refuses = false;
    acksToLose = 0;
    twice = 0;
  }

  long refused() {
    return refused;
  }

  /** The process is gone: its connection breaks, what is on its way may still arrive. */
  void hangUp() {
    SimSession session = live;
    live = null;
    if (session != null) session.abandon();
  }
}
