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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules, held against every module of the tree. */
final class TidyTest {

  /** Each entry was argued for: whoever adds one changes this number too. */
  private static final int ALLOWED_ENTRIES = 22;

  private static final int OVERSIZE_ENTRIES = 0;
  private static final int FOREIGN_NAMES = 5;

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

  @Test
  void documentsNameAndLinkWhatIsThere() {
    Set<String> classes = new TreeSet<>();
    for (ModuleFolder module : MODULES) {
      for (CompiledClass c : module.mainClasses()) classes.add(simpleName(c));
      for (CompiledClass c : module.testClasses()) classes.add(simpleName(c));
    }
    List<Finding> findings = new ArrayList<>();
    for (Path page : TREE.files(file -> file.toString().endsWith(".md"))) {
      findings.addAll(DocLinks.check(TREE.nameOf(page), folderOf(page), lines(page), classes));
    }
    AllowList allowed = AllowList.parse("foreign-names.txt", resource("/foreign-names.txt"));
    assertEquals(FOREIGN_NAMES, allowed.entries().size(), "entries of foreign-names.txt");
    assertNone(allowed.judge(findings));
  }

  @Test
  void everyCodeThatCanLeaveTheBoxIsInTheNomenclature() throws IOException {
    Map<String, Nomenclature.Term> terms = terms();
    Map<String, List<Nomenclature.Row>> rows = new TreeMap<>();
    Map<String, Set<String>> parts = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    for (ModuleFolder module : MODULES) {
      if (!DriverFolders.isDriver(module)) continue;
      Path readme = module.folder().resolve("README.md");
      List<CompiledClass> classes = module.mainClasses();
      List<Nomenclature.Row> own = Nomenclature.rows(lines(readme));
      rows.put(module.path(), own);
      findings.addAll(Nomenclature.check(TREE.nameOf(readme), own, classes, terms));
      Set<String> named = Nomenclature.named(classes);
      named.removeIf(refid -> !Nomenclature.isPart(refid));
      parts.put(module.path(), named);
    }
    assertNone(findings);
    String page = NomenclaturePage.of(rows, parts, terms);
    Path file = TREE.root().resolve("docs/nomenclature.md");
    if ("write".equals(System.getProperty("reference"))) Files.writeString(file, page, UTF_8);
    assertEquals(page, text(file), "write it anew with -Dreference=write");
  }

  @Test
  void theCodesOfEveryDriverAreThoseOfTheVocabulary() {
    List<CompiledClass> vocabulary =
        mainClassesOf("drivers/spi").stream()
            .filter(c -> c.packageName().equals("io.headwall.spi.reading"))
            .toList();
    Set<String> codes = Nomenclature.named(vocabulary);
    codes.addAll(Nomenclature.localCodes(vocabulary));
    assertEquals(NomenclaturePage.OF_EVERY_DRIVER, codes);
  }

  private static List<CompiledClass> mainClassesOf(String path) {
    return MODULES.stream()
        .filter(module -> module.path().equals(path))
        .flatMap(module -> module.mainClasses().stream())
        .toList();
  }

  private static Map<String, Nomenclature.Term> terms() {
    return Nomenclature.terms(
        lines(TREE.root().resolve("drivers/spi/src/main/nomenclature/mdc-codes.csv")));
  }

  private static String simpleName(CompiledClass c) {
    return c.name().substring(Math.max(c.name().lastIndexOf('.'), c.name().lastIndexOf('$')) + 1);
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    return folder == null ? TREE.root() : folder;
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
