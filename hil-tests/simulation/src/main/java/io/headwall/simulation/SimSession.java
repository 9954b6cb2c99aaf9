package io.headwall.simulation;

import io.headwall.uplink.mqtt.Outgoing;
import io.headwall.uplink.mqtt.Session;
import io.headwall.uplink.mqtt.SessionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection to the simulated broker. */
final class SimSession implements Session {

  private static final int RECEIVE_MAXIMUM = 20;
  private static final long PACKET_BYTES_MAX = 1 << 20;
  private static final int QOS_MAX = 2;

  private final SimBroker broker;
  private final Queue<SessionEvent> events = new ArrayDeque<>();
  private final Set<Outgoing> unanswered = new LinkedHashSet<>();
  private long packets;
  private boolean over;
  private boolean left;

  SimSession(SimBroker broker) {
    this.broker = broker;
  }

  void connected() {
    if (broken()) return;
    packets++;
    events.add(new SessionEvent.Connected(RECEIVE_MAXIMUM, PACKET_BYTES_MAX, -1, QOS_MAX));
  }

  /** The broker has said something. */
  void heard() {
    packets++;
  }

  /** Whether the answer still found the session. */
  boolean answered(Outgoing message, int code) {
    if (broken()) return false;
    packets++;
    unanswered.remove(message);
    events.add(new SessionEvent.Answered(message, code, ""));
    return true;
  }

  void over(String why) {
    if (broken()) return;
    over = true;
    events.add(new SessionEvent.Over(why));
    tellLost();
  }

  /** Whether nothing can come or go any more. */
  boolean broken() {
    return over || left;
  }

  /** The process has ended without closing it. */
  void abandon() {
    over = true;
  }

  private void tellLost() {
    List<Outgoing> lost = new ArrayList<>(unanswered);
    unanswered.clear();
    broker.ended(this, lost);
  }

  @Override
  public @Nullable SessionEvent next() {
    return events.poll();
  }

  @Override
  public long packetsHeard() {
    return packets;
  }

  @Override
  public void publish(Outgoing message) {
    unanswered.add(message);
    broker.publish(this, message);
  }

  @Override
  public void ping() {
    broker.ping(this);
  }

  @Override
  public void leave(boolean withWill) {
    if (broken()) return;
    left = true;
    tellLost();
  }

  @Override
  public void abort() {
    leave(false);
  }

  @Override
  public void interrupt() {}

  @Override
  public boolean ended() {
    return true;
  }

  @Override
  public void awaitEnd(long ns) {}
}
