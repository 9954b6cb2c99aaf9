package io.headwall.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.headwall.spi.bytes.Hex;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Bytes of a device's side as they were recorded: raw, or written out in hex digits with {@code #}
 * lines as comments. Which of the two is seen from the first bytes.
 */
final class RecordedBytes {

  private static final int LOOK_BYTES = 4096;
  private static final Pattern HEX_LINE =
      Pattern.compile("(?:[0-9A-Fa-f]{2}[ \\t]*)+(?:#.*)?", Pattern.DOTALL);

  private RecordedBytes() {}

  /** The bytes of a file, or of {@code stdin} where the name is {@code -}. */
  static InputStream open(String name, InputStream stdin) throws IOException {
    InputStream raw = name.equals("-") ? stdin : Files.newInputStream(Path.of(name));
    BufferedInputStream in = new BufferedInputStream(raw, 2 * LOOK_BYTES);
    in.mark(LOOK_BYTES);
    byte[] look = in.readNBytes(LOOK_BYTES);
    in.reset();
    if (!isHexText(look)) return in;
    StringBuilder digits = new StringBuilder();
    String text = new String(in.readAllBytes(), ISO_8859_1);
    in.close();
    for (String line : text.lines().toList()) digits.append(line.replaceFirst("#.*", ""));
    return new ByteArrayInputStream(Hex.parse(digits.toString()));
  }

  /**
   * Every line a comment or hex digits in pairs, and one of them hex; a last line may be cut off.
   */
  private static boolean isHexText(byte[] look) {
    String text = new String(look, ISO_8859_1);
    int end = look.length < LOOK_BYTES ? text.length() : text.lastIndexOf('\n') + 1;
    boolean hex = false;
    for (String line : text.substring(0, end).lines().toList()) {
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) continue;
      if (!HEX_LINE.matcher(stripped).matches()) return false;
      hex = true;
    }
    return hex;
  }
}
