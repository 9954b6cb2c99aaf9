package io.headwall.store;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a forwarder works with.
 *
 * @param name the uplink's name in the configuration
 * @param committed news from the store thread
 * @param settlements to the store thread, which makes them durable
 * @param happened what the log and the box's own records are to say
 * @param status the box's state as one JSON object, made known when the link comes up and then from
 *     time to time
 */
public record ForwarderParts(
    String name,
    Uplink uplink,
    OutboxReader reader,
    EpochRow running,
    Mailbox<Committed> committed,
    Mailbox<Settled> settlements,
    Consumer<String> happened,
    Supplier<String> status,
    RandomGenerator random) {}
