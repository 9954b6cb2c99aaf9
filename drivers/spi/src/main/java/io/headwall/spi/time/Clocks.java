package io.headwall.spi.time;

/** Every clock that Headwall looks at. Thread-safe. */
public interface Clocks {

  /**
   * Nanoseconds since the kernel's boot, suspend included ({@code CLOCK_BOOTTIME}); never steps.
   */
  long bootNs();

  /** The kernel's boot id: monotonic times of two boots are not comparable. */
  String bootId();

  /** Wall time and how far to trust it, taken together with the monotonic time it belongs to. */
  WallTime wall();
}
