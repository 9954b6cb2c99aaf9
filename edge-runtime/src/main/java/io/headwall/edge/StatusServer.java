package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.spi.time.Duty;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
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

  /** {@code sun_path} of Linux, less its end. */
  private static final int SOCKET_PATH_BYTES_MAX = 107;

  private static final int STATUS_BYTES_MAX = 1 << 20;
  private static final long ANSWER_MS_MAX = 3_000;

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
    if (socket.toString().getBytes(UTF_8).length > SOCKET_PATH_BYTES_MAX) {
      throw new IOException(socket + ": too long for a socket; give a shorter runtime.folder");
    }
    refuseToShare(runtimeFolder);
    Files.deleteIfExists(socket);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    server.configureBlocking(false);
  }

  /** A socket that answers is another appliance's; one that does not is left from a crash. */
  private static void refuseToShare(Path runtimeFolder) throws IOException {
    try (SocketChannel _ =
        SocketChannel.open(UnixDomainSocketAddress.of(runtimeFolder.resolve(SOCKET)))) {
      throw new SharedFolderException(
          "another headwall runs with the runtime folder "
              + runtimeFolder
              + "; give this one a runtime.folder of its own");
    } catch (SharedFolderException e) {
      throw e;
    } catch (IOException e) {
      Logger.debug("{} is free: {}", runtimeFolder, e.toString());
    }
  }

  private static final class SharedFolderException extends IOException {
    SharedFolderException(String message) {
      super(message);
    }
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
   * @throws IOException where none listens, or it does not answer within 3 s
   */
  static String ask(Path runtimeFolder) throws IOException {
    try (SocketChannel client =
            SocketChannel.open(UnixDomainSocketAddress.of(runtimeFolder.resolve(SOCKET)));
        Selector ready = Selector.open()) {
      client.configureBlocking(false);
      client.register(ready, SelectionKey.OP_READ);
      ByteBuffer buffer = ByteBuffer.allocate(STATUS_BYTES_MAX);
      while (ready.select(ANSWER_MS_MAX) > 0) {
        ready.selectedKeys().clear();
        if (client.read(buffer) < 0) return new String(buffer.array(), 0, buffer.position(), UTF_8);
        if (!buffer.hasRemaining()) throw new IOException("the answer is too long");
      }
      throw new IOException("it listens, but does not answer");
    }
  }
}
