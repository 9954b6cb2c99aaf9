package io.headwall.store;

import java.util.Map;

/**
 * An outbox that was opened under a fresh epoch.
 *
 * @param last the last number given out in the epoch by lane; lanes without any are missing
 * @param damage what was wrong with the file that had to be set aside; empty where none had
 */
public record OpenedStore(EpochRow epoch, Map<Lane, Long> last, String damage) {

  /** Opens an outbox. A damaged file is set aside, and another epoch begun: it is never deleted. */
  public static OpenedStore open(Outbox outbox, EpochSource epochs) throws StoreException {
    EpochRow epoch = epochs.next();
    try {
      return new OpenedStore(epoch, outbox.open(epoch), "");
    } catch (StoreException e) {
      if (e.fault() != StoreException.Fault.DAMAGED) throw e;
      outbox.setAside();
      EpochRow next = epochs.next();
      return new OpenedStore(next, outbox.open(next), String.valueOf(e.getMessage()));
    }
  }
}
