package io.headwall.uplink.mqtt;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A TCP server that plays one part to each client: what no well-behaved broker would do. */
final class ScriptedBroker implements AutoCloseable {

  /** CONNACK without properties: 20, 3 bytes, no session, accepted, no properties. */
  static final String WELCOME = "20 03 00 00 00";

  static final int KEEP_ALIVE_S = 5;

  private static final long PAUSE_NS = 30_000_000;

  /** What the server does with one connection. */
  interface Part {
    void play(Line line) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  ScriptedBroker(Part part) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(() -> serve(part));
  }

  String url() {
    return "mqtt://127.0.0.1:" + server.getLocalPort();
  }

  /** An uplink to this broker, with options given as key, value, key, value. */
  UplinkDriver driver(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("url", url());
    options.put("keep_alive_s", Integer.toString(KEEP_ALIVE_S));
    for (int i = 0; i < more.length; i += 2) options.put(more[i], more[i + 1]);
    return new UplinkDriver(options);
  }

  /** Lets the client do something, or not. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NS);
  }

  private void serve(Part part) {
    try {
      while (true) {
        Socket client = server.accept();
        clients.add(client);
        Thread.startVirtualThread(() -> play(part, client));
      }
    } catch (SocketException e) {
      return; // closed: the test is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void play(Part part, Socket client) {
    try (client) {
      part.play(new Line(client));
    } catch (IOException e) {
      return; // the client has gone
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : clients) client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PUBLISH as received. */
  record Published(
      String topic, int packetId, boolean retained, byte[] properties, byte[] payload) {}

  /** One client's connection. */
  static final class Line {

    private final DataInputStream in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Sends octets given in hex, with spaces. */
    void say(String hex) throws IOException {
      out.write(HexFormat.of().parseHex(hex.replace(" ", "")));
      out.flush();
    }

    /** Reads one packet; its first octet is the type, the length is left out. */
    byte[] packet() throws IOException {
      byte type = in.readByte();
      int length = 0;
      int shift = 0;
      int octet;
      do {
        octet = in.readUnsignedByte();
        length |= (octet & 0x7f) << shift;
        shift += 7;
      } while (octet >= 0x80);
      byte[] packet = new byte[1 + length];
      packet[0] = type;
      in.readFully(packet, 1, length);
      return packet;
    }

    /** Reads on until a PUBLISH, answering pings; DISCONNECT is the end. */
    Published published() throws IOException {
      while (true) {
        byte[] p = packet();
        int type = (p[0] & 0xff) >> 4;
        if (type == 14) throw new EOFException("DISCONNECT");
        if (type == 12) say("D0 00");
        if (type != 3) continue;
        int topicLength = (p[1] & 0xff) << 8 | (p[2] & 0xff);
        int at = 3 + topicLength;
        int id = (p[at] & 0xff) << 8 | (p[at + 1] & 0xff);
        int properties = p[at + 2]; // short in all our messages
        int payload = at + 3 + properties;
        return new Published(
            new String(p, 3, topicLength, StandardCharsets.UTF_8),
            id,
            (p[0] & 1) != 0,
            Arrays.copyOfRange(p, at + 3, payload),
            Arrays.copyOfRange(p, payload, p.length));
      }
    }

    void acknowledge(Published message) throws IOException {
      say("40 02 %04X".formatted(message.packetId()));
    }

    void acknowledge(Published message, int code) throws IOException {
      say("40 03 %04X %02X".formatted(message.packetId(), code));
    }

    /** Waits until the client closes, reading nothing else than what tells it. */
    void awaitClose() throws IOException {
      try {
        while (true) packet();
      } catch (EOFException e) {
        return;
      }
    }
  }
}
