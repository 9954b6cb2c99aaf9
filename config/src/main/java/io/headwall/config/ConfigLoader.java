package io.headwall.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlTable;

/**
 * Configuration file to records. Never throws for what is in a file, or for one that cannot be
 * read: all that is wrong with it comes back at once, each with its place.
 */
public final class ConfigLoader {

  /** A file larger than this is no configuration. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private ConfigLoader() {}

  /** Reads and checks a file. */
  public static LoadResult load(Path file, Known known) {
    String name = file.toString();
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return refused(name, "is no regular file", "name the configuration file itself");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return parse(name, in.readNBytes(FILE_BYTES_MAX + 1), known);
      }
    } catch (IOException e) {
      return unreadable(name, e);
    }
  }

  /**
   * Checks a file's text without any I/O.
   *
   * @param name the file's, for messages
   */
  public static LoadResult parse(String name, String text, Known known) {
    return parse(name, text.getBytes(UTF_8), known);
  }

  private static LoadResult parse(String name, byte[] bytes, Known known) {
    if (bytes.length > FILE_BYTES_MAX) {
      return refused(
          name,
          "is larger than " + FILE_BYTES_MAX + " bytes",
          "is this the right file? A configuration has a few thousand");
    }
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult decoded = UTF_8.newDecoder().decode(in, text, true);
    text.flip();
    if (decoded.isError()) {
      return new LoadResult.Refused(List.of(notUtf8(name, text.toString(), bytes[in.position()])));
    }
    return check(name, text.toString(), sha256(bytes), known);
  }

  private static LoadResult check(String name, String text, String sha256, Known known) {
    StatementLines lines = StatementLines.of(text);
    Problems problems = new Problems(name, lines);
    checkSize(lines, problems);
    if (!problems.isEmpty()) return new LoadResult.Refused(problems.inOrder());

    TomlTable table = TomlSyntax.parse(lines, problems);
    Optional<HeadwallConfig> config =
        new ConfigReader(TableReader.root(table, problems), known).read();
    if (config.isPresent() && problems.isEmpty()) {
      return new LoadResult.Loaded(config.get(), sha256);
    }
    return new LoadResult.Refused(problems.inOrder());
  }

  /** What the parser must not be given. */
  private static void checkSize(StatementLines lines, Problems problems) {
    int several = lines.severalLineString();
    if (several >= 0) {
      problems.addAtFileLine(
          lines.fileLine(several + 1),
          "no string may run over several lines",
          "write it on one line, in one pair of quotes");
    }
    if (lines.lines().size() > StatementLines.LINES_MAX) {
      problems.addAtFileLine(
          lines.fileLine(StatementLines.LINES_MAX + 1),
          "more than " + StatementLines.LINES_MAX + " lines beside comments",
          "a box has a few ports: take out the rest");
    } else if (lines.chars() > StatementLines.CHARS_MAX) {
      problems.addAtFileLine(
          1,
          "more than " + StatementLines.CHARS_MAX + " characters beside comments",
          "a box has a few ports: take out the rest");
    }
  }

  static LoadResult unreadable(String name, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          refused(name, "there is no such file", "copy one of the examples there");
      case AccessDeniedException _ ->
          refused(name, "may not be read", "let the user who runs headwall read it (chmod, chown)");
      default ->
          refused(name, "cannot be read (" + e.getMessage() + ")", "check the disk and its mount");
    };
  }

  private static LoadResult refused(String name, String what, String fix) {
    return new LoadResult.Refused(List.of(new Problem(name, 0, 0, "", what, fix)));
  }

  /**
   * @param before the text up to the byte that is none
   */
  private static Problem notUtf8(String name, String before, byte bad) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
    return new Problem(
        name,
        line,
        column,
        "",
        "byte " + HexFormat.of().withUpperCase().toHexDigits(bad) + " is no UTF-8",
        "save the file as UTF-8");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
