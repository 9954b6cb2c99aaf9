package io.headwall.edge;

import io.headwall.config.Port;
import io.headwall.spi.driver.Query;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.StoreException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What an appliance finds on the machine it runs on: everything with a side effect, so that a
 * simulation or a test can hand in its own.
 *
 * @param clocks all time
 * @param random all chance
 * @param outbox of the configured store folder, not yet opened
 * @param epochs gives out epochs
 * @param links opens nothing yet
 * @param runners run the duties
 */
public record Machine(
    Clocks clocks,
    RandomGenerator random,
    Outbox outbox,
    Epochs epochs,
    Links links,
    Runners runners) {

  /** A machine that runs each duty on a thread of its own. */
  public Machine(Clocks clocks, RandomGenerator random, Outbox outbox, Epochs epochs, Links links) {
    this(clocks, random, outbox, epochs, links, threads(clocks, random));
  }

  /** Gives out epochs. */
  public interface Epochs {

    /**
     * The box's EUI-64: the configured one, the one on file if it is this box's, or a fresh one.
     */
    Origin origin() throws StoreException;

    /** A new epoch, higher than any that was ever used with this store; durable on return. */
    int raise(Origin origin) throws StoreException;
  }

  /** Makes the links of ports. */
  @FunctionalInterface
  public interface Links {

    /**
     * The link of a port, closed.
     *
     * @param queries all that may ever leave it
     */
    ByteLink link(Port port, List<? extends Query> queries);
  }

  /** Makes what runs the duties. */
  public interface Runners {

    /**
     * What is to run a duty, not started.
     *
     * @param idleLongestMs longest pause while the duty has nothing to do
     */
    Runner runner(Duty duty, long idleLongestMs);

    /** Whether the duties run side by side, so that one may wait for what another hands over. */
    boolean sideBySide();
  }

  /** A thread a duty. */
  static Runners threads(Clocks clocks, RandomGenerator random) {
    return new Runners() {
      @Override
      public Runner runner(Duty duty, long idleLongestMs) {
        return new DutyThread(duty, idleLongestMs, clocks, random);
      }

      @Override
      public boolean sideBySide() {
        return true;
      }
    };
  }
}
