package io.headwall.store;

/**
 * When to commit and what to keep.
 *
 * @param atRiskNs longest time between the reading of a numeric, event or wave and its commit; an
 *     alarm is committed at once
 * @param keepNs age at which what is kept is evicted
 * @param quotaBytes size of the outbox above which the oldest is evicted
 */
public record StorePolicy(long atRiskNs, long keepNs, long quotaBytes) {}
