package io.headwall.simulation;

import io.headwall.edge.Machine;
import io.headwall.edge.Runner;
import io.headwall.spi.time.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs everything on one thread in virtual time: what is due next is done next, and what is due at
 * the same time in an order drawn from the seed. Time passes only between steps.
 */
final class Stepper implements Machine.Runners {

  private final SimClock clock;
  private final SplittableRandom random;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final List<Stepped> duties = new ArrayList<>();
  private final Consumer<Duty> stepped;
  private long steps;

  private record Due(long atNs, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /**
   * Nothing is due yet.
   *
   * @param stepped told after each step of a duty
   */
  Stepper(SimClock clock, SplittableRandom random, Consumer<Duty> stepped) {
    this.clock = clock;
    this.random = random;
    this.stepped = stepped;
  }

  /** Has something done at a world time. */
  void at(long worldNs, Runnable what) {
    queue.add(new Due(Math.max(worldNs, clock.nowNs()), random.nextLong(), what));
  }

  /** Has something done after a while. */
  void in(long ns, Runnable what) {
    at(clock.nowNs() + ns, what);
  }

  /** Does all that is due until then. */
  void run(long untilNs) {
    while (!queue.isEmpty() && queue.peek().atNs <= untilNs) {
      Due next = queue.remove();
      // A step may have taken time itself.
      clock.advanceTo(Math.max(clock.nowNs(), next.atNs));
      next.what.run();
    }
    clock.advanceTo(Math.max(clock.nowNs(), untilNs));
  }

  /** The process has ended: no duty of it is stepped any more, and none is closed. */
  void forgetDuties() {
    for (Stepped duty : duties) duty.ended = true;
    duties.clear();
  }

  /** A duty does nothing for a while. */
  void stall(long ns) {
    if (!duties.isEmpty()) duties.get(random.nextInt(duties.size())).stall(ns);
  }

  /** Those of the running process, by name. */
  Duty duty(String name) {
    for (Stepped stepped : duties) if (stepped.name().equals(name)) return stepped.duty;
    throw new IllegalStateException("no duty " + name);
  }

  /** Steps of duties so far. */
  long steps() {
    return steps;
  }

  @Override
  public Runner runner(Duty duty, long idleLongestMs) {
    Stepped runner = new Stepped(duty, TimeUnit.MILLISECONDS.toNanos(idleLongestMs));
    duties.add(runner);
    return runner;
  }

  @Override
  public boolean sideBySide() {
    return false;
  }

  /** Steps one duty as its thread would: at once while it works, with growing pauses else. */
  private final class Stepped implements Runner {

    /** What a port's read, and the store's look into its mailbox, block for at most. */
    private static final long BLOCKS_NS_MIN = 20_000_000;

    private static final long BLOCKS_NS_MAX = 95_000_000;
    private static final double SHARE_SHORT = 0.3;

    /** Nobody asks for the status here; its socket is a real one. */
    private static final long STATUS_NS = 10_000_000_000L;

    private static final long WORK_NS_MAX = 8_000_000;
    private static final long IDLE_FIRST_NS = 4_000_000;

    private final Duty duty;
    private final long idleLongestNs;
    private final boolean blocks;
    private final boolean status;
    private long idleNs = IDLE_FIRST_NS;
    private long dueNs = Long.MAX_VALUE;
    private long notBeforeNs;
    private long checkpointNs;
    private boolean started;
    private boolean ended;

    Stepped(Duty duty, long idleLongestNs) {
      this.duty = duty;
      this.idleLongestNs = idleLongestNs;
      this.blocks = duty.name().startsWith("port-") || duty.name().equals("store");
      this.status = duty.name().equals("status");
    }

    @Override
    public String name() {
      return duty.name();
    }

    @Override
    public void start() {
      started = true;
      checkpointNs = clock.bootNs();
      schedule(random.nextLong(BLOCKS_NS_MIN));
    }

    void stall(long ns) {
      notBeforeNs = clock.nowNs() + ns;
      if (started) schedule(ns);
    }

    private void schedule(long inNs) {
      long at = Math.max(clock.nowNs() + inNs, notBeforeNs);
      dueNs = at;
      at(
          at,
          () -> {
            if (dueNs == at && !ended) step();
          });
    }

    private void step() {
      dueNs = Long.MAX_VALUE;
      checkpointNs = clock.bootNs();
      steps++;
      int work = duty.doWork(checkpointNs);
      stepped.accept(duty);
      if (ended) return;
      if (blocks) {
        boolean shortly = random.nextDouble() < SHARE_SHORT;
        schedule(shortly ? random.nextLong(BLOCKS_NS_MIN, BLOCKS_NS_MAX) : BLOCKS_NS_MAX);
      } else if (status) {
        schedule(STATUS_NS);
      } else if (work > 0) {
        idleNs = IDLE_FIRST_NS;
        schedule(random.nextLong(1_000_000, WORK_NS_MAX));
      } else {
        schedule(idleNs);
        idleNs = Math.min(2 * idleNs, Math.max(idleLongestNs, IDLE_FIRST_NS));
      }
    }

    @Override
    public void stop() {
      if (ended || !started) return;
      ended = true;
      duty.close();
    }

    @Override
    public void wake() {
      if (ended || !started) return;
      idleNs = IDLE_FIRST_NS;
      if (dueNs > clock.nowNs()) schedule(random.nextLong(1_000_000));
    }

    @Override
    public boolean ended(long waitMs) {
      return ended || !started;
    }

    @Override
    public long checkpointNs() {
      return checkpointNs;
    }

    @Override
    public int failuresInRow() {
      return 0;
    }
  }
}
