/**
 * Measures the store and the forwarder at the reference bed, beside what others use for the task.
 *
 * <p>Every command prints the load that it really offered and writes its tables, with the machine's
 * description, into {@code hil-tests/bench/results}.
 */
package io.headwall.bench;
