package io.headwall.tidy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds documents against the tree: what a page links to is there, a link that is named after a
 * class leads to that class, and a class that is named in the text exists.
 */
final class DocLinks {

  static final String BROKEN = "broken-link";
  static final String MISLEADING = "misleading-link";
  static final String UNKNOWN = "unknown-class";

  private static final Pattern LINK = Pattern.compile("\\[([^\\[\\]]*)]\\(([^()\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Two words at least: a single one may be anything. */
  private static final Pattern CLASS = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+");

  private static final String FENCE = "```";

  private DocLinks() {}

  /**
   * The breaches of one page.
   *
   * @param page its path from the root
   * @param folder where it lies
   * @param classes simple names of all classes of the tree
   */
  static List<Finding> check(String page, Path folder, List<String> lines, Set<String> classes) {
    List<Finding> findings = new ArrayList<>();
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith(FENCE)) fenced = !fenced;
      if (fenced) continue;
      String where = page + ':' + (i + 1);
      links(where, folder, line, findings);
      names(where, line, classes, findings);
    }
    return findings;
  }

  private static void links(String where, Path folder, String line, List<Finding> findings) {
    Matcher links = LINK.matcher(line);
    while (links.find()) {
      String target = links.group(2).replaceFirst("#.*", "");
      if (target.isEmpty() || ELSEWHERE.matcher(target).matches()) continue;
      if (!Files.exists(folder.resolve(target))) {
        findings.add(new Finding(where, target, BROKEN, target + " is not there"));
      } else if (misleads(links.group(1), target)) {
        findings.add(
            new Finding(where, target, MISLEADING, links.group(1) + " leads to " + target));
      }
    }
  }

  /** Whether a link of the form [`Name`](Other.java) or [`Name.method`](Other.java). */
  private static boolean misleads(String text, String target) {
    Matcher code = CODE.matcher(text);
    if (!target.endsWith(".java") || !code.matches()) return false;
    String file = target.substring(target.lastIndexOf('/') + 1, target.length() - ".java".length());
    return !code.group(1).replaceFirst("\\..*", "").equals(file);
  }

  private static void names(
      String where, String line, Set<String> classes, List<Finding> findings) {
    Matcher code = CODE.matcher(line);
    while (code.find()) {
      String name = code.group(1).replaceFirst("[.(].*", "");
      if (CLASS.matcher(name).matches() && !classes.contains(name)) {
        findings.add(new Finding(where, name, UNKNOWN, "no class " + name + " in the tree"));
      }
    }
  }
}
