package io.headwall.bench;

/**
 * The box at one moment of a run.
 *
 * @param atNs on the clock of the rig
 * @param pending readings that the uplink still owes
 * @param heapBytes in use; 0 where it was not asked for
 * @param cpuUs of the process since its start
 */
record Tick(
    long atNs,
    long pending,
    long delivered,
    String state,
    long heapBytes,
    long residentBytes,
    long cpuUs) {}
