package io.headwall.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkers find out every mutant, within so many seeds. */
final class MutantsTest {

  private static final int SEEDS_MAX = 50;
  private static final int MINUTES = 10;

  static {
    SimulateCommand.quiet();
  }

  @ParameterizedTest
  @EnumSource
  void aMutantIsFoundOut(Mutant mutant) {
    for (int seed = 1; seed <= SEEDS_MAX; seed++) {
      Simulation.Outcome outcome =
          Simulation.run(
              new Simulation.Setup(seed, MINUTES, EnumSet.allOf(Fault.class)), mutant.tampering());
      if (outcome.good()) continue;
      System.out.println(mutant + " found out after " + seed + " seeds, by: " + outcome.broken());
      return;
    }
    fail(mutant + " was not found out by " + SEEDS_MAX + " seeds");
  }
}
