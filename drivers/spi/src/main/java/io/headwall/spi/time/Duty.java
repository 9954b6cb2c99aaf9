package io.headwall.spi.time;

/**
 * One owner's repeated work: on a thread of its own in production, under a stepper in the
 * simulation. Only its owner's thread calls it.
 */
public interface Duty extends AutoCloseable {

  /** Short and unique, used as thread name and in reports. */
  String name();

  /**
   * Does what is due. May block for 100 ms at most.
   *
   * @param nowNs monotonic time
   * @return work done: 0 lets the caller pause
   */
  int doWork(long nowNs);

  /** Ends the work in good order; called once, on the owner's thread. */
  @Override
  void close();
}
