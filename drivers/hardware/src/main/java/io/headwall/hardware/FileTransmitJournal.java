package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.link.TransmitJournal;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A transmit journal in a bounded pair of text files: the current one, and the one before it with
 * {@code .old} added to its name. One line a transmission, fields parted by tabs: monotonic time in
 * nanoseconds, port, query ({@code -} for none), result, bytes in hex. A file begins with {@code #
 * boot} and the boot id that its times belong to; so does each later start in the same file.
 *
 * <p>Shared by the ports' threads. Losing a line must not cost a reading, so a failure to write is
 * counted and the next line tries again.
 */
public final class FileTransmitJournal implements TransmitJournal, AutoCloseable {

  /** A file that would grow beyond this becomes the old one. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  /** No template is longer; of longer bytes, which are refused, this many are kept. */
  static final int SHOWN_BYTES_MAX = 4096;

  private final Path file;
  private final String head;
  private @Nullable OutputStream out;
  private long fileBytes;
  private long failures;

  /**
   * Writes to this file from the first transmission on; its folder must exist.
   *
   * @param bootId the boot that the times of this process belong to
   */
  public FileTransmitJournal(Path file, String bootId) {
    this.file = file;
    this.head = "# boot " + bootId + "\n";
  }

  @Override
  public synchronized void wrote(
      long nowNs, String port, String query, byte[] bytes, ByteLink.SendResult result) {
    String name = query.isEmpty() ? "-" : query;
    String line = String.join("\t", Long.toString(nowNs), port, name, result.name(), hex(bytes));
    // Control characters in a name must not make a second line or field.
    append((line.replaceAll("[^\\t\\x20-\\x7e]", "?") + "\n").getBytes(US_ASCII));
  }

  /** How many lines could not be written. */
  public synchronized long failures() {
    return failures;
  }

  @Override
  public synchronized void close() {
    OutputStream closing = out;
    out = null;
    if (closing == null) return;
    try {
      closing.close();
    } catch (IOException e) {
      failures++;
    }
  }

  private static String hex(byte[] bytes) {
    if (bytes.length <= SHOWN_BYTES_MAX) return Hex.of(bytes);
    return Hex.of(Arrays.copyOf(bytes, SHOWN_BYTES_MAX)) + " of " + bytes.length + " bytes";
  }

  private void append(byte[] line) {
    try {
      OutputStream to = out == null ? begin() : out;
      if (fileBytes + line.length > FILE_BYTES_MAX) to = rotate();
      to.write(line);
      fileBytes += line.length;
    } catch (IOException e) {
      failures++;
      close();
    }
  }

  private OutputStream rotate() throws IOException {
    close();
    Files.move(file, old(), StandardCopyOption.REPLACE_EXISTING);
    return begin();
  }

  private OutputStream begin() throws IOException {
    // Not a channel: that would close for all ports when one port's thread is interrupted.
    OutputStream to = new FileOutputStream(file.toFile(), true);
    out = to;
    fileBytes = Files.size(file);
    to.write(head.getBytes(US_ASCII));
    fileBytes += head.length();
    return to;
  }

  private Path old() {
    return file.resolveSibling(file.getFileName() + ".old");
  }
}
