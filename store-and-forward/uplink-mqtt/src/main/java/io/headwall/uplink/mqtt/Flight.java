package io.headwall.uplink.mqtt;

import io.headwall.store.Pack;
import io.headwall.store.Uplink;
import io.headwall.uplink.mqtt.Outgoing.Sending;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Messages of one connection, waiting and in flight. Pure: knows no network. */
final class Flight {

  /** A broker that keeps a message unanswered so long is ill, even if it answers pings. */
  private static final long ANSWER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

  private final boolean subscriberNeeded;
  private final Queue<Outgoing> waiting = new ArrayDeque<>();

  /** In the order of sending, with the time of it. */
  private final Map<Outgoing, Long> inFlight = new LinkedHashMap<>();

  private int window;
  private @Nullable Outgoing status;

  Flight(int window, boolean subscriberNeeded) {
    this.window = window;
    this.subscriberNeeded = subscriberNeeded;
  }

  void open(int messages) {
    window = messages;
  }

  void add(Outgoing message) {
    waiting.add(message);
  }

  /** Replaces a status that still waits. */
  void setStatus(Outgoing message) {
    status = message;
  }

  /**
   * Takes back the pack whose message would be next, if that has grown too old to leave as live;
   * else null.
   */
  @Nullable Pack takeOld(long nowNs) {
    Outgoing next = waiting.peek();
    Sending sending = next == null || inFlight.size() >= window ? null : next.sending;
    if (sending == null || !sending.pack.isOld(nowNs)) return null;
    forget(sending);
    return sending.pack;
  }

  /** The next message to send; null if none waits or the window is full. */
  @Nullable Outgoing next(long nowNs) {
    if (inFlight.size() >= window) return null;
    Outgoing next = status != null ? status : waiting.poll();
    if (next == null) return null;
    if (next == status) status = null;
    inFlight.put(next, nowNs);
    return next;
  }

  void answered(SessionEvent.Answered answer, Uplink.Events events) {
    Outgoing message = answer.message();
    inFlight.remove(message);
    Sending sending = message.sending;
    if (sending == null || sending.undecided == 0) return;
    int code = answer.code();
    if (code >= ReasonCode.FAILURE_MIN || (code == ReasonCode.NO_SUBSCRIBER && subscriberNeeded)) {
      forget(sending);
      events.rejected(sending.pack.id(), ReasonCode.inWords(code, answer.said()));
    } else if (--sending.undecided == 0) {
      events.accepted(sending.pack.id());
    }
  }

  /** The rest of it is not sent, and its answers decide nothing. */
  private void forget(Sending sending) {
    sending.undecided = 0;
    waiting.removeIf(other -> other.sending == sending);
  }

  /** What is wrong if the oldest message has waited too long for its answer; else null. */
  @Nullable String overdue(long nowNs) {
    if (inFlight.isEmpty()) return null;
    long sentNs = inFlight.values().iterator().next();
    return nowNs - sentNs < ANSWER_TIMEOUT_NS
        ? null
        : "a message is unanswered since " + TimeUnit.NANOSECONDS.toSeconds(nowNs - sentNs) + " s";
  }
}
