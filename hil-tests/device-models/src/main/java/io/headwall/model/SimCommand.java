package io.headwall.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code headwall-sim}: simulated bedside devices on pseudo terminals, steered over
 * standard input. Exit status 0 for an ordinary end (also by SIGTERM and SIGINT), 2 when it cannot
 * start as asked, 1 when a port broke on the way.
 */
@Command(
    name = "headwall-sim",
    mixinStandardHelpOptions = true,
    version = "headwall-sim 0.1.0",
    sortOptions = false,
    description = {
      "Plays a bedside device on a pseudo terminal; the first line printed is its name.",
      "Lines on standard input steer it, each answered by one line:",
      "  fault NAME [ARGS] | unplug | plug | quit | on DEVICE LINE",
      "`headwall-sim list` names the models, their faults, and the scenarios.",
    })
public final class SimCommand implements Callable<Integer> {

  private static final int PULLED_S = 5;
  private static final int PULL_EVERY_S_MAX = 86_400;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before any call
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "MODEL", description = "one of `headwall-sim list`")
  private @Nullable String model;

  @Option(names = "--link", paramLabel = "PATH", description = "symbolic link to the terminal")
  private @Nullable Path link;

  @Option(names = "--seed", paramLabel = "N", description = "same seed, same values (1)")
  private long seed = 1;

  @Option(names = "--scenario", paramLabel = "NAME", description = "what happens (baseline)")
  private String scenario = "baseline";

  @Option(
      names = "--cable-pull-every",
      paramLabel = "S",
      description = "pull the cable after each S seconds, for 5 s")
  private int pullEveryS;

  @CommandLine.Mixin private RunOptions run = new RunOptions();

  /** What a single device and a bed have in common. */
  static final class RunOptions {
    @Option(
        names = "--truth",
        paramLabel = "FILE.ndjson",
        description = "write each value said to this file")
    @Nullable Path truth;

    @Option(names = "--for", paramLabel = "SECONDS", description = "end after so long")
    long seconds;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with its short error messages; does not end the process. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new SimCommand());
    command.setParameterExceptionHandler((problem, args) -> {
      PrintWriter err = problem.getCommandLine().getErr();
      err.println("headwall-sim: " + problem.getMessage());
      err.println("Try: headwall-sim --help");
      return CommandLine.ExitCode.USAGE;
    });
    command.setExecutionExceptionHandler((broken, failed, parsed) -> {
      failed.getErr().println("headwall-sim: " + broken.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    });
    return command;
  }

  @Override
  public Integer call() throws IOException {
    if (model == null) throw usage("which MODEL? `headwall-sim list` names them");
    if (pullEveryS < 0 || pullEveryS > PULL_EVERY_S_MAX)
      throw usage("--cable-pull-every: 0..86400");
    BedFile.Device device = device(model);
    List<Script> pulls =
        pullEveryS == 0 ? List.of() : List.of(Script.cablePulls(pullEveryS, PULLED_S));
    try (Truth truth = truth(run.truth);
        SimulatorSession session = new SimulatorSession(out())) {
      open(session, device, pulls, truth);
      session.ports().forEach(port -> port.node().ifPresent(node -> say(node.toString())));
      session.run(System.in, run.seconds);
    }
    return 0;
  }

  private BedFile.Device device(String name) {
    DeviceKind kind = DeviceKind.named(name).orElseThrow(() -> usage("unknown model " + name));
    Scenario story =
        Scenario.named(scenario).orElseThrow(() -> usage("unknown scenario " + scenario));
    if (story.script(kind, seed).isEmpty()) throw usage(name + " cannot play " + scenario);
    return new BedFile.Device(name, kind, link, seed, story);
  }

  @Command(
      name = "bed",
      mixinStandardHelpOptions = true,
      description = {
        "Plays all devices of a bed file; prints a line with name and terminal for each.",
        "A [[device]] has a model and, as wanted, name, link, seed, scenario.",
      })
  Integer bed(
      @Parameters(paramLabel = "FILE.toml") Path file, @CommandLine.Mixin RunOptions options)
      throws IOException {
    BedFile bed = read(file);
    if (!bed.problems().isEmpty()) {
      throw usage(file + ": " + String.join(System.lineSeparator() + file + ": ", bed.problems()));
    }
    try (Truth truth = truth(options.truth);
        SimulatorSession session = new SimulatorSession(out())) {
      for (BedFile.Device device : bed.devices()) open(session, device, List.of(), truth);
      for (SimulatedPort port : session.ports()) {
        port.node().ifPresent(node -> say(port.name() + " " + node));
      }
      session.run(System.in, options.seconds);
    }
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Names the models, their faults, and the scenarios.")
  Integer list() {
    for (DeviceKind kind : DeviceKind.values()) {
      say(kind.id() + "  " + kind.about());
      kind.create(SimulatorRunner.deviceClock(), 0).orders().forEach(this::say);
    }
    say("every model");
    DeviceOnLine.COMMON_ORDERS.forEach(this::say);
    say("scenarios");
    for (Scenario story : Scenario.values()) say("  " + story.id() + "  " + story.about());
    return 0;
  }

  private void open(
      SimulatorSession session, BedFile.Device device, List<Script> extra, Truth truth) {
    try {
      session.open(device, extra, truth.file);
    } catch (IOException refused) {
      throw usage(device.name() + ": " + refused.getMessage());
    }
  }

  private BedFile read(Path file) {
    try {
      return BedFile.read(file);
    } catch (IOException refused) {
      throw usage("cannot read " + refused.getMessage());
    }
  }

  private Truth truth(@Nullable Path file) {
    try {
      return new Truth(file);
    } catch (IOException refused) {
      throw usage("cannot write " + refused.getMessage());
    }
  }

  private void say(OrderKind order) {
    say("  " + (order.name() + " " + order.usage()).strip() + "  " + order.effect());
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /** The truth file, if one is wanted. */
  private static final class Truth implements AutoCloseable {
    private final Optional<TruthFile> file;

    Truth(@Nullable Path path) throws IOException {
      file = path == null ? Optional.empty() : Optional.of(new TruthFile(path));
    }

    @Override
    public void close() throws IOException {
      if (file.isPresent()) file.get().close();
    }
  }
}
