package io.headwall.hardware;

import io.headwall.spi.link.LinkSettings;
import java.util.concurrent.TimeUnit;

/**
 * Tells a busy line from a stuck one by the bytes that wait in the kernel. A device that holds CTS
 * down would otherwise get, when it lets go, every query that had piled up, at once and late.
 */
final class LineQueue {

  /** For the driver, the adapter and a device that pauses the line for a moment. */
  static final long SLACK_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private final long byteNs;
  private long emptyDueNs;
  private boolean used;

  LineQueue(LinkSettings.Serial settings) {
    int parityBits = settings.parity() == LinkSettings.Parity.NONE ? 0 : 1;
    int bits = 1 + settings.dataBits() + parityBits + settings.stopBits();
    byteNs = TimeUnit.SECONDS.toNanos(bits) / settings.baud();
  }

  /**
   * Whether earlier bytes should have left by now and have not.
   *
   * @param waiting bytes in the kernel's queue; negative where the driver cannot tell
   */
  boolean isStuck(long nowNs, int waiting) {
    if (waiting <= 0 || !used) emptyDueNs = nowNs;
    used = true;
    return nowNs - emptyDueNs > SLACK_NS;
  }

  /** The queue took these, right after {@link #isStuck} was asked. */
  void took(int bytes) {
    emptyDueNs += bytes * byteNs;
  }
}
