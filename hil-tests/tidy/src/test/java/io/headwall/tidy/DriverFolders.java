package io.headwall.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What every driver brings along: a README, golden files, and a line for ServiceLoader. */
final class DriverFolders {

  static final String RULE = "driver-folder";

  private static final Set<String> NO_DRIVERS =
      Set.of("drivers/spi", "drivers/hardware", "drivers/testkit");
  private static final String DRIVER = "io.headwall.spi.driver.DeviceDriver";
  private static final String SERVICES = "src/main/resources/META-INF/services/" + DRIVER;

  private DriverFolders() {}

  static boolean isDriver(ModuleFolder module) {
    return module.path().startsWith("drivers/") && !NO_DRIVERS.contains(module.path());
  }

  static List<Finding> check(ModuleFolder module) {
    List<Finding> findings = new ArrayList<>();
    if (!Files.isRegularFile(module.folder().resolve("README.md"))) {
      findings.add(finding(module, "has no README.md; say devices, manual, cable, table, checks"));
    }
    if (module.files("src/test/resources/golden", "").isEmpty()) {
      findings.add(finding(module, "has no file in src/test/resources/golden"));
    }
    Set<String> registered = registered(module);
    Set<String> drivers =
        module.mainClasses().stream()
            .filter(DriverFolders::isDriverClass)
            .map(CompiledClass::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (registered.isEmpty()) findings.add(finding(module, "registers no driver in " + SERVICES));
    if (!registered.equals(drivers)) {
      findings.add(
          finding(module, SERVICES + " has " + registered + ", public drivers are " + drivers));
    }
    return findings;
  }

  private static boolean isDriverClass(CompiledClass c) {
    return c.model().flags().has(AccessFlag.PUBLIC)
        && !c.model().flags().has(AccessFlag.ABSTRACT)
        && c.model().interfaces().stream()
            .anyMatch(i -> i.asInternalName().replace('/', '.').equals(DRIVER));
  }

  private static Set<String> registered(ModuleFolder module) {
    Path file = module.folder().resolve(SERVICES);
    if (!Files.isRegularFile(file)) return Set.of();
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Finding finding(ModuleFolder module, String fix) {
    return new Finding(module.path(), module.path(), RULE, fix);
  }
}
