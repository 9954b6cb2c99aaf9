package io.headwall.uplink.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.client.internal.MqttConnectionState;
import org.eclipse.paho.mqttv5.client.internal.MqttSessionState;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttDisconnect;
import org.eclipse.paho.mqttv5.common.packet.MqttPingReq;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the Paho client, from CONNECT to its last thread. Owned by the forward thread;
 * Paho's threads only fill the mailbox that {@link #next} empties.
 */
final class PahoSession implements Session {

  private static final int CONNECT_TIMEOUT_S = 10;
  private static final int QOS = 1;
  private static final int QOS_BEST = 2;
  private static final int RECEIVE_MAXIMUM_DEFAULT = 65_535;
  private static final long PACKET_BYTES_UNLIMITED = 268_435_460;

  /** Connecting, reading, writing, calling back, disconnecting. */
  private static final int THREADS = 5;

  /** The mailbox holds an answer for each message in flight and the few events of a life. */
  private static final int MAILBOX_SPARE = 16;

  /** Kept, since a level is lost with its logger. */
  private static final Logger PAHO_LOG = Logger.getLogger("org.eclipse.paho.mqttv5.client");

  static {
    // Each end of a connection is reported by the mailbox; Paho adds a stack trace to each.
    PAHO_LOG.setLevel(Level.OFF);
  }

  private static final int DISCONNECT_NORMAL = 0x00;
  private static final int DISCONNECT_WITH_WILL = 0x04;

  private final MqttSettings settings;
  private final Runnable news;
  private final LineSocket socket;
  private final ScheduledThreadPoolExecutor threads;
  private final BlockingQueue<SessionEvent> mailbox;
  private final Client client;

  /**
   * Begins to connect; the mailbox says how it went.
   *
   * @param news run by Paho's threads when there is something in the mailbox
   */
  PahoSession(MqttSettings settings, Outgoing will, Runnable news) {
    this.settings = settings;
    this.news = news;
    socket = new LineSocket(settings.broker());
    mailbox = new ArrayBlockingQueue<>(settings.window() + MAILBOX_SPARE);
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().daemon().name("MQTT ", 0).factory());
    threads.setKeepAliveTime(1, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
    try {
      client = new Client("tcp://" + settings.broker(), settings, threads);
      client.setCallback(new Callback());
      client.connect(options(will), null, new ConnectListener());
    } catch (MqttException e) {
      throw new IllegalStateException("Paho refuses its settings", e);
    }
  }

  private MqttConnectionOptions options(Outgoing will) {
    var options = new MqttConnectionOptions();
    // The outbox is the session: nothing is kept for us at the broker or in the library.
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(settings.keepAliveS());
    options.setConnectionTimeout(CONNECT_TIMEOUT_S);
    options.setMaximumPacketSize((long) PacketInput.PACKET_BYTES_MAX);
    options.setWill(will.topic(), message(will));
    if (!settings.username().isEmpty()) options.setUserName(settings.username());
    if (settings.password() != null) options.setPassword(settings.password());
    options.setSocketFactory(new OneSocket(socket));
    return options;
  }

  @Override
  public @Nullable SessionEvent next() {
    return mailbox.poll();
  }

  @Override
  public long packetsHeard() {
    return socket.packetsHeard();
  }

  @Override
  public void publish(Outgoing message) {
    try {
      client.publish(message.topic(), message(message), null, new PublishListener(message));
    } catch (MqttException e) {
      tell(new SessionEvent.Over(reason(e)));
    }
  }

  @Override
  public void ping() {
    try {
      client.comms().sendNoWait(new MqttPingReq(), new MqttToken(settings.clientId()));
    } catch (MqttException e) {
      tell(new SessionEvent.Over(reason(e)));
    }
  }

  @Override
  public void leave(boolean withWill) {
    int code = withWill ? DISCONNECT_WITH_WILL : DISCONNECT_NORMAL;
    try {
      client
          .comms()
          .disconnect(
              new MqttDisconnect(code, new MqttProperties()),
              0,
              new MqttToken(settings.clientId()));
      threads.shutdown();
    } catch (MqttException e) { // not connected any more
      abort();
    }
  }

