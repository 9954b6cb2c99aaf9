package io.headwall.store;

/**
 * A way to one receiver. Every method returns at once; what the network says later comes out of
 * {@link #poll}. Owned by the uplink's forward thread; threads of a network library only fill
 * bounded mailboxes.
 */
public interface Uplink extends AutoCloseable {

  /**
   * Begins one try to connect. Ends in {@link Events#up} or {@link Events#down} within the uplink's
   * own time-outs. The forwarder decides when to try again.
   */
  void connect(long nowNs);

  /**
   * Sends a pack; called only while up and with fewer packs in flight than the window. Ends in
   * {@link Events#accepted}, {@link Events#rejected}, or the link going down.
   */
  void send(long nowNs, Pack pack);

  /**
   * Makes the box's state known to the receiver; replaced by the next one, never stored or
   * repeated.
   *
   * @param json one JSON object, UTF-8 text
   */
  void status(long nowNs, String json);

  /**
   * Keeps the link alive, watches its time-outs and reports what has happened since the last call.
   */
  void poll(long nowNs, Events events);

  /** Leaves in good order if that takes no longer than a second; the uplink can connect again. */
  void disconnect(long nowNs);

  /** Leaves for good and frees everything, threads included. */
  @Override
  void close();

  /** What an uplink reports. Called from within {@link #poll} only. */
  interface Events {

    /**
     * Connected.
     *
     * @param window packs that may be in flight: the smaller of ours and the receiver's
     */
    void up(int window);

    /** Not, or no longer, connected; packs in flight are undecided and will be sent again. */
    void down(String reason);

    /** The receiver has taken custody of the pack. */
    void accepted(long packId);

    /** The receiver refused the pack; its reason in its own words. */
    void rejected(long packId, String reason);
  }
}
