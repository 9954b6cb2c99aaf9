package io.headwall.tidy;

import io.headwall.tidy.CompiledClass.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of test code: every test runs everywhere, and none waits for real time. */
final class TestRules {

  static final String SKIPPED = "skipped-test";
  static final String SLEEPING = "sleeping-test";

  private static final Pattern SKIPS =
      Pattern.compile(
          "org\\.junit\\.jupiter\\.api\\.(Disabled|Assumptions|condition\\..*)"
              + "|org\\.junit\\.(Ignore|Assume|AssumptionViolatedException)"
              + "|org\\.opentest4j\\.TestAbortedException");
  private static final Pattern SLEEPS =
      Pattern.compile(
          "java\\.lang\\.Thread\\.sleep"
              + "|java\\.util\\.concurrent\\.TimeUnit\\.sleep"
              + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)");

  private TestRules() {}

  static List<Finding> check(CompiledClass c) {
    List<Finding> findings = new ArrayList<>();
    for (String name : c.references()) {
      if (SKIPS.matcher(name).matches()) {
        findings.add(
            c.finding(0, SKIPPED, "uses " + name + "; make the test run everywhere or remove it"));
      }
    }
    if (c.module().startsWith("hil-tests/")) return findings;
    for (Use use : c.uses()) {
      if (SLEEPS.matcher(use.owner() + '.' + use.name()).matches()) {
        findings.add(
            c.finding(use.line(), SLEEPING, "sleeps; pass the time in, or test it in hil-tests"));
      }
    }
    return findings;
  }
}
