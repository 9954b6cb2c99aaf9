package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Cuts the power of the disk under the box again and again at random moments under load, and looks
 * each time whether everything that was promised before the cut is there.
 */
final class CutStorm {

  private static final Duration DELIVERS_MAX = Duration.ofSeconds(30);

  private final Bed bed;
  private final LoopDisk disk;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final int runMsMax;

  /**
   * A storm that has not begun.
   *
   * @param disk under the store of the bed's box
   * @param runMsMax longest time between the first delivery of a run and its cut
   */
  CutStorm(Bed bed, LoopDisk disk, long seed, int runMsMax) {
    this.bed = bed;
    this.disk = disk;
    this.ledger = new Ledger(bed.box.store(), bed.subscriber);
    this.random = new SplittableRandom(seed);
    this.runMsMax = runMsMax;
  }

  Ledger ledger() {
    return ledger;
  }

  /** One run of the box, ended by a cut; then power is back and the ledger is checked. */
  void round(int round) throws IOException, StoreException {
    bed.box.start();
    bed.awaitDelivery(DELIVERS_MAX);
    Wait.ms(random.nextInt(runMsMax));
    ledger.look(bed.status());
    disk.cut();
    bed.box.kill();
    disk.restore();
    ledger.check("cut " + round);
  }

  /** A last run in which everything is delivered; then all is held against all. */
  Verdict drain() throws IOException, StoreException {
    bed.box.start();
    bed.box.awaitUp();
    bed.awaitDelivered();
    bed.quiesce();
    ledger.checkAll("at the end");
    Verdict verdict = bed.verdict();
    bed.box.stop(Duration.ofSeconds(10));
    return verdict;
  }
}
