package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.spi.time.Duty;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Says how the appliance is: whoever connects to the Unix socket is sent one JSON object and the
 * connection is closed. Nothing is read, so nothing can be commanded. There is no TCP port.
 */
final class StatusServer implements Duty {

  static final String SOCKET = "headwall.sock";

  private final Path socket;
  private final Supplier<String> status;
  private final ServerSocketChannel server;

  /**
   * Listens at {@code headwall.sock} in the runtime folder.
   *
   * @throws IOException where the folder cannot be written
   */
  StatusServer(Path runtimeFolder, Supplier<String> status) throws IOException {
    this.socket = runtimeFolder.resolve(SOCKET);
    this.status = status;
    Files.deleteIfExists(socket);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    server.configureBlocking(false);
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public int doWork(long nowNs) {
    try (SocketChannel client = server.accept()) {
      if (client == null) return 0;
      // Not blocking: a client that does not read gets what fits into the socket's buffer.
      client.configureBlocking(false);
      client.write(ByteBuffer.wrap(status.get().getBytes(UTF_8)));
      return 1;
    } catch (IOException e) {
      Logger.debug("status client left: {}", e.toString());
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      Logger.warn("cannot remove {}: {}", socket, e.toString());
    }
  }

  /**
   * Asks a running appliance.
   *
   * @throws IOException where none listens
   */
  static String ask(Path runtimeFolder) throws IOException {
    try (SocketChannel client =
        SocketChannel.open(UnixDomainSocketAddress.of(runtimeFolder.resolve(SOCKET)))) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
      while (client.read(buffer) >= 0 && buffer.hasRemaining()) {
        // until the appliance closes
      }
      return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }
  }
}
