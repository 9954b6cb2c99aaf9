package io.headwall.uplink.mqtt;

import io.headwall.format.Senml;
import io.headwall.format.WirePath;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import io.headwall.store.Uplink;
import io.headwall.store.UplinkProvider.Setup;
import io.headwall.uplink.mqtt.Outgoing.Sending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to one MQTT broker. Owned by the uplink's forward thread.
 *
 * <p>{@code status} with an empty text removes the retained status and leaves no will behind: for a
 * box that leaves its bed.
 */
final class MqttUplink implements Uplink {

  /** TCP, TLS and CONNACK together. */
  private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

  private static final long LEAVE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

  /** Fixed header, properties and length fields of a PUBLISH, without its topic. */
  private static final int PUBLISH_OVERHEAD_BYTES = 64;

  private static final int QOS_NEEDED = 1;
  private static final String STATUS_TYPE = "application/json";
  private static final String WAITED = "waited";
  private static final String OFFLINE = "{\"state\":\"offline\"}";

  private final Setup setup;
  private final MqttSettings settings;
  private final Session.Opener sessions;
  private final String statusTopic;
  private final Outgoing will;

  private @Nullable Session session;
  private @Nullable Departure leaving;
  private boolean connecting;
  private boolean up;
  private boolean statusCleared;
  private long deadlineNs;
  private long packetBytesMax;
  private Flight flight;
  private Liveness liveness;
  private @Nullable String down;
  private final Queue<Refusal> refusals = new ArrayDeque<>();

  private record Refusal(long packId, String reason) {}

  MqttUplink(Setup setup, MqttSettings settings, Session.Opener sessions) {
    this.setup = setup;
    this.settings = settings;
    this.sessions = sessions;
    statusTopic = statusTopic(setup.place());
    will = status(OFFLINE);
    flight = new Flight(0, settings.subscriberNeeded());
    liveness = new Liveness(settings.keepAliveS(), 0);
  }

  @Override
  public void connect(long nowNs) {
    end(nowNs);
    down = null;
    connecting = true;
    statusCleared = false;
    deadlineNs = nowNs + CONNECT_TIMEOUT_NS;
    flight = new Flight(0, settings.subscriberNeeded());
    refusals.clear();
    openWhenFree(nowNs);
  }

  /** One connection at a time: a try waits until the threads of the last one have ended. */
  private void openWhenFree(long nowNs) {
    if (leaving != null && leaving.over(nowNs)) leaving = null;
    if (leaving == null && session == null) session = sessions.open(will);
  }

  @Override
  public void send(long nowNs, Pack pack) {
    if (!up) throw new IllegalStateException("not up");
    enqueue(pack);
    depart(nowNs);
  }

  private void enqueue(Pack pack) {
    String topic =
        new WirePath(
                setup.topicRoot(), pack.place(), setup.origin(), WirePath.Stream.of(pack.kind()))
            .toString();
    long room = packetBytesMax - PUBLISH_OVERHEAD_BYTES - topic.length();
    int bytesMax = (int) Math.min(Senml.MESSAGE_BYTES_MAX, room);
    List<byte[]> messages = Senml.encode(pack, settings.encoding(), bytesMax);
    for (byte[] message : messages) {
      if (message.length > room) {
        refusals.add(
            new Refusal(
                pack.id(),
                "a reading of "
                    + message.length
                    + " bytes exceeds the broker's packet size "
                    + packetBytesMax));
        return;
      }
    }
    var sending = new Sending(pack, messages.size());
    for (byte[] message : messages) {
      flight.add(new Outgoing(topic, message, settings.encoding().mediaType(), false, sending));
    }
  }

  @Override
  public void status(long nowNs, String json) {
    if (!up && !connecting) return;
    statusCleared = json.isEmpty();
    flight.setStatus(status(json));
    if (up) depart(nowNs);
  }

  private Outgoing status(String json) {
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    return new Outgoing(statusTopic, payload, STATUS_TYPE, true, null);
  }

  private void depart(long nowNs) {
    Session live = session;
    if (live == null) return;
    for (Outgoing next = next(nowNs); next != null; next = next(nowNs)) live.publish(next);
  }

