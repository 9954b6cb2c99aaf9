package io.headwall.store;

import io.headwall.spi.time.Clocks;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the store duty works with.
 *
 * @param outbox opened
 * @param epochs for another epoch, when a damaged file is set aside
 * @param arrivals from the intake
 * @param settlements from the forwarders
 * @param uplinks names of those that have to be served before readings go
 * @param forwarders told of each commit
 */
public record StoreParts(
    Outbox outbox,
    EpochSource epochs,
    Mailbox<Arrival> arrivals,
    Mailbox<Settled> settlements,
    List<String> uplinks,
    List<Mailbox<Committed>> forwarders,
    Clocks clocks,
    RandomGenerator random) {
  public StoreParts {
    uplinks = List.copyOf(uplinks);
    forwarders = List.copyOf(forwarders);
  }
}
