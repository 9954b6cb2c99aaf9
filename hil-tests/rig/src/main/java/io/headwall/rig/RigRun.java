package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all commands of {@code hil-tests/powercut} share: the machine is looked at first, all work
 * is done in a fresh folder, and the folder stays where something did not hold.
 */
final class RigRun {

  /** All held. */
  static final int HELD = 0;

  /** Something was lost, altered, used twice, or hung. */
  static final int BROKEN = 1;

  /** The machine lacks what the command needs. */
  static final int CANNOT = 3;

  private static final long SEED = 20_261_124L;

  @Option(names = "--seed", description = "of everything that is random; default ${DEFAULT-VALUE}")
  private long seed = SEED;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "where the working folder is made; default: the system's for temporary files")
  private @Nullable Path parent;

  @SuppressWarnings("NullAway.Init") // picocli injects
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The work of a command; says whether all held. */
  @FunctionalInterface
  interface Work {
    boolean done(Path folder, Progress progress) throws IOException, StoreException;
  }

  long seed() {
    return seed;
  }

  /** Gives back the exit code. */
  int run(Set<Need> needs, Work work) throws IOException, StoreException {
    PrintWriter out = command.commandLine().getOut();
    List<String> missing = Need.missing(needs);
    if (!missing.isEmpty()) {
      PrintWriter err = command.commandLine().getErr();
      err.println("powercut " + command.name() + ": cannot run here");
      missing.forEach(what -> err.println("  " + what));
      err.flush();
      return CANNOT;
    }
    Path folder = makeFolder();
    Progress progress = new Progress(out);
    progress.say(command.name() + ": seed " + seed + ", in " + folder);
    boolean held = false;
    try {
      held = work.done(folder, progress);
    } finally {
      if (held) Folders.delete(folder);
      else progress.say("  see " + folder.resolve("box").resolve("box.log"));
    }
    progress.say(command.name() + (held ? ": held" : ": DID NOT HOLD"));
    return held ? HELD : BROKEN;
  }

  private Path makeFolder() throws IOException {
    String prefix = "headwall-powercut-";
    return parent == null
        ? Files.createTempDirectory(prefix)
        : Files.createTempDirectory(Files.createDirectories(parent), prefix);
  }
}
