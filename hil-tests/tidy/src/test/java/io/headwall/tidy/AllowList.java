package io.headwall.tidy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Exceptions from rules, one a line: {@code subject rule reason}. A line that starts with # is a
 * comment.
 */
record AllowList(String file, List<Entry> entries) {

  static final String RULE = "allow-list";

  /** One exception; the reason is for the reader. */
  record Entry(String subject, String rule, String reason) {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException for a line without reason, or one that is there twice
   */
  static AllowList parse(String file, String text) {
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) continue;
      String[] words = line.split("\\s+", 3);
      if (words.length < 3) throw new IllegalArgumentException(file + ": no reason: " + line);
      if (!keys.add(words[0] + ' ' + words[1])) {
        throw new IllegalArgumentException(file + ": twice: " + line);
      }
      entries.add(new Entry(words[0], words[1], words[2]));
    }
    return new AllowList(file, List.copyOf(entries));
  }

  /** The findings that no entry allows, and a finding for each entry that allows none. */
  List<Finding> judge(List<Finding> findings) {
    List<Finding> out = new ArrayList<>();
    Set<Entry> used = new HashSet<>();
    for (Finding finding : findings) {
      List<Entry> fitting =
          entries.stream()
              .filter(e -> e.subject.equals(finding.subject()) && e.rule.equals(finding.rule()))
              .toList();
      if (fitting.isEmpty()) out.add(finding);
      used.addAll(fitting);
    }
    for (Entry entry : entries) {
      if (!used.contains(entry)) {
        String line = entry.subject + ' ' + entry.rule;
        out.add(new Finding(file, line, RULE, line + " is no longer needed: remove the line"));
      }
    }
    return out;
  }
}
