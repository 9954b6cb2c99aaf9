package io.headwall.edge;

/**
 * Runs one duty again and again until it is stopped: a thread of its own in production, a stepper
 * in the simulation.
 */
public interface Runner {

  /** The duty's. */
  String name();

  void start();

  /** Asks the duty to end; it does so within its own step. */
  void stop();

  /** There is work: an idle duty does not pause any longer. */
  void wake();

  /** Waits until the duty has ended; one that never started has. */
  boolean ended(long waitMs);

  /** When the duty last began a step, in monotonic nanoseconds. A duty that hangs stays behind. */
  long checkpointNs();

  /** Steps that ended in an exception, since the duty last ran well for two minutes. */
  int failuresInRow();
}
