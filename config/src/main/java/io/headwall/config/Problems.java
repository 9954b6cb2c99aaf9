package io.headwall.config;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.tomlj.TomlPosition;

/** Gathers the problems of one file. */
final class Problems {

  /** More than anybody mends in one go. */
  static final int SHOWN_MAX = 100;

  private final String file;
  private final StatementLines lines;
  private final List<Problem> all = new ArrayList<>();
  private final BitSet astray = new BitSet();
  private boolean syntaxBroken;

  Problems(String file, StatementLines lines) {
    this.file = file;
    this.lines = lines;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the file's order; past the limit one last problem counts the rest. */
  List<Problem> inOrder() {
    List<Problem> sorted = all.stream().sorted(Problem.IN_FILE_ORDER).distinct().toList();
    if (sorted.size() <= SHOWN_MAX) return sorted;
    List<Problem> shown = new ArrayList<>(sorted.subList(0, SHOWN_MAX));
    int rest = sorted.size() - SHOWN_MAX;
    shown.add(
        new Problem(
            file, 0, 0, "", rest + " more problems", "mend the ones above, then try again"));
    return shown;
  }

  /** Where {@code at} is the parser's position. Nothing is said of keys that went astray. */
  void add(TomlPosition at, String key, String what, String fix) {
    if (!isAstray(at)) addSyntax(at, key, what, fix);
  }

  /** A complaint of the parser's own. */
  void addSyntax(TomlPosition at, String key, String what, String fix) {
    all.add(new Problem(file, lines.fileLine(at.line()), at.column(), key, what, fix));
  }

  /** At a line of the file that the parser does not see. */
  void addAtFileLine(int line, String what, String fix) {
    all.add(new Problem(file, line, 1, "", what, fix));
  }

  /** A key is not there. Not said of a broken file: the key may be in the broken line. */
  void missing(TomlPosition at, String key, String what, String fix) {
    if (!syntaxBroken) add(at, key, what, fix);
  }

  void syntaxIsBroken() {
    syntaxBroken = true;
  }

  /**
   * The header of a table is broken: the parser puts its keys into the table before it, where they
   * would be complained of without reason.
   *
   * @param line the parser's
   */
  void headerIsBroken(int line) {
    int next = line;
    do {
      astray.set(next++);
    } while (!lines.isHeader(next) && next <= lines.lines().size());
  }

  /** Whether the line follows a broken header. */
  boolean isAstray(TomlPosition at) {
    return astray.get(at.line());
  }

  /** The line of the file that holds the parser's position. */
  int fileLine(TomlPosition at) {
    return lines.fileLine(at.line());
  }
}
