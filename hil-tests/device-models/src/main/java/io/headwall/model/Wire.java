package io.headwall.model;

/** The line a device talks into. The line paces the bytes; the device only says when they start. */
@FunctionalInterface
public interface Wire {

  /**
   * Puts a message on the line behind what is already there. The message is the line's from now.
   */
  void send(Message message);
}
