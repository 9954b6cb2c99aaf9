package io.headwall.uplink.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way; compared by identity.
 *
 * <p>Owned by the forward thread; the fields do not change.
 */
final class Outgoing {

  final String topic;
  final byte[] payload;
  final String contentType;
  final boolean retained;

  /** The pack that it is a part of; null for a status. */
  final @Nullable Sending pack;

  Outgoing(
      String topic, byte[] payload, String contentType, boolean retained, @Nullable Sending pack) {
    this.topic = topic;
    this.payload = payload;
    this.contentType = contentType;
    this.retained = retained;
    this.pack = pack;
  }

  /** A pack on its way in one or more messages, decided by the last of them or the first no. */
  static final class Sending {

    final long packId;
    int undecided;

    Sending(long packId, int messages) {
      this.packId = packId;
      this.undecided = messages;
    }
  }
}
