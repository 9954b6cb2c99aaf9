package io.headwall.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.spi.reading.Reading;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fills the disk under a box whose receiver is away, in three ways: others take what is left; they
 * take every byte as it comes free; they take every file. The box must live, answer and count.
 */
final class FullDisk {

  /** Crowded, choked, without files. */
  static final int WAYS = 3;

  private static final Duration RESUMES_MAX = Duration.ofSeconds(5);
  private static final double LOG_LINES_PER_S_MAX = 2;
  private static final String STORAGE_EVENT = "store could not write";

  private final Bed bed;
  private final Tmpfs disk;
  private final Duration lasts;
  private final Progress progress;
  private final List<String> faults = new ArrayList<>();

  /**
   * A disk that is not full yet.
   *
   * @param lasts each of the three ways
   */
  FullDisk(Bed bed, Tmpfs disk, Duration lasts, Progress progress) {
    this.bed = bed;
    this.lasts = lasts;
    this.disk = disk;
    this.progress = progress;
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Others take all the room at once; what the box can free is left to it. */
  void crowd() throws IOException {
    watch("disk taken once", lasts, () -> {}, disk::crowdOut);
    disk.empty();
    awaitStoring("room after the disk was taken once");
  }

  /** Others take every byte that comes free. */
  void choke() throws IOException {
    watch("disk taken for good", lasts, disk::crowdOut, disk::crowdOut);
    disk.empty();
    awaitStoring("room after the disk was taken for good");
  }

  /** Others take every file: the running box goes on; one that starts runs, or says why not. */
  void noFiles() throws IOException, StoreException {
    int files = disk.crowd();
    progress.say("  no file is left, " + files + " were taken");
    watch("no file left", lasts, () -> {}, () -> {});
    bed.box.kill();
    bed.box.start();
    Wait.until(
        "it runs or ends",
        Duration.ofSeconds(20),
        () -> !bed.box.isAlive() || bed.box.status() != null);
    if (bed.box.isAlive()) {
      progress.say("  started without a file left");
    } else {
      int exit = bed.box.exit(Duration.ofSeconds(1));
      progress.say("  not started without a file left, exit code " + exit + ": " + lastLine());
      if (exit != 1) faults.add("start without a file left ended with " + exit);
    }
    disk.clear();
    if (!bed.box.isAlive()) bed.box.start();
    bed.box.awaitUp();
    awaitStoring("files after there were none");
  }

  /** All numbers ever given out are kept or counted as given up; what was given up was told. */
  void account() throws StoreException {
    Map<Lane, Long> given = given();
    Json store = bed.status().node("store");
    long gone = 0;
    for (Lane lane : Lane.values()) {
      String word = lane.wireName();
      long numbers = given.getOrDefault(lane, 0L);
      long kept = store.node("kept").number(word);
      long thinned = store.node("thinned").number(word);
      long evicted = store.node("evicted").number(word);
      long damaged = store.node("damaged").number(word);
      gone += thinned + evicted + damaged;
      progress.say(
          String.format(
              Locale.ROOT,
              "  %-8s given %d = kept %d + thinned %d + evicted %d + damaged %d",
              word,
              numbers,
              kept,
              thinned,
              evicted,
              damaged));
      if (numbers != kept + thinned + evicted + damaged) faults.add(word + " unbalanced");
    }
    requireOrder(store);
    long told = told();
    progress.say("  given up " + gone + ", told " + told);
    if (told != gone) faults.add("given up " + gone + ", told " + told);
  }

  /** Each time at most one record of a store that could not be written. */
  void requireEvents(int most) throws StoreException {
    long events =
        StoreReadout.inOrder(bed.box.store()).stream()
            .filter(r -> r instanceof Reading.Text t && t.text().startsWith(STORAGE_EVENT))
            .count();
    progress.say("  storage events: " + events);
    if (events < 1 || events > most) faults.add(events + " storage events, 1 to " + most + " due");
  }

  /** Alarms and events go last: where one went, nothing lower may be left. */
  private void requireOrder(Json store) {
    Json evicted = store.node("evicted");
    long high = evicted.number("alarm") + evicted.number("event");
    long waves = store.node("kept").number("wave");
    if (high > 0) faults.add(high + " alarms and events went, " + waves + " waves stayed");
    if (evicted.number("numeric") > 0 && evicted.number("wave") == 0) {
      faults.add("numerics went before waves");
    }
  }

  private long told() throws StoreException {
    return StoreReadout.inOrder(bed.box.store()).stream()
        .mapToLong(r -> r instanceof Reading.Removed removed ? removed.readings() : 0)
        .sum();
  }

  private Map<Lane, Long> given() throws StoreException {
    Map<Lane, Long> given = new EnumMap<>(Lane.class);
    try (OutboxReader reader = new SqliteOutbox(bed.box.store()).newReader()) {
      for (EpochRow epoch : reader.epochs()) {
        for (Lane lane : Lane.values()) {
          given.merge(lane, reader.lastSeq(epoch.epoch(), lane), Long::sum);
        }
      }
    }
    return given;
  }

  private interface Step {
    void now() throws IOException;
  }

  /** For some time: alive, answering, reading on, and not filling the log. */
  private void watch(String what, Duration time, Step each, Step first) throws IOException {
    long lines = logLines();
    long read = read();
    long stored = stored();
    long began = Wait.nowNs();
    first.now();
    while (Wait.nowNs() - began < time.toNanos()) {
      each.now();
      if (bed.box.status() == null) {
        String how = bed.box.isAlive() ? "does not answer" : "has ended";
        throw new IllegalStateException(what + ": the box " + how + "; see " + bed.box.log());
      }
      Wait.ms(50);
    }
    double perS = (logLines() - lines) / (double) time.toSeconds();
    progress.say(
        String.format(
            Locale.ROOT,
            "  %s for %d s: read %d, stored %d, %.1f log lines/s, fault \"%s\"",
            what,
            time.toSeconds(),
            read() - read,
            stored() - stored,
            perS,
            fault()));
    if (read() <= read) faults.add(what + ": nothing was read");
    if (perS > LOG_LINES_PER_S_MAX) faults.add(what + ": " + perS + " log lines/s");
  }

  private void awaitStoring(String what) {
    long began = Wait.nowNs();
    long stored = stored();
    while (stored() <= stored || !fault().isEmpty()) {
      if (Wait.nowNs() - began > 3 * RESUMES_MAX.toNanos()) {
        faults.add(what + ": still nothing is stored: " + fault());
        return;
      }
      Wait.ms(20);
    }
    long ms = TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - began);
    progress.say("  " + what + ": stores again after " + ms + " ms");
    if (ms > RESUMES_MAX.toMillis()) faults.add(what + ": stored again after " + ms + " ms");
  }

  private String fault() {
    return bed.status().node("store").text("fault");
  }

  private long read() {
    return bed.status().node("account").number("read");
  }

  private long stored() {
    return bed.status().node("account").number("stored");
  }

  private long logLines() throws IOException {
    try (Stream<String> lines = Files.lines(bed.box.log(), UTF_8)) {
      return lines.count();
    }
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(bed.box.log(), UTF_8);
    return lines.isEmpty() ? "" : lines.getLast();
  }
}
