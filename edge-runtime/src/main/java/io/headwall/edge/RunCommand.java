package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall run}: the appliance, until SIGTERM or Ctrl-C. */
@Command(
    name = "run",
    description = "Runs the appliance until it is told to stop (SIGTERM, Ctrl-C).",
    mixinStandardHelpOptions = true)
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
    HeadwallConfig config = ConfigFile.load(file, err);
    if (config == null) return 2;
    Configuration.set("level", config.runtime().logLevel().word());
    try {
      Files.createDirectories(config.runtime().folder());
      Files.createDirectories(config.store().folder());
      return runAlone(config);
    } catch (StoreException | IOException | IllegalArgumentException e) {
      err.println("headwall: cannot start: " + why(e));
      return 1;
    }
  }

  /** Two processes at one store would give the same numbers out twice. */
  private int runAlone(HeadwallConfig config) throws StoreException, IOException {
    Path lock = config.store().folder().resolve("lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw new StoreException(
            "another headwall runs with the store " + config.store().folder() + "; stop it first");
      }
      Appliance appliance =
          new Appliance(
              config, machines.find(config), Plugins.onClassPath(), HeadwallCommand.Version.text());
      CountDownLatch stopAsked = new CountDownLatch(1);
      CountDownLatch stopped = new CountDownLatch(1);
      Main.onShutdown(() -> {
        stopAsked.countDown();
        awaitUninterruptibly(stopped);
      });
      appliance.start();
      awaitUninterruptibly(stopAsked);
      appliance.stop();
      stopped.countDown();
      return 0;
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String why(Exception e) {
    String message = e.getMessage();
    Throwable cause = e.getCause();
    return (message == null ? e.toString() : message)
        + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
