package io.headwall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads golden files: test bytes with a comment a field. A line holds bytes as two hex digits each,
 * joined or one blank apart, and then, after two blanks or more, its comment; a line that starts
 * with # is all comment. Anything else is refused, so that a lost digit does not become a comment.
 */
public final class GoldenFiles {

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9A-Fa-f]{2}(?: ?[0-9A-Fa-f]{2})*)(?:\\s*|\\s{2,}\\S.*)");

  private GoldenFiles() {}

  /**
   * The bytes of {@code golden/NAME} on the class path of the test.
   *
   * @param test a class of the module whose file it is
   */
  public static byte[] golden(Class<?> test, String name) {
    return bytes(text(test, "/golden/" + name));
  }

  /** A test resource as text. */
  public static String text(Class<?> test, String path) {
    return new String(raw(test, path), UTF_8);
  }

  /** A test resource as it stands. */
  public static byte[] raw(Class<?> test, String path) {
    try (InputStream in = test.getResourceAsStream(path)) {
      if (in == null) throw new FileNotFoundException(path);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a golden file's text. */
  public static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.stripLeading().startsWith("#")) continue;
      Matcher m = LINE.matcher(line);
      if (!m.matches()) throw new IllegalArgumentException(line);
      String digits = m.group(1).replace(" ", "");
      for (int i = 0; i < digits.length(); i += 2) {
        out.write(Integer.parseInt(digits.substring(i, i + 2), 16));
      }
    }
    return out.toByteArray();
  }
}
