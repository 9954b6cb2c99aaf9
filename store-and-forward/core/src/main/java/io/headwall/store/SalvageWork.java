package io.headwall.store;

import java.util.List;

/**
 * Brings back what lies in files set aside, a bounded step at a time, and says what came of it.
 * Owned by the store thread.
 */
final class SalvageWork {

  /** An alarm must not wait behind one step after the other. */
  private static final long STEP_EVERY_NS = 40_000_000L;

  private final Outbox outbox;
  private final List<String> uplinks;
  private boolean running = true;
  private boolean outOfRoom;
  private String said = "";
  private long stepNs = Long.MIN_VALUE;

  SalvageWork(Outbox outbox, List<String> uplinks) {
    this.outbox = outbox;
    this.uplinks = uplinks;
  }

  /** Looks for files again: one may have been set aside just now. */
  void startOver() {
    running = true;
    outOfRoom = false;
  }

  /** Whether there may be more to do. */
  boolean isRunning() {
    return running;
  }

  boolean isDue(long nowNs) {
    return running && (stepNs == Long.MIN_VALUE || nowNs - stepNs >= STEP_EVERY_NS);
  }

  /** What came of it last, for people; empty for nothing. */
  String said() {
    return said;
  }

  /**
   * Does the next step.
   *
   * @param bytesMax size that the outbox may reach by it
   * @param records takes what has to be committed before the step after this one
   * @return whether forwarders have to look for older epochs
   */
  boolean step(long nowNs, long bytesMax, List<Arrival> records) throws StoreException {
    stepNs = nowNs;
    Salvaged done = outbox.salvage(uplinks, outOfRoom ? 0 : bytesMax);
    boolean news = !done.said().isEmpty() && !done.said().equals(said);
    if (news) said = done.said();
    for (Salvaged.Lost lost : done.lost()) records.add(Box.lost(nowNs, lost));
    if (news) records.add(Box.event(nowNs, "store: " + said));
    if (done.stage() == Salvaged.Stage.NOTHING) running = false;
    return done.stage() == Salvaged.Stage.VISIBLE;
  }

  /**
   * What a failed step means for the store. Room that is short is left to what is read now: only
   * what is back already is cleared away, and the next start tries again.
   */
  StoreException failed(StoreException e) {
    if (e.fault() != StoreException.Fault.FULL) return e;
    if (outOfRoom) running = false;
    outOfRoom = true;
    return new StoreException(String.valueOf(e.getMessage()), e);
  }
}
