package io.headwall.simulation;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Makes a failing run small: fewer faults, then less time, while the same rule is broken. */
final class Shrinker {

  private int triesLeft;

  /** At most so many further runs. */
  Shrinker(int triesMax) {
    this.triesLeft = triesMax;
  }

  /** The smallest run found that breaks the same rule. */
  Simulation.Outcome shrink(Simulation.Outcome failing) {
    Simulation.Outcome least = failing;
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    faults.addAll(failing.setup().allowed());
    for (Fault fault : Fault.values()) {
      if (!faults.remove(fault)) continue;
      Optional<Simulation.Outcome> fewer = tried(least, faults, least.setup().minutes());
      if (fewer.isEmpty()) faults.add(fault);
      least = fewer.orElse(least);
    }
    for (int minutes = least.setup().minutes() / 2; minutes >= 1; minutes /= 2) {
      Optional<Simulation.Outcome> shorter = tried(least, faults, minutes);
      if (shorter.isEmpty()) break;
      least = shorter.get();
    }
    return least;
  }

  private Optional<Simulation.Outcome> tried(
      Simulation.Outcome least, Set<Fault> faults, int minutes) {
    if (triesLeft-- <= 0) return Optional.empty();
    Simulation.Outcome outcome =
        Simulation.run(new Simulation.Setup(least.setup().seed(), minutes, faults));
    return Optional.of(outcome).filter(o -> o.broken().equals(least.broken()));
  }
}
