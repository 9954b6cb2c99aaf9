package io.headwall.rig;

import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Kills the box again and again at random points under load, and holds what was committed against
 * what arrived. Twice the database is set aside in between, as a damaged one is: its numbers must
 * not come again.
 */
final class KillStorm {

  private static final int RUNS_MS_MAX = 3000;

  private final int runMsMax;
  private final Bed bed;
  private final SplittableRandom random;
  private final Map<Identity, String> setAside = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Rounds are random by this seed alone. */
  KillStorm(Bed bed, long seed) {
    this(bed, seed, RUNS_MS_MAX);
  }

  /**
   * A storm that has not begun.
   *
   * @param runMsMax longest time between the start of a run and its kill
   */
  KillStorm(Bed bed, long seed, int runMsMax) {
    this.bed = bed;
    this.runMsMax = runMsMax;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What a storm ended with.
   *
   * @param verdict all that is in the outbox, against what arrived
   * @param conflicts identities that arrived with two contents, or in two databases with two
   * @param faults commits that were seen before a kill and were gone after it, damage, refusals
   */
  record Outcome(Verdict verdict, List<String> conflicts, List<String> faults, long repeated) {
    boolean clean() {
      return verdict.clean() && conflicts.isEmpty() && faults.isEmpty();
    }
  }

  /** So many kills, then one run in which everything is delivered. */
  Outcome rounds(int rounds) throws IOException, StoreException {
    return rounds(rounds, round -> {});
  }

  /** The same, telling after each kill how many there were. */
  Outcome rounds(int rounds, IntConsumer done) throws IOException, StoreException {
    for (int round = 1; round <= rounds; round++) {
      // In the first half, so that many kills remain for what is held against the subscriber.
      boolean aside = round == rounds / 4 || round == rounds / 2;
      Map<String, Long> seen = runAndKill(aside);
      Map<String, Long> after = lastSeqs();
      for (Map.Entry<String, Long> e : seen.entrySet()) {
        long now = after.getOrDefault(e.getKey(), 0L);
        if (now < e.getValue()) faults.add(e.getKey() + ": " + e.getValue() + " became " + now);
      }
      if (aside) setAside(round);
      done.accept(round);
    }
    bed.box.start();
    bed.box.awaitUp();
    bed.awaitDelivered();
    bed.quiesce();
    Outcome outcome = judge();
    bed.box.stop(Duration.ofSeconds(10));
    return outcome;
  }

  /** One run; gives back what was seen to be committed just before the kill. */
  private Map<String, Long> runAndKill(boolean afterDelivery) throws IOException, StoreException {
    bed.box.start();
    bed.box.awaitUp();
    Wait.ms(random.nextInt(runMsMax));
    if (afterDelivery) bed.awaitDelivered();
    Map<String, Long> seen = lastSeqs();
    bed.box.kill();
    return seen;
  }

  /** Of the last two runs; what is before them is held against what arrived, at the end. */
  private Map<String, Long> lastSeqs() throws StoreException {
    Map<String, Long> last = new HashMap<>();
    try (OutboxReader reader = new SqliteOutbox(bed.box.store()).newReader()) {
      List<EpochRow> epochs = reader.epochs();
      for (EpochRow epoch : epochs.subList(Math.max(0, epochs.size() - 2), epochs.size())) {
        for (Lane lane : Lane.values()) {
          last.put(epoch.epoch() + ":" + lane, reader.lastSeq(epoch.epoch(), lane));
        }
      }
    }
    return last;
  }

  private void setAside(int round) throws IOException, StoreException {
    StoreReadout.all(bed.box.store()).forEach(this::aside);
    Path folder = Files.createDirectories(bed.folder().resolve("aside" + round));
    try (Stream<Path> files = Files.list(bed.box.store())) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("outbox")).toList()) {
        Files.move(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void aside(Identity identity, String content) {
    String before = setAside.put(identity, content);
    if (before != null && !before.equals(content)) faults.add(identity + " in two databases");
  }

  private Outcome judge() throws StoreException {
    Map<Identity, String> committed = StoreReadout.all(bed.box.store());
    committed.forEach((identity, content) -> {
      String before = setAside.get(identity);
      if (before != null && !before.equals(content)) faults.add(identity + " in two databases");
    });
    Map<Identity, String> arrived = new HashMap<>(bed.subscriber.readings());
    // What was set aside with its database may or may not have arrived; it must not be altered.
    for (Map.Entry<Identity, String> e : setAside.entrySet()) {
      String there = committed.containsKey(e.getKey()) ? null : arrived.remove(e.getKey());
      if (there != null && !there.equals(e.getValue())) faults.add(e.getKey() + " was altered");
    }
    faults.addAll(bed.subscriber.refused());
    if (!SqliteOutbox.integrity(bed.box.store()).equals("ok")) faults.add("damaged database");
    return new Outcome(
        Verdict.of(committed, arrived),
        bed.subscriber.conflicts(),
        List.copyOf(faults),
        bed.subscriber.repeated());
  }
}