  /** A message can wait here for the window longer than it may leave on a live topic. */
  private @Nullable Outgoing next(long nowNs) {
    for (Pack old = flight.takeOld(nowNs); old != null; old = flight.takeOld(nowNs)) {
      enqueue(old.asHistory(WAITED));
    }
    return flight.next(nowNs);
  }

  @Override
  public void poll(long nowNs, Events events) {
    if (leaving != null && leaving.over(nowNs)) leaving = null;
    if (down != null) {
      String reason = down;
      down = null;
      events.down(reason);
    }
    for (Refusal r = refusals.poll(); r != null; r = refusals.poll()) {
      events.rejected(r.packId(), r.reason());
    }
    if (connecting) openWhenFree(nowNs);
    String ended = takeEvents(nowNs, events);
    if (ended == null && connecting && nowNs - deadlineNs >= 0) ended = late();
    if (ended == null && up) ended = watch(nowNs);
    if (ended != null) {
      end(nowNs);
      events.down(ended);
    } else if (up) {
      depart(nowNs);
    }
  }

  private String late() {
    return session == null
        ? "the last connection to " + settings.broker() + " has not ended yet"
        : settings.broker() + " does not answer";
  }

  /** Takes what the session reports; the reason if it is over. */
  private @Nullable String takeEvents(long nowNs, Events events) {
    Session live = session;
    if (live == null) return null;
    for (SessionEvent event = live.next(); event != null; event = live.next()) {
      switch (event) {
        case SessionEvent.Connected c -> {
          if (c.qosMax() < QOS_NEEDED) return ReasonCode.inWords(0x9B, "");
          enter(nowNs, c, events);
        }
        case SessionEvent.Answered a -> flight.answered(a, events);
        case SessionEvent.Over over -> {
          return over.reason();
        }
      }
    }
    return null;
  }

  private void enter(long nowNs, SessionEvent.Connected c, Events events) {
    int window = Math.min(settings.window(), c.receiveMaximum());
    connecting = false;
    up = true;
    packetBytesMax = c.packetBytesMax();
    flight.open(window);
    int keepAliveS =
        c.keepAliveS() > 0
            ? Math.min(settings.keepAliveS(), c.keepAliveS())
            : settings.keepAliveS();
    liveness = new Liveness(keepAliveS, nowNs);
    clearFormerStatus();
    events.up(window);
  }

  /** A retained status at a bed that the box has left would be taken for a box that is there. */
  private void clearFormerStatus() {
    if (setup.formerPlace().equals(setup.place())) return;
    String topic = statusTopic(setup.formerPlace());
    flight.add(new Outgoing(topic, new byte[0], STATUS_TYPE, true, null));
  }

  private String statusTopic(Place place) {
    return new WirePath(setup.topicRoot(), place, setup.origin(), WirePath.Stream.STATUS)
        .toString();
  }

  private @Nullable String watch(long nowNs) {
    Session live = session;
    if (live == null) return null;
    if (liveness.pingDue(nowNs, live.packetsHeard())) live.ping();
    String silent = liveness.silence(nowNs);
    return silent != null ? silent : flight.overdue(nowNs);
  }

  @Override
  public void disconnect(long nowNs) {
    Session live = session;
    boolean was = connecting || up;
    if (up && live != null) {
      live.leave(!statusCleared);
      leaving = new Departure(live, nowNs + LEAVE_TIMEOUT_NS);
      session = null;
    }
    end(nowNs);
    if (was) down = "left on request";
  }

  /** Ends what there is without a word. */
  private void end(long nowNs) {
    connecting = false;
    up = false;
    Session live = session;
    session = null;
    if (live != null) {
      live.abort();
      leaving = new Departure(live, nowNs + LEAVE_TIMEOUT_NS);
    }
  }

  @Override
  public void close() {
    connecting = false;
    up = false;
    Session live = session != null ? session : leaving != null ? leaving.session() : null;
    session = null;
    leaving = null;
    if (live != null) {
      live.abort();
      live.awaitEnd(CLOSE_TIMEOUT_NS);
    }
  }

  /** A session that is to end, in good order until the deadline. */
  private record Departure(Session session, long deadlineNs) {

    boolean over(long nowNs) {
      if (session.ended()) return true;
      if (nowNs - deadlineNs >= 0) {
        session.abort();
        session.interrupt();
      }
      return session.ended();
    }
  }
}
