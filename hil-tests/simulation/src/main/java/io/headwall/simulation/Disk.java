package io.headwall.simulation;

import io.headwall.store.EpochFile;
import io.headwall.store.Origin;
import io.headwall.store.Place;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The card of the box: a folder in memory that outlives the processes, and what is wrong with it. A
 * crash leaves on it exactly what was written before.
 */
final class Disk {

  private static final String DATABASE = "outbox.db";
  private static final String LOG = "outbox.db-wal";
  private static final String RUN = "run";
  private static final String RESERVE = "reserve";
  private static final int TAIL_BYTES_MAX = 10_000;
  private static final int NOISE_BYTES_MAX = 1024;

  private final Path root;
  private final SplittableRandom random;
  private final List<FailingOutbox> open = new ArrayList<>();
  private Path folder;
  private int lives;
  private boolean full;
  private boolean damaged;
  private boolean unreadable;
  private Once once = Once.NOTHING;
  private long slowNs;
  private int weight = 1;

  /** What happens to the next commit. */
  enum Once {
    NOTHING,
    FAILS_BEFORE,
    FAILS_AFTER,
    CRASHES_BEFORE,
    CRASHES_AFTER
  }

  /**
   * An empty card.
   *
   * @param root a folder of its own
   */
  Disk(Path root, SplittableRandom random) {
    this.root = root;
    this.random = random;
    this.folder = root.resolve("life-0");
    make(folder);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder.resolve(RUN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** The outbox as a new process finds it. */
  FailingOutbox outbox(SimClock clock, Ledger ledger, Place place) {
    FailingOutbox outbox = new FailingOutbox(new SqliteOutbox(folder), this, clock, ledger, place);
    open.add(outbox);
    return outbox;
  }

  /** A new epoch, as production counts it. */
  int raiseEpoch(Origin origin) throws StoreException {
    requireRoom();
    return new EpochFile(folder).raise(origin, SqliteOutbox.highestEpoch(folder));
  }

  void requireRoom() throws StoreException {
    if (full) throw new StoreException(StoreException.Fault.FULL, "database or disk is full");
  }

  /** What is wrong with a file becomes an event, in which the folder of a run has no place. */
  <T extends @Nullable Object> T told(ChangedReader.Question<T> question) throws StoreException {
    try {
      return question.answer();
    } catch (StoreException e) {
      String message = String.valueOf(e.getMessage()).replace(folder.toString(), "");
      throw new StoreException(e.fault(), message, e);
    }
  }

  void requireReadable() throws StoreException {
    if (unreadable) throw new StoreException("disk I/O error");
  }

  /** Whatever is read fails. */
  void unreadable(boolean is) {
    unreadable = is;
  }

  /** Room for nothing more. */
  void full(boolean is) {
    full = is;
  }

  void next(Once what) {
    once = what;
  }

  /** The next commit takes this long. */
  void slow(long ns) {
    slowNs = ns;
  }

  /** What lies on it counts for so many times as much: a run is too short to fill a card. */
  void weighs(int times) {
    weight = times;
  }

  int weight() {
    return weight;
  }

  Once takeOnce() {
    Once now = once;
    once = Once.NOTHING;
    return now;
  }

  long takeSlowNs() {
    long now = slowNs;
    slowNs = 0;
    return now;
  }

  /** All is well again. */
  void heal() {
    full = false;
    unreadable = false;
    once = Once.NOTHING;
    slowNs = 0;
  }

  /** The process has ended in good order. */
  void closed() {
    open.clear();
  }

  /** The process has ended without closing anything: what is on the card stays as it is. */
  void crash() {
    Path next = root.resolve("life-" + ++lives);
    make(next);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals(RUN)) continue;
        if (name.equals(RESERVE) || Files.isDirectory(file)) Files.move(file, next.resolve(name));
        else if (!name.endsWith("-shm")) Files.copy(file, next.resolve(name));
      }
      for (FailingOutbox outbox : open) outbox.abandon();
      open.clear();
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder = next;
  }

  /** What a power cut leaves behind the last commit in the log: frames that are no frames. */
  void tearLog() {
    Path log = folder.resolve(LOG);
    if (!Files.exists(log)) return;
    byte[] tail = new byte[1 + random.nextInt(TAIL_BYTES_MAX)];
    random.nextBytes(tail);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(file.length());
      file.write(tail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The card has forgotten some of the database. */
  boolean damage() {
    Path database = folder.resolve(DATABASE);
    try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
      if (file.length() <= NOISE_BYTES_MAX) return false;
      byte[] noise = new byte[1 + random.nextInt(NOISE_BYTES_MAX)];
      random.nextBytes(noise);
      file.seek(random.nextLong(file.length() - noise.length));
      file.write(noise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    damaged = true;
    return true;
  }

  boolean damaged() {
    return damaged;
  }

  /** The damaged file is out of use. */
  void mended() {
    damaged = false;
  }

  /** Bytes of the database. */
  long bytes() {
    return folder.resolve(DATABASE).toFile().length();
  }

  /** Bytes of its log. */
  long logBytes() {
    return folder.resolve(LOG).toFile().length();
  }

  /** The run is over. */
  void delete() {
    for (FailingOutbox outbox : open) outbox.abandon();
    open.clear();
    delete(root);
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
