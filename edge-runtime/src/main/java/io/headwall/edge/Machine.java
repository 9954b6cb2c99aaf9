package io.headwall.edge;

import io.headwall.config.Port;
import io.headwall.spi.driver.Query;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.time.Clocks;
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
 */
public record Machine(
    Clocks clocks, RandomGenerator random, Outbox outbox, Epochs epochs, Links links) {

  /** Gives out epochs. */
  public interface Epochs {

    /** The box's EUI-64: the one on file, the configured one, or a fresh one. */
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
}
