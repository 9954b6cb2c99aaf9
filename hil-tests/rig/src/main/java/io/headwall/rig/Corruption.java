package io.headwall.rig;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Damages the files of the outbox between runs, or under the running box. The box must run again
 * soon, throw no file away, and never say anything but what was once read.
 */
final class Corruption {

  /** With the start of a Java machine on a busy computer. */
  private static final Duration STARTS_MAX = Duration.ofSeconds(10);

  private static final Duration SALVAGED_MAX = Duration.ofSeconds(30);
  private static final int RUN_MS_MAX = 1500;

  private final Bed bed;
  private final SplittableRandom random;
  private final List<String> faults = new ArrayList<>();
  private final Set<Identity> missing = new HashSet<>();
  private long slowestMs;
  private int setAside;

  Corruption(Bed bed, long seed) {
    this.bed = bed;
    this.random = new SplittableRandom(seed);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** From the start of the process to its first answer, at worst. */
  long slowestMs() {
    return slowestMs;
  }

  /** How many files were set aside. */
  int setAside() {
    return setAside;
  }

  /** Readings that were stored once and never came back. */
  long missing() {
    return missing.size();
  }

  /** One run, one damage, and what becomes of it. */
  String round() throws IOException {
    if (!bed.box.isAlive()) bed.box.start();
    bed.box.awaitUp();
    bed.awaitDelivery(STARTS_MAX);
    Wait.ms(random.nextInt(RUN_MS_MAX));
    boolean running = random.nextInt(3) == 0;
    return running ? whileRunning() : betweenRuns();
  }

  private String betweenRuns() throws IOException {
    boolean killed = random.nextBoolean();
    if (killed) bed.box.kill();
    else bed.box.stop(Duration.ofSeconds(10));
    @Nullable Map<Identity, String> before = readable();
    Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
    damage.to(bed.box.store(), random);
    long bytes = bytes();
    String what = damage + (killed ? " after a kill" : " after a stop");
    long began = Wait.nowNs();
    bed.box.start();
    bed.box.awaitUp();
    long ms = TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - began);
    slowestMs = Math.max(slowestMs, ms);
    if (ms > STARTS_MAX.toMillis()) faults.add(what + ": started after " + ms + " ms");
    if (bytes() < bytes) faults.add(what + ": " + bytes + " bytes became " + bytes());
    return judge(what, before);
  }

  private String whileRunning() throws IOException {
    @Nullable Map<Identity, String> before = readable();
    Damage damage = Damage.WHILE_RUNNING.get(random.nextInt(Damage.WHILE_RUNNING.size()));
    damage.to(bed.box.store(), random);
    return judge(damage + " while it ran", before);
  }

  /** It delivers again; what can be read afterwards is what was read before. */
  private String judge(String what, @Nullable Map<Identity, String> before) throws IOException {
    bed.awaitDelivery(STARTS_MAX);
    int aside = (int) files("damaged-") + (int) files("salvaged-");
    boolean fresh = aside > setAside;
    setAside = Math.max(setAside, aside);
    awaitSalvaged(what);
    @Nullable Map<Identity, String> now = readable();
    if (before == null || now == null) return what + ": there is damage that nobody met yet";
    missing.removeAll(now.keySet());
    long gone = 0;
    for (Map.Entry<Identity, String> e : before.entrySet()) {
      String content = now.get(e.getKey());
      if (content == null && missing.add(e.getKey())) gone++;
      if (content != null && !content.equals(e.getValue())) {
        faults.add(what + ": " + e.getKey() + " was altered");
      }
    }
    String how = fresh ? "set aside" : "went on";
    return what + ": " + how + ", " + gone + " of " + before.size() + " readings gone";
  }

  /** All that is in the outbox; null where damage is in it that the box is yet to meet. */
  private @Nullable Map<Identity, String> readable() {
    try {
      return StoreReadout.all(bed.box.store());
    } catch (StoreException e) {
      return null;
    }
  }

  private void awaitSalvaged(String what) throws IOException {
    long began = Wait.nowNs();
    while (files("damaged-") > 0) {
      if (Wait.nowNs() - began > SALVAGED_MAX.toNanos()) {
        faults.add(what + ": not salvaged after " + SALVAGED_MAX.toSeconds() + " s");
        return;
      }
      Wait.ms(100);
    }
  }

  /** Main files in the store, by the beginning of their name. */
  private long files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(bed.box.store())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".db"))
          .count();
    }
  }

  /** Of all main files: none is thrown away, and none is cut. */
  private long bytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(bed.box.store())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".db")).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
