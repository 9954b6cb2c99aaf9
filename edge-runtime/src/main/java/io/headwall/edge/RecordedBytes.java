package io.headwall.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.headwall.spi.bytes.Hex;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a device's side as they were recorded: raw, or written out in hex digits. Which of the
 * two is seen from the first bytes.
 *
 * <p>Hex text is lines of bytes, two digits each, joined or parted by blanks; a comment follows
 * {@code #}, or two blanks or more. What stands after two blanks and is hex as a whole is bytes.
 */
final class RecordedBytes {

  private static final int LOOK_BYTES = 4096;

  private RecordedBytes() {}

  /**
   * The bytes of a file, or of {@code stdin} where the name is {@code -}.
   *
   * @throws IOException also for hex text with a line that is none
   */
  static InputStream open(String name, InputStream stdin) throws IOException {
    InputStream raw = name.equals("-") ? stdin : Files.newInputStream(Path.of(name));
    BufferedInputStream in = new BufferedInputStream(raw, 2 * LOOK_BYTES);
    in.mark(LOOK_BYTES);
    byte[] look = in.readNBytes(LOOK_BYTES);
    in.reset();
    return isHexText(look) ? new ByteArrayInputStream(bytes(in)) : in;
  }

  /** Line by line: a long recording as one text would not fit into the memory of a box. */
  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String digits = digits(line);
        if (digits == null) throw new IOException("line " + number + " is no hex digits in pairs");
        out.writeBytes(Hex.parse(digits));
      }
    }
    return out.toByteArray();
  }

  /** Every line a comment or hex digits in pairs, and one of them hex; the last may be cut off. */
  private static boolean isHexText(byte[] look) {
    boolean cutOff = look.length == LOOK_BYTES;
    String text = new String(look, ISO_8859_1);
    int end = cutOff ? text.lastIndexOf('\n') + 1 : text.length();
    // One endless line: the look may have cut a pair in two.
    if (cutOff && end == 0) return isPairs(text) || isPairs(text.substring(0, LOOK_BYTES - 1));
    boolean hex = false;
    for (String line : text.substring(0, end).lines().toList()) {
      String digits = digits(line);
      if (digits == null) return false;
      hex |= !digits.isBlank();
    }
    return hex;
  }

  /** A line's hex digits; null where it is no line of hex text. */
  private static @Nullable String digits(String line) {
    int hash = line.indexOf('#');
    String text = (hash < 0 ? line : line.substring(0, hash)).strip();
    if (isPairs(text)) return text;
    for (int at = text.indexOf("  "); at >= 0; at = text.indexOf("  ", at + 1)) {
      // A comment begins at the first two blanks behind which there is something else than hex.
      if (isPairs(text.substring(0, at))) return text.substring(0, at);
    }
    return null;
  }

  private static boolean isPairs(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c == ' ' || c == '\t';
      if (blank && digits % 2 != 0) return false;
      if (!blank && !HexFormat.isHexDigit(c)) return false;
      if (!blank) digits++;
    }
    return digits % 2 == 0;
  }
}
