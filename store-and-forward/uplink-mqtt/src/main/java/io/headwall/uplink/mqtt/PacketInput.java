package io.headwall.uplink.mqtt;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands on whole MQTT packets only, none longer than {@value #PACKET_BYTES_MAX} bytes, and nothing
 * before the first packet was written.
 *
 * <p>Paho 1.2.5 needs all three. Its reader loses step if a packet's first bytes come apart; it
 * allocates whatever length a packet announces, up to 256 MB; and if the broker closes before
 * Paho's threads have seen each other start, the thread that connects waits for ever ({@code
 * CommsReceiver.start} polls for a running receiver that has already ended), a thread lost at each
 * try. Owned by the library's reading thread; {@link #packets} by any thread.
 */
final class PacketInput extends InputStream {

  /** Acknowledgements are short; this leaves room for a broker's reason in words. */
  static final int PACKET_BYTES_MAX = 64 * 1024;

  private static final int LENGTH_BYTES_MAX = 4;
  private static final int TLS_ALERT = 0x15;
  private static final long GATE_NS = 20_000_000;
  private static final int BUFFER_BYTES = 2048;

  private final LineSocket socket;
  private final InputStream in;
  private final AtomicLong packets = new AtomicLong();

  private byte[] packet = new byte[1 + LENGTH_BYTES_MAX];
  private int filled;
  private int size; // 0: not known yet
  private int served;

  PacketInput(LineSocket socket, InputStream in) {
    this.socket = socket;
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  long packets() {
    return packets.get();
  }

  @Override
  public int available() {
    return complete() ? size - served : 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (!socket.spoken()) {
      LockSupport.parkNanos(this, GATE_NS);
      throw new SocketTimeoutException("nothing was written yet");
    }
    if (!complete()) fill();
    int n = Math.min(len, size - served);
    System.arraycopy(packet, served, b, off, n);
    served += n;
    if (served == size) {
      packet = new byte[1 + LENGTH_BYTES_MAX];
      filled = 0;
      size = 0;
      served = 0;
    }
    return n;
  }

  private boolean complete() {
    return size > 0 && filled == size;
  }

  private void fill() throws IOException {
    try {
      while (size == 0) {
        readSome(1);
        measure();
      }
      while (filled < size) readSome(size - filled);
    } catch (SocketTimeoutException e) {
      throw e; // what has come is kept for the next call
    } catch (IOException e) {
      throw socket.failed(e);
    }
    packets.incrementAndGet();
  }

  private void readSome(int most) throws IOException {
    int n = in.read(packet, filled, most);
    if (n < 0) throw new EOFException("the broker closed the connection");
    filled += n;
  }

  /** Works out the packet's size as soon as its length is complete (MQTT 5, section 2.1.4). */
  private void measure() throws IOException {
    if (packet[0] == TLS_ALERT) throw new IOException("the port answers in TLS: use mqtts://");
    boolean ended = filled > 1 && packet[filled - 1] >= 0;
    if (!ended) {
      if (filled > LENGTH_BYTES_MAX) throw new IOException("the answer is not MQTT");
      return;
    }
    int length = 0;
    for (int i = filled - 1; i > 0; i--) length = length << 7 | (packet[i] & 0x7f);
    if (filled + length > PACKET_BYTES_MAX) {
      throw new IOException("the broker sends a packet of " + (filled + length) + " bytes");
    }
    size = filled + length;
    byte[] whole = new byte[size];
    System.arraycopy(packet, 0, whole, 0, filled);
    packet = whole;
  }
}
