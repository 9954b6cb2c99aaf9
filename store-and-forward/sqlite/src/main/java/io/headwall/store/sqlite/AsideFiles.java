package io.headwall.store.sqlite;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that were set aside in a store's folder: {@code damaged-N.db} until what is whole in
 * them is back, {@code salvaged-N.db} from then on, each with its log beside it. Nothing is ever
 * deleted.
 */
final class AsideFiles {

  private static final String LOG = "-wal";
  private static final Pattern NAME = Pattern.compile("(damaged|salvaged)-(\\d{1,9})\\.db(-wal)?");

  private final Path outbox;
  private final Path folder;

  /** What there is under one number. */
  private record Kept(boolean damagedFile, boolean damagedLog, boolean salvaged) {
    static final Kept NOTHING = new Kept(false, false, false);

    Kept with(boolean damaged, boolean log) {
      return new Kept(
          damagedFile || (damaged && !log), damagedLog || (damaged && log), salvaged || !damaged);
    }

    /** A log moves before its file does. */
    boolean halfMoved() {
      return damagedLog && !damagedFile && !salvaged;
    }
  }

  /** Beside an outbox's file. */
  AsideFiles(Path outbox) {
    this.outbox = outbox;
    this.folder = outbox.resolveSibling(".");
  }

  /** Moves the outbox's file and its log here. */
  void add() throws StoreException {
    try {
      NavigableMap<Integer, Kept> kept = kept();
      int n = next(kept);
      if (!kept.isEmpty() && isBegun(kept)) n = kept.lastKey();
      // The file last: while it is in its place, this is not done. The log must not stay behind it,
      // since SQLite deletes one that has no file. The index over the log is always rebuilt.
      move(log(outbox), log(damaged(n)));
      move(outbox, damaged(n));
      Files.deleteIfExists(outbox.resolveSibling(outbox.getFileName() + "-shm"));
      settle();
    } catch (IOException e) {
      throw new StoreException("cannot set " + outbox + " aside", e);
    }
  }

  /** Whether a crash came between the log and its file: then the outbox has lost its last part. */
  boolean isHalfMoved() throws StoreException {
    try {
      return isBegun(kept());
    } catch (IOException e) {
      throw new StoreException("cannot list " + folder, e);
    }
  }

  private boolean isBegun(NavigableMap<Integer, Kept> kept) {
    return !kept.isEmpty()
        && kept.lastEntry().getValue().halfMoved()
        && outbox.toFile().length() > 0
        && !Files.exists(log(outbox));
  }

  /** Saves a log that lost its file from SQLite, which would delete it. */
  void saveLog() throws StoreException {
    if (outbox.toFile().length() > 0 || log(outbox).toFile().length() == 0) return;
    try {
      NavigableMap<Integer, Kept> kept = kept();
      int n = kept.isEmpty() ? 0 : kept.lastKey();
      Kept last = kept.getOrDefault(n, Kept.NOTHING);
      if (!last.damagedFile() || last.damagedLog()) {
        n++;
        Files.createFile(damaged(n));
      }
      move(log(outbox), log(damaged(n)));
      settle();
    } catch (IOException e) {
      throw new StoreException("cannot move " + log(outbox), e);
    }
  }

  /** The files that are not salvaged yet, in the order in which they were set aside. */
  List<Path> damaged() throws StoreException {
    try {
      List<Path> all = new ArrayList<>();
      kept()
          .forEach((n, kept) -> {
            if (kept.damagedFile()) all.add(damaged(n));
          });
      return all;
    } catch (IOException e) {
      throw new StoreException("cannot list " + folder, e);
    }
  }

  /** All that is whole in a file is back. */
  void salvaged(Path damaged) throws IOException {
    String name = damaged.getFileName().toString().replace("damaged", "salvaged");
    Path salvaged = damaged.resolveSibling(name);
    move(log(damaged), log(salvaged));
    move(damaged, salvaged);
    settle();
  }

  private static int next(NavigableMap<Integer, Kept> kept) {
    return kept.isEmpty() ? 1 : kept.lastKey() + 1;
  }

  private NavigableMap<Integer, Kept> kept() throws IOException {
    TreeMap<Integer, Kept> kept = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) continue;
        boolean damaged = name.group(1).equals("damaged");
        boolean log = name.group(3) != null;
        kept.merge(
            Integer.valueOf(name.group(2)),
            Kept.NOTHING.with(damaged, log),
            (before, now) -> before.with(damaged, log));
      }
    }
    return kept;
  }

  private Path damaged(int n) {
    return outbox.resolveSibling("damaged-" + n + ".db");
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + LOG);
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) Files.move(from, to);
  }

  private void settle() throws IOException {
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    }
  }
}
