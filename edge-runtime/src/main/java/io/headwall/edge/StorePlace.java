package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
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

  /** What a command does with a store that was found and opened. */
  interface Work {
    /** Returns the exit code. */
    int on(Found found, StoreView view) throws StoreException;
  }

  /** Finds the store and opens it to look at it; the command's exit code, 2 without a store. */
  int look(CommandSpec spec, StoreLook look, Work work) {
    Found found = find(spec.commandLine().getErr());
    if (found == null) return 2;
    try (StoreView view = look.at(found.folder())) {
      return work.on(found, view);
    } catch (StoreException e) {
      return refused(spec, e);
    }
  }

  private static int refused(CommandSpec spec, StoreException e) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + Why.of(e));
    err.flush();
    return e.fault() == StoreException.Fault.DAMAGED ? 1 : 2;
  }

  /** Null where the configuration is refused, with all problems printed. */
  private @Nullable Found find(PrintWriter err) {
    if (folder != null) return new Found(folder, null);
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return null;
    return new Found(loaded.config().store().folder(), loaded.config());
  }
}
