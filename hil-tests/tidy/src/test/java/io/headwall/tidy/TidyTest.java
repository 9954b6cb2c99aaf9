package io.headwall.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules, held against every module of the tree. */
final class TidyTest {

  /** Each entry was argued for: whoever adds one changes this number too. */
  private static final int ALLOWED_ENTRIES = 6;

  private static final int OVERSIZE_ENTRIES = 0;

  private static final Pattern TEXT_FILES =
      Pattern.compile(".*\\.(java|xml|md|toml|properties|sh|service|rules)");

  private static final Repository TREE = Repository.find();
  private static final List<ModuleFolder> MODULES = TREE.modules();

  @Test
  void everyModuleHasSourcesAndIsBuilt() {
    assertNone(forEachModule(ModuleRules::check));
  }

  @Test
  void theRootPomListsEveryModuleAndThisOneLast() {
    assertNone(ModuleRules.listed(text(TREE.root().resolve("pom.xml")), MODULES));
  }

  @Test
  void codeReachesOutToTheWorldOnlyWhereAllowed() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(forEachMainClass(BannedCalls::check));
    findings.addAll(forEachMainClass(CatchAlls::check));
    AllowList allowed = AllowList.parse("allowed.txt", resource("/allowed.txt"));
    assertEquals(ALLOWED_ENTRIES, allowed.entries().size(), "entries of allowed.txt");
    assertNone(allowed.judge(findings));
  }

  @Test
  void eachLibraryIsSeenWhereItBelongs() {
    assertNone(forEachMainClass(Libraries::check));
  }

  @Test
  void modulesSeeEachOtherOnlyAlongTheArrows() {
    assertNone(forEachMainClass(Arrows::check));
  }

  @Test
  void everyDriverHasReadmeGoldenFilesAndRegistration() {
    List<Finding> findings = new ArrayList<>();
    for (ModuleFolder module : MODULES) {
      if (DriverFolders.isDriver(module)) findings.addAll(DriverFolders.check(module));
    }
    assertNone(findings);
  }

  @Test
  void noTestIsSkippedOrSleeps() {
    assertNone(forEachTestClass(TestRules::check));
  }

  @Test
  void nothingIsLeftUnfinished() {
    List<Finding> findings = new ArrayList<>();
    for (Path file : TREE.files(f -> TEXT_FILES.matcher(f.toString()).matches())) {
      findings.addAll(TextRules.unfinished(TREE.nameOf(file), lines(file)));
    }
    assertNone(findings);
  }

  @Test
  void filesAndLinesAreShort() {
    List<Finding> findings = new ArrayList<>();
    for (ModuleFolder module : MODULES) {
      for (Path file : module.mainSources()) {
        findings.addAll(TextRules.size(TREE.nameOf(file), lines(file)));
      }
    }
    AllowList allowed = AllowList.parse("oversize.txt", resource("/oversize.txt"));
    assertEquals(OVERSIZE_ENTRIES, allowed.entries().size(), "entries of oversize.txt");
    assertNone(allowed.judge(findings));
  }

  @Test
  void classesAreNamedByWhatTheyAre() {
    List<Finding> findings = new ArrayList<>(forEachMainClass(TextRules::name));
    findings.addAll(forEachTestClass(TextRules::name));
    assertNone(findings);
  }

  private static List<Finding> forEachModule(Function<ModuleFolder, List<Finding>> rule) {
    return MODULES.stream().flatMap(module -> rule.apply(module).stream()).toList();
  }

  private static List<Finding> forEachMainClass(Function<CompiledClass, List<Finding>> rule) {
    return forEachModule(
        m -> m.mainClasses().stream().flatMap(c -> rule.apply(c).stream()).toList());
  }

  private static List<Finding> forEachTestClass(Function<CompiledClass, List<Finding>> rule) {
    return forEachModule(
        m -> m.testClasses().stream().flatMap(c -> rule.apply(c).stream()).toList());
  }

  private static void assertNone(List<Finding> findings) {
    assertTrue(
        findings.isEmpty(),
        () -> {
          StringBuilder text = new StringBuilder().append(findings.size()).append(" findings\n");
          for (Finding finding : findings) text.append(finding).append('\n');
          return text.toString();
        });
  }

  private static List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = TidyTest.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
