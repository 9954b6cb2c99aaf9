package io.headwall.rig;

import io.headwall.config.ConfigLoader;
import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.edge.Appliance;
import io.headwall.edge.Machine;
import io.headwall.edge.Main;
import io.headwall.edge.Plugins;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * Runs the appliance with one of its parts replaced by a wrong one, for tests that must then fail.
 */
final class Mutants {

  private Mutants() {}

  /** Runs until killed. */
  static void run(String[] args, UnaryOperator<Machine> change)
      throws IOException, StoreException, InterruptedException {
    Path file = Path.of(args[args.length - 1]);
    HeadwallConfig config =
        switch (ConfigLoader.load(file, Plugins.onClassPath().known())) {
          case LoadResult.Loaded loaded -> loaded.config();
          case LoadResult.Refused refused ->
              throw new IllegalArgumentException(refused.problems().toString());
        };
    Files.createDirectories(config.store().folder());
    Files.createDirectories(config.runtime().folder());
    Machine machine = change.apply(Main.machine(config));
    Appliance.About about = new Appliance.About("mutant", "");
    new Appliance(config, machine, Plugins.onClassPath(), about).start();
    new CountDownLatch(1).await();
  }
}
