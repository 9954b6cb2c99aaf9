package io.headwall.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of folders, each seen to fail on a tree made for it. */
final class FolderRulesTest {

  private static final String SERVICES =
      "src/main/resources/META-INF/services/io.headwall.spi.driver.DeviceDriver";

  @TempDir Path root;

  @Test
  void aDriverWithoutAnythingLacksThreeThings() throws IOException {
    ModuleFolder bare = module("drivers/larch");
    compile(bare, "final class LarchDriver implements io.headwall.spi.driver.DeviceDriver {}");
    assertEquals(
        List.of(
            "has no README.md; say devices, manual, cable, table, checks",
            "has no file in src/test/resources/golden",
            "registers no driver in " + SERVICES),
        DriverFolders.check(bare).stream().map(Finding::fix).toList());
  }

  @Test
  void aWholeDriverLacksNothing() throws IOException {
    ModuleFolder whole = module("drivers/larch");
    write(whole, "README.md", "# Larch");
    write(whole, "src/test/resources/golden/temperature.hex", "02  STX");
    write(whole, SERVICES, "# drivers\nfixture.LarchDriver # the only one\n");
    compile(
        whole, "public final class LarchDriver implements io.headwall.spi.driver.DeviceDriver {}");
    assertEquals(List.of(), DriverFolders.check(whole));

    write(whole, SERVICES, "fixture.LarchDrive\n");
    assertEquals(
        SERVICES + " has [fixture.LarchDrive], public drivers are [fixture.LarchDriver]",
        DriverFolders.check(whole).getFirst().fix());
  }

  @Test
  void onlyProtocolFoldersAreDrivers() {
    assertTrue(DriverFolders.isDriver(new ModuleFolder("drivers/medibus", root)));
    for (String path : List.of("drivers/spi", "drivers/hardware", "drivers/testkit", "config")) {
      assertFalse(DriverFolders.isDriver(new ModuleFolder(path, root)), path);
    }
  }

  @Test
  void anEmptyOrUnbuiltModuleIsFound() throws IOException {
    ModuleFolder module = module("config");
    assertEquals(
        "[config: module: has a pom.xml and no sources; remove it]",
        ModuleRules.check(module).toString());

    write(module, "src/main/java/fixture/A.java", "class A {}");
    assertEquals(1, ModuleRules.check(module).size(), "not built");

    compile(module, "class A {}");
    assertEquals(List.of(), ModuleRules.check(module));
  }

  @Test
  void theRootPomMustListEveryModuleAndTidyLast() throws IOException {
    List<ModuleFolder> modules = List.of(module("config"), module("hil-tests/tidy"));
    String good = "<module>config</module><module>hil-tests/tidy</module>";
    assertEquals(List.of(), ModuleRules.listed(good, modules));

    String unlisted = "<module>hil-tests/tidy</module>";
    assertEquals(1, ModuleRules.listed(unlisted, modules).size());

    String early = "<module>hil-tests/tidy</module><module>config</module>";
    assertEquals(1, ModuleRules.listed(early, modules).size());
  }

  @Test
  void modulesAreFoundBesideHiddenFoldersAndBuildOutput() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "", UTF_8);
    module("drivers/spi");
    module("config");
    module("drivers/spi/target/copy");
    module(".hidden/copy");
    assertEquals(
        List.of("config", "drivers/spi"),
        new Repository(root).modules().stream().map(ModuleFolder::path).toList());
  }

  private ModuleFolder module(String path) throws IOException {
    ModuleFolder module = new ModuleFolder(path, root.resolve(path));
    write(module, "pom.xml", "<project/>");
    return module;
  }

  private static void write(ModuleFolder module, String name, String text) throws IOException {
    Path file = module.folder().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }

  private static void compile(ModuleFolder module, String type) throws IOException {
    String spi = "package io.headwall.spi.driver; public interface DeviceDriver {}";
    Path folder = Files.createDirectories(module.folder().resolve("target/classes/fixture"));
    for (CompiledClass c : Fixture.compile(module.path(), "package fixture; " + type, spi)) {
      byte[] bytes = ClassFile.of().transformClass(c.model(), ClassTransform.ACCEPT_ALL);
      Files.write(folder.resolve(c.name().replace("fixture.", "") + ".class"), bytes);
    }
  }
}
