package io.headwall.uplink.mqtt;

import io.headwall.uplink.mqtt.MqttSettings.Broker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket that the MQTT library is given. TLS is inside, so closing it closes TCP itself and
 * ends any read or write at once, also one that a silent broker blocks. Nothing is read before
 * something was written; see {@link PacketInput}. Used by the library's threads; {@link #close},
 * {@link #failure} and {@link #packetsHeard} by any thread.
 */
final class LineSocket extends Socket {

  private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final Broker broker;
  private final Socket tcp = new Socket();
  private volatile Socket line = tcp;
  private volatile @Nullable PacketInput input;
  private volatile boolean spoken;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  LineSocket(Broker broker) {
    this.broker = broker;
  }

  /** What ended the line first; null while it is well or was closed by us. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Packets received so far: the sign of life. */
  long packetsHeard() {
    PacketInput in = input;
    return in == null ? 0 : in.packets();
  }

  /** Whether the first packet has been written. */
  boolean spoken() {
    return spoken;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMs) throws IOException {
    try {
      tcp.connect(endpoint, timeoutMs);
      tcp.setTcpNoDelay(true);
      tcp.setSoTimeout(timeoutMs);
      SSLSocketFactory tls = broker.tls();
      if (tls != null) line = handshake(tls);
      input = new PacketInput(this, line.getInputStream());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private SSLSocket handshake(SSLSocketFactory factory) throws IOException {
    var tls = (SSLSocket) factory.createSocket(tcp, broker.host(), broker.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(TLS_VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  @Override
  public void setSoTimeout(int timeoutMs) throws SocketException {
    tcp.setSoTimeout(timeoutMs);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    PacketInput in = input;
    if (in == null) throw new SocketException("not connected");
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = line.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] b, int off, int len) throws IOException {
        spoken = true;
        try {
          out.write(b, off, len);
        } catch (IOException e) {
          throw failed(e);
        }
      }
    };
  }

  /** Does nothing: closing follows, and a half-closed line would only delay it. */
  @Override
  public void shutdownInput() {}

  @Override
  public void close() throws IOException {
    closed = true;
    tcp.close();
  }

  /** Remembers the first failure that is not our own closing. */
  IOException failed(IOException e) {
    if (!closed && failure == null) failure = e;
    return e;
  }
}
