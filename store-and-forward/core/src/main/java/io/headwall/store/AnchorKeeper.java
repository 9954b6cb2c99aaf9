package io.headwall.store;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.WallTime;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a new anchor is due: at the start, when the clock's quality changes, and at each 10
 * ms by which wall and monotonic time have drifted apart or the wall clock has stepped.
 */
final class AnchorKeeper {

  private static final long DRIFT_NS_MAX = 10_000_000;

  private final Clocks clocks;
  private @Nullable Anchor last;

  AnchorKeeper(Clocks clocks) {
    this.clocks = clocks;
  }

  /** The next anchor is due at once: nobody has those before. */
  void startOver() {
    last = null;
  }

  /** The anchor that is due now, or null. */
  @Nullable Anchor due() {
    WallTime wall = clocks.wall();
    Anchor now =
        new Anchor(clocks.bootId(), wall.bootNs(), wall.epochNs(), wall.quality(), wall.errorNs());
    if (last != null && last.quality() == now.quality() && drift(last, now) < DRIFT_NS_MAX) {
      return null;
    }
    last = now;
    return now;
  }

  private static long drift(Anchor a, Anchor b) {
    return Math.abs((b.epochNs() - a.epochNs()) - (b.bootNs() - a.bootNs()));
  }
}
