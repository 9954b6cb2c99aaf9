package io.headwall.uplink.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, from CONNECT to its end. Owned by the forward thread: every method
 * but {@link #awaitEnd} returns at once, and what the broker says comes out of {@link #next}.
 */
public interface Session {

  /** Begins connections. */
  @FunctionalInterface
  interface Opener {

    /**
     * Begins to connect; the session's events say how it went.
     *
     * @param will what the broker is to publish if the connection ends without a word
     */
    Session open(Outgoing will);
  }

  /** The oldest event not yet taken; null if there is none. */
  @Nullable SessionEvent next();

  /** Packets received so far: the sign of life. */
  long packetsHeard();

  /** Sends a message at QoS 1; ends in {@link SessionEvent.Answered} or with the session. */
  void publish(Outgoing message);

  /** Asks the broker for a sign of life. */
  void ping();

  /** Says goodbye; {@link #abort} must follow. */
  void leave(boolean withWill);

  /** Ends the connection at once. */
  void abort();

  /** Wakes what waits on something else than the connection; only after {@link #abort}. */
  void interrupt();

  /** Whether nothing of it runs any more. */
  boolean ended();

  /** Waits until nothing of it runs any more. */
  void awaitEnd(long ns);
}
