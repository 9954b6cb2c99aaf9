package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.config.Uplink;
import io.headwall.edge.RunCommand.MachineFinder;
import io.headwall.spi.time.Clocks;
import io.headwall.store.EpochRow;
import io.headwall.store.EpochSource;
import io.headwall.store.Mailbox;
import io.headwall.store.OpenedStore;
import io.headwall.store.Origin;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StoreParts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall store salvage}: what is whole in damaged files comes back, without a box. */
@Command(
    name = "salvage",
    description = {
      "Brings back what is whole in damaged files of a store, under its old identity. A running",
      "box does so by itself; this is for one that stands still, before an export. A database that",
      "is damaged is set aside first. Nothing is deleted."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that is whole is back, or there was nothing to bring back",
      "1:it could not be done, for example because a box runs; the message says why",
      "2:wrong usage, or the configuration is refused"
    })
final class StoreSalvageCommand implements Callable<Integer> {

  private static final long IDLE_MS = 5;
  private static final long END_MS = 10_000;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "configuration of the box whose store it is; default ${DEFAULT-VALUE}")
  private Path file;

  @Spec private CommandSpec spec;

  private final MachineFinder machines;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StoreSalvageCommand(MachineFinder machines) {
    this.machines = machines;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return 2;
    HeadwallConfig config = loaded.config();
    try {
      String fault = StoreLock.hold(config.store().folder(), () -> salvage(config));
      if (fault.isEmpty()) return 0;
      err.println("headwall store salvage: " + fault);
    } catch (StoreException | IOException e) {
      err.println("headwall store salvage: " + Why.of(e));
    }
    err.flush();
    return 1;
  }

  /** Why it could not be done; empty where it was. */
  private String salvage(HeadwallConfig config) throws StoreException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    Machine machine = machines.find(config);
    StoreDuty store = store(config, machine);
    long[] steps = {0};
    SalvageDuty duty =
        new SalvageDuty(
            store,
            said -> {
              progress.busy("salvaging", steps[0]++);
              if (said.isEmpty()) return;
              progress.end();
              out.println(said);
            });
    Runner runner = machine.runners().runner(duty, IDLE_MS);
    runner.start();
    try {
      return duty.result();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      runner.stop();
      runner.ended(END_MS);
      progress.end();
      if (store.stats().salvaged().isEmpty()) out.println("no damaged file to bring back from");
      out.flush();
    }
  }

  private static StoreDuty store(HeadwallConfig config, Machine machine) throws StoreException {
    Clocks clocks = machine.clocks();
    Origin origin = machine.epochs().origin();
    EpochSource epochs =
        () ->
            new EpochRow(machine.epochs().raise(origin), origin, clocks.bootId(), clocks.bootNs());
    StoreParts parts =
        new StoreParts(
            machine.outbox(),
            epochs,
            new Mailbox<>(1, 0),
            new Mailbox<>(1, 0),
            config.uplinks().stream().map(Uplink::name).toList(),
            List.of(),
            clocks,
            machine.random());
    OpenedStore opened = OpenedStore.open(machine.outbox(), epochs);
    return new StoreDuty(parts, Appliance.policy(config.store()), opened, Appliance.place(config));
  }
}
