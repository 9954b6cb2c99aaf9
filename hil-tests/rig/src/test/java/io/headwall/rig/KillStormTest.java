package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillStormTest {

  private static final int ROUNDS = Integer.getInteger("headwall.rounds", 50);
  private static final int MUTANT_ROUNDS = 10;
  private static final long SEED = Long.getLong("headwall.seed", 20_261_124L);

  @TempDir Path folder;

  @Test
  void killedAtAnyPointItLosesNothingAndTellsNothingTwice() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box)) {
      KillStorm.Outcome outcome = new KillStorm(bed, SEED).rounds(ROUNDS);
      System.out.printf("kill storm: %d rounds, %s%n", ROUNDS, outcome);
      assertEquals(List.of(), outcome.faults());
      assertEquals(List.of(), outcome.conflicts());
      assertTrue(outcome.verdict().clean(), outcome.toString());
      assertTrue(outcome.verdict().committed() > 100, outcome.toString());
    }
  }

  /** The rig would see it if readings left before they are committed. */
  @Test
  void seesReadingsSentBeforeTheirCommit() throws Exception {
    KillStorm.Outcome outcome = mutant("io.headwall.rig.SendBeforeCommitMain");
    System.out.printf("mutant, send before commit: %s%n", outcome);
    assertTrue(outcome.verdict().invented() > 0, outcome.toString());
  }

  /** The rig would see it if an epoch were used again. */
  @Test
  void seesAnEpochThatIsNotRaised() throws Exception {
    KillStorm.Outcome outcome = mutant("io.headwall.rig.EpochNotRaisedMain");
    System.out.printf("mutant, epoch not raised: %s%n", outcome);
    assertTrue(!outcome.conflicts().isEmpty(), outcome.toString());
  }

  private KillStorm.Outcome mutant(String mainClass) throws Exception {
    String classes = Path.of(System.getProperty("basedir"), "target", "test-classes").toString();
    BoxProcess box = BoxProcess.mutant(Bed.boxFolder(folder), mainClass, classes);
    try (Bed bed = Bed.full(folder, box)) {
      return new KillStorm(bed, SEED).rounds(MUTANT_ROUNDS);
    }
  }
}
