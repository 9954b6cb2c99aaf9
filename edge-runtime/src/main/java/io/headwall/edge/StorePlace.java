package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command is about: the configured one, or one in a folder, such as a card's. */
final class StorePlace {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "configuration that names the store's folder; default ${DEFAULT-VALUE}")
  private Path file;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "the store's folder, such as that of a card out of another box")
  private @Nullable Path folder;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StorePlace() {}

  /**
   * A store that was found.
   *
   * @param config null where the folder was named
   */
  record Found(Path folder, @Nullable HeadwallConfig config) {}

  /** Null where the configuration is refused, with all problems printed. */
  @Nullable Found find(PrintWriter err) {
    if (folder != null) return new Found(folder, null);
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return null;
    return new Found(loaded.config().store().folder(), loaded.config());
  }
}
