package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of text, names, test code and allow-lists, each seen to fail. */
final class SourceRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"// TO-DO later", "/* FIX-ME */", "x = 1; // TO-DO(bed 12): why"})
  void unfinishedWorkIsFound(String line) {
    List<String> lines = List.of("class A {}", line.replace("-", ""));
    List<Finding> findings = TextRules.unfinished("A.java", lines);
    assertEquals("[A.java:2: unfinished: finish it or leave it out]", findings.toString());
  }

  @Test
  void wordsThatHoldAMarkAreNone() {
    assertEquals(List.of(), TextRules.unfinished("A.java", List.of("MASTODON", "prefixmen")));
  }

  @Test
  void longFilesAndLinesAreFound() {
    String fits = "\uD83D\uDE00".repeat(TextRules.LINE_COLUMNS_MAX);
    List<String> good = Collections.nCopies(TextRules.FILE_LINES_MAX, fits);
    assertEquals(List.of(), TextRules.size("A.java", good), "a column is a character, not a char");

    assertEquals(
        "[A.java:2: long-line: 101 columns; break it]",
        TextRules.size("A.java", List.of("", "x".repeat(101))).toString());
    assertEquals(
        "[A.java: long-file: 401 lines; split it by job, or delete some]",
        TextRules.size("A.java", Collections.nCopies(401, "")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PortImpl", "PortManager", "ByteUtil", "ByteUtils", "PortHelper"})
  void aNameThatSaysNothingIsFound(String name) {
    CompiledClass c =
        Fixture.compile("config", "package fixture; class " + name + " {}").getFirst();
    assertEquals(List.of(TextRules.NAME), rules(TextRules.name(c)));
  }

  @Test
  void theNameOfANestedClassCountsAndOfAPackageNot() {
    String nested = "package fixture; class Port { static class LinkImpl {} }";
    List<CompiledClass> classes = Fixture.compile("config", nested);
    assertEquals(1, classes.stream().mapToLong(c -> TextRules.name(c).size()).sum());

    String inPackage = "package fixture.PortUtil; class Implement { class Utility {} }";
    for (CompiledClass c : Fixture.compile("config", inPackage)) {
      assertEquals(List.of(), TextRules.name(c));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          org.junit.jupiter.api           | @interface Disabled   | @Disabled class Offender {}
          org.junit.jupiter.api           | @interface Disabled   | class Offender { @Disabled void t() {} }
          org.junit.jupiter.api.condition | @interface EnabledOnOs | class Offender { @EnabledOnOs void t() {} }
          org.junit.jupiter.api           | class Assumptions | class Offender { Assumptions a; }
          org.opentest4j                  | class TestAbortedException | class Offender { TestAbortedException e; }
          """)
  void aTestThatMayBeSkippedIsFound(String folder, String stub, String test) {
    String kept =
        stub.replace(
            "@interface",
            "@java.lang.annotation.Retention(java.lang.annotation"
                + ".RetentionPolicy.RUNTIME) public @interface");
    CompiledClass c =
        Fixture.compile(
                "hil-tests/rig",
                "package fixture; import " + folder + ".*; " + test,
                "package " + folder + "; " + kept.replace("class ", "public class ") + " {}")
            .getFirst();
    assertEquals(List.of(TestRules.SKIPPED), rules(TestRules.check(c)));
  }

  @Test
  void sleepingIsForHilTests() {
    String sleep = "Thread.sleep(1);";
    CompiledClass unit = Fixture.statement("drivers/spi", sleep).getFirst();
    CompiledClass rig = Fixture.statement("hil-tests/rig", sleep).getFirst();
    assertEquals(List.of(TestRules.SLEEPING), rules(TestRules.check(unit)));
    assertEquals(List.of(), TestRules.check(rig));
  }

  @Test
  void anAllowListAllowsWhatItNamesAndNothingElse() {
    AllowList list =
        AllowList.parse(
            "allowed.txt",
            """
            # comment

            fixture.Duties thread  the one place that makes threads
            fixture.Gone   clock   it was needed once
            """);
    Finding allowed = new Finding("Duties.java:1", "fixture.Duties", "thread", "");
    Finding otherRule = new Finding("Duties.java:2", "fixture.Duties", "clock", "");
    Finding otherClass = new Finding("Dutie.java:3", "fixture.Dutie", "thread", "");
    List<Finding> left = list.judge(List.of(allowed, otherRule, otherClass));
    assertEquals(List.of(otherRule, otherClass), left.subList(0, 2));
    assertEquals(
        "[allowed.txt: allow-list: fixture.Gone clock is no longer needed: remove the line]",
        left.subList(2, left.size()).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixture.A thread", "a.A clock why\na.A clock again"})
  void anAllowListHasAReasonForEachLineOnce(String text) {
    assertThrows(IllegalArgumentException.class, () -> AllowList.parse("allowed.txt", text));
  }

  private static List<String> rules(List<Finding> findings) {
    return findings.stream().map(Finding::rule).toList();
  }
}
