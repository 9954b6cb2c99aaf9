package io.headwall.hardware;

/** Who vouches for the wall clock. */
public enum TimeTrust {

  /**
   * The kernel, which a time client steers. It is asked by {@code adjtimex} and not by a file that
   * a client's unit writes: the answer holds for any client (chrony with {@code rtcsync},
   * systemd-timesyncd, ntpd), carries the bound of the error, and ends by itself: without
   * corrections the kernel calls its own clock unsynchronised once that bound reaches 16 s, some
   * nine hours later. A file says what was true when it was written.
   */
  KERNEL,

  /**
   * A person: for test and training boxes, whose host keeps time in a way the kernel cannot see.
   */
  HOST
}
