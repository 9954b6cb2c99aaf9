package io.headwall.bench;

import io.headwall.hardware.SystemClocks;
import io.headwall.hardware.TimeTrust;
import io.headwall.store.EpochFile;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A store as a box leaves it behind after hours without its receiver: every second of the reference
 * bed a commit, the clock synchronised, nothing delivered.
 */
final class Backlog {

  private static final int SEED = 20_261_124;
  private static final int PROGRESS_S = 6 * 3_600;

  private Backlog() {}

  /**
   * Fills an empty folder, so that its last reading is of now.
   *
   * @return readings in it
   */
  static long fill(Path folder, int hours, Report report) throws IOException, StoreException {
    long lastS = TimeUnit.HOURS.toSeconds(hours);
    long nowNs = new SystemClocks(TimeTrust.HOST).wall().epochNs();
    StepClock clock = new StepClock("bench-backlog", nowNs - TimeUnit.SECONDS.toNanos(lastS));
    new EpochFile(folder).raise(StoreLoad.ORIGIN, 0);
    ReferenceBed bed = new ReferenceBed(0, new SplittableRandom(SEED));
    try (StoreLoad load =
        new StoreLoad(
            new SqliteOutbox(folder),
            StoreLoad.firstEpoch("bench-backlog"),
            clock,
            StoreLoad.ALL_KEPT,
            new SplittableRandom(SEED))) {
      for (long s = 0; s < lastS; s++) {
        load.second(bed.next(s * StoreLoad.SECOND_NS));
        load.deliverNothing();
        if (s % PROGRESS_S == PROGRESS_S - 1) report.progress("backlog: " + (s + 1) / 3_600 + " h");
      }
      return load.stats().storedTotal();
    }
  }
}
