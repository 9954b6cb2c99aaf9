package io.headwall.store;

/**
 * A block as it lies in the outbox.
 *
 * @param key whose readings these are
 * @param bytes as {@link BlockCodec} made them
 */
public record StoredBlock(BlockKey key, byte[] bytes) {}
