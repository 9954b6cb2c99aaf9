package io.headwall.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules that are held against the text of a source file, and against the names of classes. */
final class TextRules {

  static final String UNFINISHED = "unfinished";
  static final String LONG_FILE = "long-file";
  static final String LONG_LINE = "long-line";
  static final String NAME = "name";

  static final int FILE_LINES_MAX = 400;
  static final int LINE_COLUMNS_MAX = 100;

  // In two pieces, so that this file keeps its own rule.
  private static final Pattern MARKS = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Impl|Managers?|Util|Utils|Helpers?)");

  private TextRules() {}

  /** Work left lying. */
  static List<Finding> unfinished(String file, List<String> lines) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (MARKS.matcher(lines.get(i)).find()) {
        findings.add(
            new Finding(file + ':' + (i + 1), file, UNFINISHED, "finish it or leave it out"));
      }
    }
    return findings;
  }

  /** Files and lines that are too long to be read. */
  static List<Finding> size(String file, List<String> lines) {
    List<Finding> findings = new ArrayList<>();
    if (lines.size() > FILE_LINES_MAX) {
      findings.add(
          new Finding(
              file, file, LONG_FILE, lines.size() + " lines; split it by job, or delete some"));
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int columns = line.codePointCount(0, line.length());
      if (columns > LINE_COLUMNS_MAX) {
        findings.add(
            new Finding(file + ':' + (i + 1), file, LONG_LINE, columns + " columns; break it"));
      }
    }
    return findings;
  }

  /** Names that do not say what the class is. */
  static List<Finding> name(CompiledClass c) {
    for (String part : c.name().substring(c.packageName().length()).split("[.$]", -1)) {
      if (EMPTY_NAME.matcher(part).matches()) {
        return List.of(c.finding(0, NAME, part + " says nothing; name it by what it is"));
      }
    }
    return List.of();
  }
}
