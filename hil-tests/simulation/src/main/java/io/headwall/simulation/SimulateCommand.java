package io.headwall.simulation;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hil-tests/simulate}: seeds, one after the other. */
@Command(
    name = "simulate",
    description = {
      "Runs the whole appliance in virtual time over simulated devices, clocks, card and broker,",
      "with faults drawn from a seed, and checks all that it promises. One seed is one run: the",
      "same seed does the same again."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every seed held",
      "1:a seed failed; what happened is told",
      "2:wrong usage",
      "3:it cannot be built or started"
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final double NS_PER_S = 1e9;
  private static final int SHRINKS_MAX = 60;
  private static final int PROGRESS_SEEDS = 10;

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "how many seeds")
  private int seeds;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "the first seed")
  private long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "virtual minutes with faults, default ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "faults that may strike, such as cut,crash; default: all")
  private List<String> only = List.of();

  @Option(names = "--parallel", description = "as many seeds at once as the machine has cores")
  private boolean parallel;

  @Option(names = "--no-shrink", description = "tell of a failing seed as it is")
  private boolean asItIs;

  @Option(names = "--verbose", description = "a line for each seed")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  SimulateCommand() {}

  public static void main(String[] args) {
    quiet();
    System.exit(new CommandLine(new SimulateCommand()).execute(args));
  }

  /** What the appliance logs is of no use here; before anything is logged. */
  static void quiet() {
    System.setProperty("tinylog.level", "off");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (seeds < 1 || minutes < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--seeds and --minutes are 1 or more");
    }
    Set<Fault> allowed;
    try {
      allowed = faults(only);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    Tally tally = new Tally();
    LongStream all = LongStream.range(seed, seed + seeds);
    if (parallel) all = all.parallel();
    all.mapToObj(s -> run(new Simulation.Setup(s, minutes, allowed), out))
        .forEach(outcome -> told(outcome, tally, out));
    out.println("struck: " + tally.strikes());
    out.println(tally);
    out.flush();
    return tally.failed == 0 ? 0 : 1;
  }

  /** Its number comes first: a run that never ends can be told then too. */
  private Simulation.Outcome run(Simulation.Setup setup, PrintWriter out) {
    if (eachIsTold()) {
      out.println("seed " + setup.seed());
      out.flush();
    }
    return Simulation.run(setup);
  }

  private boolean eachIsTold() {
    return verbose || seeds == 1;
  }

  private synchronized void told(Simulation.Outcome outcome, Tally tally, PrintWriter out) {
    tally.add(outcome);
    if (eachIsTold()) out.println("seed " + outcome.setup().seed() + inWords(outcome));
    else if (tally.runs % PROGRESS_SEEDS == 0) out.println(tally);
    if (!outcome.good()) tell(outcome, out);
    out.flush();
  }

  /** What has been run so far. */
  private static final class Tally {
    private final Map<Fault, Long> strikes = new EnumMap<>(Fault.class);
    private final long cpuBeforeNs = Simulation.cpuNs();
    private long virtualNs;
    private int runs;
    private int failed;

    void add(Simulation.Outcome outcome) {
      runs++;
      if (!outcome.good()) failed++;
      virtualNs += outcome.figures().virtualNs();
      outcome.strikes().forEach((fault, n) -> strikes.merge(fault, n, Long::sum));
    }

    String strikes() {
      List<String> all = new ArrayList<>();
      strikes.forEach((fault, n) -> all.add(fault.word() + ' ' + n));
      return String.join(", ", all);
    }

    @Override
    public String toString() {
      double cpuS = (Simulation.cpuNs() - cpuBeforeNs) / NS_PER_S;
      double virtualS = virtualNs / NS_PER_S;
      return String.format(
          Locale.ROOT,
          "%d seeds, %d failed; %.0f virtual s in %.1f s of CPU: %.0f x real time",
          runs,
          failed,
          virtualS,
          cpuS,
          virtualS / cpuS);
    }
  }

  private void tell(Simulation.Outcome outcome, PrintWriter out) {
    out.println("seed " + outcome.setup().seed() + " FAILED");
    outcome.account().forEach(out::println);
    out.flush();
    if (asItIs) return;
    out.println("shrinking ...");
    out.flush();
    Simulation.Outcome least = new Shrinker(SHRINKS_MAX).shrink(outcome);
    least.account().forEach(out::println);
    out.println("the least that fails: " + command(least.setup()));
    out.flush();
  }

  /** How a run is repeated. */
  static String command(Simulation.Setup setup) {
    List<String> words = setup.allowed().stream().sorted().map(Fault::word).toList();
    String only = setup.allowed().size() == Fault.values().length ? "" : String.join(",", words);
    return "hil-tests/simulate --seed "
        + setup.seed()
        + (only.isEmpty() ? "" : " --only " + only)
        + " --minutes "
        + setup.minutes();
  }

  private static String inWords(Simulation.Outcome o) {
    Simulation.Figures f = o.figures();
    double s = f.virtualNs() / NS_PER_S;
    return String.format(
        Locale.ROOT,
        ": hash %016x, %.0f virtual s, %d lives, %d faults%n  offered and kept: %.0f numerics/s,"
            + " %.0f wave samples/s, %.1f settings/s, %d alarms%n  %d readings in %d commits, %d"
            + " delivered, %d sent again, %d messages of %d bytes, %d packets slipped past a check"
            + " sum, %d lost with damage, %d brought back, %d given up over quota%n  faults: %s",
        o.hash(),
        s,
        f.lives(),
        f.strikes(),
        f.numerics() / s,
        f.samples() / s,
        f.settings() / s,
        f.alarms(),
        f.committed(),
        f.commits(),
        f.delivered(),
        f.left() - f.delivered(),
        f.messages(),
        f.messages() == 0 ? 0 : f.messageBytes() / f.messages(),
        f.slips(),
        f.lostWithFile(),
        f.salvaged(),
        f.removed(),
        o.rates());
  }

  private static Set<Fault> faults(List<String> words) {
    if (words.isEmpty()) return EnumSet.allOf(Fault.class);
    Set<Fault> all = EnumSet.noneOf(Fault.class);
    for (String word : words) if (!word.equals("none")) all.add(Fault.named(word));
    return all;
  }
}
