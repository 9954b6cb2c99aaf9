package io.headwall.model;

/**
 * The truth about one value that left a simulated device: what a rig holds against what arrived.
 *
 * @param atNs when the last byte of its message left, in the runner's monotonic nanoseconds
 * @param device name of the simulated device
 * @param message number of the message it was part of, from 1, per device
 * @param fate what became of the message
 * @param saying the value itself
 */
public record Said(long atNs, String device, long message, Fate fate, Saying saying) {

  /** What became of a message on its way out. */
  public enum Fate {
    /** All bytes left unspoilt while somebody had the port open: the value must arrive. */
    HEARD,
    /** Some of the bytes left: the message cannot be whole at the other end. */
    PARTLY,
    /** Nothing left: cable out, or nobody had the port open, or the reader did not read. */
    UNHEARD,
    /** A fault spoilt the bytes: the value must not arrive. */
    DAMAGED
  }
}
