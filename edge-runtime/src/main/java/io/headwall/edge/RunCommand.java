package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall run}: the appliance, until SIGTERM or Ctrl-C. */
@Command(
    name = "run",
    description = {
      "Runs the appliance until it is told to stop (SIGTERM, Ctrl-C).",
      "It logs on standard error; how it is, says: headwall status."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:told to stop, and stopped",
      "1:cannot start; the message says why",
      "2:wrong usage, or the configuration is refused"
    })
final class RunCommand implements Callable<Integer> {

  /** Finds what an appliance needs on this machine. */
  interface MachineFinder {
    Machine find(HeadwallConfig config) throws StoreException, IOException;
  }

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "configuration; default ${DEFAULT-VALUE}")
  private Path file;

  @Spec private CommandSpec spec;

  private final MachineFinder machines;

  @SuppressWarnings("NullAway.Init") // picocli injects
  RunCommand(MachineFinder machines) {
    this.machines = machines;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return 2;
    HeadwallConfig config = loaded.config();
    setLogLevel(config);
    try {
      Files.createDirectories(config.runtime().folder());
      Files.createDirectories(config.store().folder());
      return StoreLock.hold(config.store().folder(), () -> run(loaded));
    } catch (StoreException | IOException | IllegalArgumentException e) {
      err.println("headwall run: cannot start: " + Why.of(e));
      err.flush();
      return 1;
    }
  }

  private static void setLogLevel(HeadwallConfig config) {
    try {
      Configuration.set("level", config.runtime().logLevel().word());
    } catch (UnsupportedOperationException e) {
      Logger.warn("log_level is not taken over: something was logged before");
    }
  }

  private int run(LoadResult.Loaded loaded) throws StoreException, IOException {
    Appliance.About about = new Appliance.About(HeadwallCommand.Version.text(), loaded.sha256());
    Machine machine = machines.find(loaded.config());
    Appliance appliance = new Appliance(loaded.config(), machine, Plugins.onClassPath(), about);
    CountDownLatch stopAsked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Main.onShutdown(() -> {
      if (stopped.getCount() == 0) return false;
      stopAsked.countDown();
      awaitUninterruptibly(stopped);
      return true;
    });
    try {
      appliance.start();
      awaitUninterruptibly(stopAsked);
      return 0;
    } finally {
      // Also where the start fails: the hook waits for it.
      appliance.stop();
      stopped.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
