package io.headwall.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** TOML text to tables; what the parser complains of is put into words for the file's author. */
final class TomlSyntax {

  /** A list of tables needs two. */
  private static final int NESTING_MAX = 8;

  private static final TomlParseOptions OPTIONS =
      TomlParseOptions.sourceless()
          .withVersion(TomlVersion.V1_0_0)
          .withMaxNestingDepth(NESTING_MAX);

  private static final Pattern TWICE =
      Pattern.compile("(.+) previously defined at line (\\d+), column \\d+", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
  private static final Pattern KEY_OF_LINE =
      Pattern.compile("[ \\t]*([A-Za-z0-9_-]{1,60})[ \\t]*=.*", Pattern.DOTALL);
  private static final Pattern BARE_VALUE =
      Pattern.compile("[ \\t]*([A-Za-z0-9_-]{1,60})[ \\t]*=[ \\t]*([^\"'\\[{# \\t].*)");
  private static final int MESSAGE_CHARS_MAX = 200;

  private TomlSyntax() {}

  /** The tables, as far as the text is right; complaints go to {@code problems}. */
  static TomlTable parse(StatementLines lines, Problems problems) {
    var result = Toml.parse(lines.text(), OPTIONS);
    for (TomlParseError error : result.errors()) {
      int line = error.position().line();
      problems.syntaxIsBroken();
      if (lines.isHeader(line)) problems.headerIsBroken(line);
    }
    result.errors().forEach(error -> explain(error, lines, problems));
    return result;
  }

  private static void explain(TomlParseError error, StatementLines lines, Problems problems) {
    String message = String.valueOf(error.getMessage());
    String line = lines.parsedLine(error.position().line());
    Matcher twice = TWICE.matcher(message);
    if (twice.matches()) {
      String first = " at line " + lines.fileLine(parserLine(twice.group(2)));
      boolean table = lines.isHeader(error.position().line());
      if (!table && problems.isAstray(error.position())) return;
      String key = Shown.key(twice.group(1));
      problems.addSyntax(
          error.position(),
          table ? "[" + key + "]" : key,
          "is given twice, first" + first,
          table ? "move its keys there and delete this line" : "delete one of the two");
      return;
    }
    Matcher key = KEY_OF_LINE.matcher(line);
    if (key.matches() && Secrets.namesOne(key.group(1))) { // the message could repeat it
      problems.addSyntax(
          error.position(),
          key.group(1),
          "looks like a secret, and this file must hold none",
          "put it into a file that only headwall may read");
      return;
    }
    problems.addSyntax(
        error.position(),
        key.matches() ? key.group(1) : "",
        shortened(inFileLines(message, lines)),
        fix(message, line));
  }

  /** What the author most likely has to do. A secret's value is not repeated. */
  private static String fix(String message, String line) {
    if (message.contains("is not an array") || message.contains("is not a table")) {
      return "write [[port]] and [[uplink]] with two brackets, all other tables with one";
    }
    if (message.startsWith("Unexpected end of") && message.contains("expected \"")) {
      return "close the quotes";
    }
    if (message.contains("expected ]")) return "close the brackets";
    Matcher bare = BARE_VALUE.matcher(line);
    if (bare.matches()) {
      return "if this is text, write it in quotes: " + bare.group(1) + " = \"…\"";
    }
    return "write key = value, with text in quotes";
  }

  private static String inFileLines(String message, StatementLines lines) {
    return PLACE
        .matcher(message)
        .replaceAll(place -> "line " + lines.fileLine(parserLine(place.group(1))));
  }

  /** A file has few lines; digits past that come out of a quoted key and are no line. */
  private static int parserLine(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static String shortened(String message) {
    String line = message.replaceAll("\\p{Cntrl}", "?");
    String cut =
        line.length() > MESSAGE_CHARS_MAX ? line.substring(0, MESSAGE_CHARS_MAX) + "…" : line;
    if (cut.isEmpty()) return "is no TOML";
    return cut.substring(0, 1).toLowerCase(Locale.ROOT) + cut.substring(1);
  }
}
