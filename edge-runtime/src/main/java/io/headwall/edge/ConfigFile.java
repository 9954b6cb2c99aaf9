package io.headwall.edge;

import io.headwall.config.ConfigLoader;
import io.headwall.config.LoadResult;
import io.headwall.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads a configuration for a command and says what is wrong with it. */
final class ConfigFile {

  static final String DEFAULT = "/etc/headwall/headwall.toml";

  private ConfigFile() {}

  /** The configuration; null where it is refused, with all problems printed. */
  static LoadResult.@Nullable Loaded load(Path file, PrintWriter err) {
    return switch (ConfigLoader.load(file, Plugins.onClassPath().known())) {
      case LoadResult.Loaded loaded -> loaded;
      case LoadResult.Refused refused -> {
        for (Problem problem : refused.problems()) err.println(problem.inWords());
        int n = refused.problems().size();
        err.println(n == 1 ? "1 problem; nothing was done" : n + " problems; nothing was done");
        err.flush();
        yield null;
      }
    };
  }
}
