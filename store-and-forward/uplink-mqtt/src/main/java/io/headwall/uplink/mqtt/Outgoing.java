package io.headwall.uplink.mqtt;

import io.headwall.store.Pack;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way; compared by identity.
 *
 * <p>Owned by the forward thread; the fields do not change.
 */
public final class Outgoing {

  private final String topic;
  private final byte[] payload;
  private final String contentType;
  private final boolean retained;

  /** The pack that it is a part of; null for a status. */
  final @Nullable Sending sending;

  Outgoing(
      String topic,
      byte[] payload,
      String contentType,
      boolean retained,
      @Nullable Sending sending) {
    this.topic = topic;
    this.payload = payload;
    this.contentType = contentType;
    this.retained = retained;
    this.sending = sending;
  }

  public String topic() {
    return topic;
  }

  /** Not a copy: the reader leaves it as it is. */
  public byte[] payload() {
    return payload;
  }

  /** Media type of the payload. */
  public String contentType() {
    return contentType;
  }

  /** Whether the broker is to keep it for those who subscribe later. */
  public boolean retained() {
    return retained;
  }

  /** A pack on its way in one or more messages, decided by the last of them or the first no. */
  static final class Sending {

    final Pack pack;
    int undecided;

    Sending(Pack pack, int messages) {
      this.pack = pack;
      this.undecided = messages;
    }
  }
}
