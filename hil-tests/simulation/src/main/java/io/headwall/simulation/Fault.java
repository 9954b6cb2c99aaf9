package io.headwall.simulation;

import java.util.Locale;

/** The ways in which a bed's world goes wrong. */
public enum Fault {
  /** A cable is out for a while. */
  CUT(20, 300),
  /** A byte of a line is lost. */
  LOSE(1, 30),
  /** A bit of a line is flipped; only where the device's protocol can tell. */
  FLIP(1, 30),
  /** A byte of a line comes twice. */
  DUPLICATE(1, 30),
  /** A line runs at the wrong speed for a while: garbage. */
  WRONG_BAUD(20, 300),
  /** Another device of the same model is put at a port. */
  SWAP(60, 600),
  /** A device is switched off and on. */
  POWER_CYCLE(60, 600),

  /** The broker ends the connection. */
  DROP(10, 300),
  /** The broker cannot be reached for minutes. */
  OFFLINE(60, 600),
  /** The network swallows everything for a while. */
  BLACK_HOLE(60, 600),
  /** A message reaches the subscriber, its acknowledgement is lost. */
  LOST_ACK(10, 300),
  /** Acknowledgements come in another order for a while. */
  REORDER(10, 120),
  /** The subscriber is given a message twice. */
  TWICE(5, 60),
  /** The broker refuses messages for a while. */
  REFUSE(30, 300),

  /** The disk is full for a while. */
  FULL(30, 300),
  /** A commit fails and is not in the file. */
  IO_ERROR(10, 300),
  /** A commit fails and is in the file. */
  LATE_ERROR(10, 300),
  /** The card cannot be read for a while. */
  READ_ERROR(30, 300),
  /** A commit takes long. */
  SLOW(10, 300),
  /** After a crash there is more in the log than the last commit. */
  TORN(1, 1),
  /** After a crash a page of the database is damaged. */
  CORRUPT(1, 1),
  /** The card is small: what lies on it counts for many times as much against the quota. */
  SMALL_CARD(1, 1),

  /** The process ends without a word, at any step. */
  CRASH(30, 300),
  /** The process ends in the middle of a commit. */
  CRASH_IN_COMMIT(30, 300),
  /** Where the process ends, the kernel is booted anew. */
  REBOOT(1, 1),
  /** The process is told to stop, and started again. */
  RESTART(60, 600),
  /** At a start the box hangs at another bed. */
  MOVE(1, 1),
  /** A duty stands still for a while. */
  STALL(10, 120),

  /** The wall clock is set wrong, by up to ten years. */
  CLOCK_STEP(30, 300),
  /** After a boot the wall clock shows 1970, and is set later. */
  CLOCK_UNSET(1, 1);

  private final int meanSMin;
  private final int meanSMax;

  Fault(int meanSMin, int meanSMax) {
    this.meanSMin = meanSMin;
    this.meanSMax = meanSMax;
  }

  /** Shortest mean time between two strikes that a seed may draw. */
  int meanSMin() {
    return meanSMin;
  }

  int meanSMax() {
    return meanSMax;
  }

  /** Whether it comes at times of its own; else it colours what another one does. */
  boolean strikesByItself() {
    return meanSMax > 1;
  }

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The fault of a word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Fault named(String word) {
    for (Fault fault : values()) if (fault.word().equals(word)) return fault;
    throw new IllegalArgumentException("no fault '" + word + "'");
  }
}
