package io.headwall.hardware;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.link.TransmitJournal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A serial port through jSerialComm. DTR and RTS are raised at open and left alone; software flow
 * control is never used. Owned by the port's thread.
 *
 * <p>{@link #open} and {@link #close} can hang with a driver or an adapter that has died: open(2),
 * close(2) and the requests that set up the line wait for the hardware. A thread that stays in one
 * of these two methods is the sign of it, and only the end of the process frees it. {@link #read}
 * and {@link #send} use non-blocking calls and return within 100 ms each.
 */
public final class SerialLink implements ByteLink {

  /** Leaves 10 ms of {@link #READ_BLOCKS_MS_MAX} for waking the thread. */
  private static final int READ_WAIT_MS = 90;

  private static final int CAUSES_CHARS_MAX = 300;

  private final Place place;
  private final AllowList allowed;
  private final TransmitJournal journal;
  private @Nullable Opened opened;

  /** A part of a transmission has left, or a write met the end of the line. */
  private boolean broken;

  public SerialLink(Place place, AllowList allowed, TransmitJournal journal) {
    this.place = place;
    this.allowed = allowed;
    this.journal = journal;
  }

  /**
   * Where a port is and how it is set up.
   *
   * @param lockFolder where lock files are kept, such as {@code /run/lock}; must exist
   */
  public record Place(PortName name, LinkSettings.Serial settings, Path lockFolder) {}

  /** What is held while the link is open. */
  private record Opened(PortLock lock, Tty tty, SerialPort port, LineQueue queue) {}

  @Override
  public @Nullable String open() {
    if (opened != null) return null;
    try {
      Path node = place.name().node();
      PortLock lock = PortLock.take(place.lockFolder(), node);
      opened = openLocked(node, lock);
      broken = false;
      return null;
    } catch (CannotOpen e) {
      return place.name() + ": " + e.words();
    }
  }

  private Opened openLocked(Path node, PortLock lock) throws CannotOpen {
    try {
      Tty tty = Tty.open(node);
      try {
        SerialPort port = openPort(node);
        tty.flush();
        return new Opened(lock, tty, port, new LineQueue(place.settings()));
      } catch (CannotOpen e) {
        tty.close();
        throw e;
      }
    } catch (CannotOpen e) {
      lock.close();
      throw e;
    }
  }

  private SerialPort openPort(Path node) throws CannotOpen {
    SerialPort port = portAt(node);
    LinkSettings.Serial settings = place.settings();
    port.setComPortParameters(
        settings.baud(), settings.dataBits(), stopBits(settings), parity(settings));
    port.setFlowControl(
        settings.rtsCts()
            ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
            : SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    port.setDTRandRTS(true, true);
    if (!port.openPort(0)) throw CannotOpen.node(node, port.getLastErrorCode());
    try {
      // Plugged in anew meanwhile, the node may be another adapter's by now: another patient's.
      if (!place.name().node().equals(node)) throw new CannotOpen("plugged in anew: trying again");
    } catch (CannotOpen e) {
      port.closePort();
      throw e;
    }
    return port;
  }

  private static SerialPort portAt(Path node) throws CannotOpen {
    try {
      SerialPort port = SerialPort.getCommPort(node.toString());
      // For a path that is gone the library takes /dev/<last element> instead: another device.
      if (port.getSystemPortPath().equals(node.toString())) return port;
      throw CannotOpen.node(node, UnixLibc.ENOENT);
    } catch (SerialPortInvalidPortException e) {
      throw CannotOpen.node(node, UnixLibc.ENOENT);
    } catch (LinkageError e) {
      // The library lists each processor that it tried: the first lines hold the cause.
      String causes = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      throw new CannotOpen(
          "jSerialComm's native library does not load: set -DjSerialComm.library.path to the"
              + " folder that holds libjSerialComm.so; "
              + causes.substring(0, Math.min(causes.length(), CAUSES_CHARS_MAX)));
    }
  }

  private static int stopBits(LinkSettings.Serial settings) {
    return settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
  }

  private static int parity(LinkSettings.Serial settings) {
    return switch (settings.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
      case MARK -> SerialPort.MARK_PARITY;
      case SPACE -> SerialPort.SPACE_PARITY;
    };
  }

  @Override
  public int read(byte[] buffer) {
    Opened link = opened;
    if (link == null || broken) return DOWN;
    Tty.Input input = link.tty.awaitInput(READ_WAIT_MS);
    if (input == Tty.Input.NONE) return 0;
    int count = link.port.readBytes(buffer, buffer.length);
    // isOpen() stays true after a hang-up: only the results of the calls tell.
    return count < 0 || (count == 0 && input == Tty.Input.HUNG_UP) ? DOWN : count;
  }

  @Override
  public SendResult send(long nowNs, byte[] bytes) {
    byte[] judged = bytes.clone(); // so that nobody can change them between judgement and port
    AllowList.Verdict verdict = allowed.judge(nowNs, judged);
    SendResult result = verdict.result();
    if (result == SendResult.SENT) result = transmit(nowNs, judged);
    journal.wrote(nowNs, place.name().path(), verdict.query(), judged, result);
    return result;
  }

  private SendResult transmit(long nowNs, byte[] bytes) {
    Opened link = opened;
    if (link == null || broken) return SendResult.FAILED;
    if (link.queue.isStuck(nowNs, link.port.bytesAwaitingWrite())) return SendResult.FAILED;
    Tty.Taken taken = link.tty.write(bytes);
    if (taken == Tty.Taken.WHOLE) {
      link.queue.took(bytes.length);
      return SendResult.SENT;
    }
    // The device would take the next query for the rest of this one: begin anew, queues emptied.
    broken = taken == Tty.Taken.BROKEN;
    return SendResult.FAILED;
  }

  @Override
  public void close() {
    Opened link = opened;
    opened = null;
    if (link == null) return;
    link.tty.close();
    link.port.closePort(); // throws away what waits in the kernel, so that nothing leaves late
    link.lock.close();
  }
}
