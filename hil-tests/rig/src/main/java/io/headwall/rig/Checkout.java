package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The build tree that this runs from, and the class paths of what it starts. */
final class Checkout {

  private Checkout() {}

  /** The folder that holds everything. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("edge-runtime")) && Files.exists(at.resolve("LICENSE")))
        return at;
    }
    throw new IllegalStateException("not inside a checkout of Headwall");
  }

  /** The class path of a module and all that it needs to run. */
  static String classPath(String module) throws IOException {
    Path target = root().resolve(module).resolve("target");
    return target.resolve("classes")
        + ":"
        + Files.readString(target.resolve("classpath.txt"), UTF_8);
  }

  /** The java of the JDK that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
