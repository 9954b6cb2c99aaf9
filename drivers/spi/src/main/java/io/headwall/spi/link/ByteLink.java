package io.headwall.spi.link;

import org.jspecify.annotations.Nullable;

/**
 * The path to what is attached to one port: a byte stream, or datagrams. Owned by the port's
 * thread. An implementation is made with an {@link AllowList} and lets nothing else out.
 */
public interface ByteLink extends AutoCloseable {

  /** Longest time that {@link #read} blocks. */
  int READ_BLOCKS_MS_MAX = 100;

  /**
   * Tries to open.
   *
   * @return null when open, else why not, in words for an engineer
   */
  @Nullable String open();

  /**
   * Waits for bytes, for {@value #READ_BLOCKS_MS_MAX} ms at most.
   *
   * @return how many were read; 0 for none; {@link #DOWN} when the cable is out or the device node
   *     gone
   */
  int read(byte[] buffer);

  /** {@link #read}'s word for a link that has gone down: close it and open it again. */
  int DOWN = -1;

  /** Sends what the allow-list admits. */
  SendResult send(long nowNs, byte[] bytes);

  /** Closes; a closed link can be opened again. */
  @Override
  void close();

  /** What became of a transmission. */
  enum SendResult {
    /** Handed to the operating system. */
    SENT,
    /** No instance of a declared template: nothing left the port. */
    REFUSED,
    /** An instance, but sooner than its rate allows: nothing left the port. */
    TOO_OFTEN,
    /** The line did not take it. */
    FAILED
  }
}
