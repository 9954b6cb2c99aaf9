package io.headwall.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a file that say something, and where each one stood.
 *
 * <p>Blank lines and lines of comment are left out before the parser sees the file: tomlj 2.2.0
 * takes time that grows with the cube of their number in a row (2,000 blank lines: 8 s), and
 * configurations are full of comments. This is only right where no string runs over several lines,
 * so such strings are found here and refused.
 */
record StatementLines(List<String> lines, List<Integer> numbers) {

  /** Enough for a hundred ports; bounds the parser's time and memory. */
  static final int LINES_MAX = 2_000;

  static final int CHARS_MAX = 65_536;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  StatementLines {
    lines = List.copyOf(lines);
    numbers = List.copyOf(numbers);
  }

  static StatementLines of(String text) {
    String marked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    List<String> lines = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    for (String raw : marked.split("\n", -1)) {
      number++;
      String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
      if (saysNothing(line)) continue;
      lines.add(line);
      numbers.add(number);
    }
    return new StatementLines(lines, numbers);
  }

  /** What the parser is given. */
  String text() {
    return String.join("\n", lines);
  }

  int chars() {
    return lines.stream().mapToInt(String::length).sum() + lines.size();
  }

  /** The line of the file that the parser's {@code line} was, both from 1. */
  int fileLine(int line) {
    if (numbers.isEmpty()) return 1;
    return numbers.get(Math.clamp(line, 1, numbers.size()) - 1);
  }

  /** The parser's {@code line}, from 1; empty where it has none. */
  String parsedLine(int line) {
    return line < 1 || line > lines.size() ? "" : lines.get(line - 1);
  }

  /** Whether the parser's {@code line} begins a table. */
  boolean isHeader(int line) {
    return parsedLine(line).stripLeading().startsWith("[");
  }

  /** Index of the first line that opens a string over several lines; -1 for none. */
  int severalLineString() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"\"\"") || lines.get(i).contains("'''")) return i;
    }
    return -1;
  }

  /**
   * TOML's blanks are space and tab; a control character in a comment is the parser's to refuse.
   */
  private static boolean saysNothing(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) i++;
    if (i == line.length()) return true;
    return line.charAt(i) == '#'
        && line.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t');
  }
}