  /** Its threads meet a closed socket. */
  @Override
  public void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket does not close", e);
    }
    threads.shutdown();
  }

  @Override
  public void interrupt() {
    threads.shutdownNow();
  }

  @Override
  public boolean ended() {
    return threads.isTerminated();
  }

  @Override
  public void awaitEnd(long ns) {
    try {
      if (!threads.awaitTermination(ns, TimeUnit.NANOSECONDS)) threads.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MqttMessage message(Outgoing outgoing) {
    var properties = new MqttProperties();
    properties.setContentType(outgoing.contentType());
    return new MqttMessage(outgoing.payload(), QOS, outgoing.retained(), properties);
  }

  private void tell(SessionEvent event) {
    // Full only if the broker answers more than it was asked: end it, for an answer may be lost.
    if (!mailbox.offer(event)) abort();
    news.run();
  }

  private String reason(Throwable t) {
    IOException failure = socket.failure();
    boolean refused =
        t instanceof MqttException e
            && e.getReasonCode() >= ReasonCode.FAILURE_MIN
            && e.getReasonCode() <= ReasonCode.CODE_MAX;
    if (failure == null && refused) {
      return ReasonCode.inWords(((MqttException) t).getReasonCode(), "");
    }
    boolean unanswered = socket.spoken() && socket.packetsHeard() == 0;
    return Trouble.inWords(failure != null ? failure : t, settings.broker(), unanswered);
  }

  private static String said(@Nullable String reasonString) {
    return reasonString == null ? "" : reasonString;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** Reports how the connection came about. */
  private final class ConnectListener implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      MqttProperties p =
          token.getResponse() instanceof MqttConnAck ack
              ? ack.getProperties()
              : new MqttProperties();
      tell(
          new SessionEvent.Connected(
              or(p.getReceiveMaximum(), RECEIVE_MAXIMUM_DEFAULT),
              or(p.getMaximumPacketSize(), PACKET_BYTES_UNLIMITED),
              or(p.getServerKeepAlive(), -1),
              or(p.getMaximumQoS(), QOS_BEST)));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable t) {
      tell(new SessionEvent.Over(reason(t)));
    }
  }

  /** Reports the answer to a message. Failures are reported once, by {@link Callback}. */
  private final class PublishListener implements MqttActionListener {

    private final Outgoing message;

    PublishListener(Outgoing message) {
      this.message = message;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      if (token.getResponse() instanceof MqttPubAck ack) {
        String said = said(ack.getProperties().getReasonString());
        tell(new SessionEvent.Answered(message, ack.getReturnCode(), said));
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable t) {}
  }

  /** Reports the end of a connection that had come about. */
  private final class Callback implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException e = response.getException();
      tell(
          new SessionEvent.Over(
              e != null
                  ? reason(e)
                  : "the broker disconnects: "
                      + ReasonCode.inWords(
                          response.getReturnCode(), said(response.getReasonString()))));
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {}
  }

  /** Gives Paho the one socket of this session. */
  private static final class OneSocket extends SocketFactory {

    private static final String ONE_SOCKET = "Paho asks for an unconnected socket only";

    private final Socket socket;

    OneSocket(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException(ONE_SOCKET);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException(ONE_SOCKET);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException(ONE_SOCKET);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException(ONE_SOCKET);
    }
  }

  /** No timer of Paho's own: {@link #ping} is called by the owner, who judges the answer too. */
  private static final class NoPings implements MqttPingSender {

    @Override
    public void init(ClientComms comms) {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void schedule(long delayMs) {}
  }

  /**
   * Paho with a connection state that the broker's CONNACK does not change. From CONNACK Paho 1.2.5
   * would switch topic aliases on by itself, lower QoS 1 to 0 without a word, and mix up the two
   * maximum packet sizes.
   */
  private static final class Client extends MqttAsyncClient {

    Client(String uri, MqttSettings settings, ScheduledExecutorService threads)
        throws MqttException {
      this(uri, settings, threads, new MemoryPersistence(), new NoPings());
    }

    private Client(
        String uri,
        MqttSettings settings,
        ScheduledExecutorService threads,
        MemoryPersistence memory,
        NoPings pings)
        throws MqttException {
      super(uri, settings.clientId(), memory, pings, threads);
      var state = new MqttConnectionState(settings.clientId());
      state.setReceiveMaximum(settings.window());
      memory.open(settings.clientId());
      comms = new ClientComms(this, memory, pings, threads, new MqttSessionState(), state);
    }

    ClientComms comms() {
      return comms;
    }
  }
}
