package io.headwall.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a device says in one go: an answer, a packet of frames, a line. Its bytes may leave in
 * several parts, each with the time it is due; its {@link Saying}s are what the bytes mean.
 *
 * <p>Owned by the model until it is sent, then by the line.
 */
public final class Message {

  private final List<Part> parts = new ArrayList<>();
  private final List<Saying> sayings = new ArrayList<>();
  private boolean damaged;

  /** Bytes that leave together, not before {@code dueNs}. */
  static final class Part {
    final long dueNs;
    final byte[] bytes;

    private Part(long dueNs, byte[] bytes) {
      this.dueNs = dueNs;
      this.bytes = bytes;
    }
  }

  /** Adds bytes that leave not before {@code dueNs} and after all earlier ones. */
  public Message part(long dueNs, byte[] bytes) {
    if (bytes.length > 0) parts.add(new Part(dueNs, bytes.clone()));
    return this;
  }

  /** Adds one value that these bytes state; see {@link Saying} for the texts. */
  public Message says(String key, String value, String unit) {
    sayings.add(new Saying(key, value, unit));
    return this;
  }

  /** Marks the message as spoilt by a fault: no value of it may be believed by a reader. */
  public Message damaged() {
    damaged = true;
    return this;
  }

  /** The number of bytes of all parts. */
  public int length() {
    return parts.stream().mapToInt(part -> part.bytes.length).sum();
  }

  /** All bytes in the order in which they leave. */
  public byte[] bytes() {
    byte[] all = new byte[length()];
    int at = 0;
    for (Part part : parts) {
      System.arraycopy(part.bytes, 0, all, at, part.bytes.length);
      at += part.bytes.length;
    }
    return all;
  }

  /** What the bytes state, in their order. */
  public List<Saying> sayings() {
    return Collections.unmodifiableList(sayings);
  }

  /** Whether a fault spoilt the bytes. */
  public boolean isDamaged() {
    return damaged;
  }

  /** The time at which the first byte may leave; a message has at least one part. */
  public long dueNs() {
    return parts.getFirst().dueNs;
  }

  List<Part> parts() {
    return parts;
  }
}
