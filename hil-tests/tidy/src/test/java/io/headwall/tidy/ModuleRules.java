package io.headwall.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module has sources, is in the build, and has been built when the other rules look at it. */
final class ModuleRules {

  static final String RULE = "module";

  private static final String LAST = "hil-tests/tidy";
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private ModuleRules() {}

  static List<Finding> check(ModuleFolder module) {
    List<Finding> findings = new ArrayList<>();
    if (module.mainSources().isEmpty() && module.testSources().isEmpty()) {
      findings.add(finding(module.path(), "has a pom.xml and no sources; remove it"));
    }
    boolean mainMissing = !module.mainSources().isEmpty() && module.mainClasses().isEmpty();
    boolean testsMissing = !module.testSources().isEmpty() && module.testClasses().isEmpty();
    if (mainMissing || testsMissing) {
      findings.add(
          finding(module.path(), "is not built, so not checked; run mvn verify at the root"));
    }
    return findings;
  }

  /** The root pom lists every module, and this one last, for it looks at what the others built. */
  static List<Finding> listed(String rootPom, List<ModuleFolder> modules) {
    List<String> listed = new ArrayList<>();
    Matcher m = MODULE.matcher(rootPom);
    while (m.find()) listed.add(m.group(1).strip());
    List<Finding> findings = new ArrayList<>();
    for (ModuleFolder module : modules) {
      if (!listed.contains(module.path())) {
        findings.add(finding(module.path(), "is missing from the modules of the root pom.xml"));
      }
    }
    if (listed.isEmpty() || !listed.getLast().equals(LAST)) {
      findings.add(finding("pom.xml", "lists modules after " + LAST + "; it must stand last"));
    }
    return findings;
  }

  private static Finding finding(String module, String fix) {
    return new Finding(module, module, RULE, fix);
  }
}
