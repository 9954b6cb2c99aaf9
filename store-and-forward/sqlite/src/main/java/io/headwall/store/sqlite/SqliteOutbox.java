package io.headwall.store.sqlite;

import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Salvaged;
import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outbox in one SQLite file. Owned by the store thread; only {@link #newReader} may be called
 * by others.
 *
 * <p>Any exception closes the connection and takes back what was not committed. {@link #open} with
 * the same epoch goes on from there; its answer tells whether a commit that failed is in the file
 * after all.
 */
public final class SqliteOutbox implements Outbox {

  /** The smallest: a commit writes whole pages, and flash wears by them. */
  public static final int PAGE_BYTES_DEFAULT = 512;

  /** What salvage leaves free on the partition: for the log, and for what is read meanwhile. */
  private static final long SALVAGE_FREE_BYTES_MIN = 32 << 20;

  private final StoreFile file;
  private final Reserve reserve;
  private final Map<Lane, Long> promised = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> asideLast = new EnumMap<>(Lane.class);
  private final Set<Path> leftAlone = new HashSet<>();
  private int promisedEpoch;
  private int asideEpoch;
  private @Nullable EpochRow running;
  private @Nullable Salvage salvage;
  private volatile Sightings sightings = new Sightings();
  private @Nullable Writer writer;

  public SqliteOutbox(Path folder) {
    this(folder, PAGE_BYTES_DEFAULT);
  }

  /**
   * The outbox of a folder, not yet opened.
   *
   * @param folder of the store; it must exist by the time of opening
   * @param pageBytes page size of a file that is yet to be made: a power of two, 512 to 65536
   */
  public SqliteOutbox(Path folder, int pageBytes) {
    this(new StoreFile(folder, pageBytes), Reserve.BYTES_DEFAULT);
  }

  /**
   * The outbox in a file, not yet opened.
   *
   * @param reserveBytes room to hold back; 0 for none
   */
  SqliteOutbox(StoreFile file, int reserveBytes) {
    this.file = file;
    this.reserve = new Reserve(file.folder(), reserveBytes);
  }

  /**
   * The highest epoch that the file of a folder knows of, as far as it can be read, to raise the
   * next one past; else 0. Makes nothing and may run before any {@link #open}. Never keeps a box
   * from starting: what counts epochs is the identity file, and this is a second look.
   */
  public static int highestEpoch(Path folder) {
    StoreFile file = new StoreFile(folder, PAGE_BYTES_DEFAULT);
    if (!file.holdsAnything()) return 0;
    try {
      Connection connection = file.openUnchecked();
      try {
        return Epochs.highest(connection);
      } finally {
        StoreFile.close(connection);
      }
    } catch (StoreException e) {
      return 0;
    }
  }

  /**
   * SQLite's own integrity check of a folder's file, over every page: {@code ok}, or what is wrong.
   */
  public static String integrity(Path folder) throws StoreException {
    StoreFile file = new StoreFile(folder, PAGE_BYTES_DEFAULT);
    Connection connection = file.openReader();
    try {
      return StoreFile.text(connection, "PRAGMA integrity_check");
    } catch (SQLException e) {
      throw file.fault("cannot check", e);
    } finally {
      StoreFile.close(connection);
    }
  }

  @Override
  public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
    close();
    try {
      Map<Lane, Long> last = openWriter(epoch);
      reserve.opened();
      return last;
    } catch (StoreException e) {
      makeRoom(e);
      throw e;
    }
  }

  private void makeRoom(StoreException e) {
    if (SqliteFault.isForWantOfRoom(e)) reserve.giveUp();
  }

  private Map<Lane, Long> openWriter(EpochRow epoch) throws StoreException {
    Connection connection = file.openWriter();
    @Nullable CommitLog log = null;
    try {
      log = file.openLog();
      Writer opened = new Writer(connection, log, epoch);
      requirePromised(epoch, opened.last());
      if (!asideLast.isEmpty()) opened.promise(asideEpoch, asideLast);
      asideLast.clear();
      running = epoch;
      writer = opened;
      return opened.last();
    } catch (SQLException e) {
      throw file.openFault(e);
    } finally {
      if (writer == null) {
        StoreFile.close(connection);
        if (log != null) log.close();
      }
    }
  }

  /** What was durable and is not there any more was lost to damage; its numbers stay used. */
  private void requirePromised(EpochRow epoch, Map<Lane, Long> last) throws StoreException {
    if (epoch.epoch() != promisedEpoch) promised.clear();
    promisedEpoch = epoch.epoch();
    for (Map.Entry<Lane, Long> lane : promised.entrySet()) {
      if (last.getOrDefault(lane.getKey(), 0L) >= lane.getValue()) continue;
      throw new StoreException(
          StoreException.Fault.DAMAGED,
          "committed readings are gone from the file: " + last + " where there were " + promised);
    }
    promised.putAll(last);
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    requireNoSightings();
    attempt(
        "cannot write",
        w -> {
          w.commit(commit);
          promised.putAll(w.last());
          return commit;
        });
  }

  private void requireNoSightings() throws StoreException {
    String damage = sightings.damage();
    if (damage.isEmpty()) return;
    close();
    throw new StoreException(StoreException.Fault.DAMAGED, damage);
  }

  @Override
  public StoreSize size() throws StoreException {
    requireNoSightings();
    reserve.askedForSize();
    return attempt("cannot read", w -> w.size(reserve.isThere()));
  }

  @Override
  public void setAside() throws StoreException {
    close();
    endSalvage();
    file.aside().add();
    sightings = new Sightings();
    asideEpoch = promisedEpoch;
    asideLast.putAll(promised);
    promised.clear();
  }

  @Override
  public Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException {
    requireNoSightings();
    if (salvage == null) {
      List<Path> waiting = new ArrayList<>(file.aside().damaged());
      waiting.removeAll(leftAlone);
      if (waiting.isEmpty()) return Salvaged.NOTHING;
      try {
        salvage = new Salvage(waiting.getFirst(), running(), waiting.size() == 1);
      } catch (IOException e) {
        return leave(waiting.getFirst(), e);
      }
    }
    return step(salvage, uplinks, bytesMax);
  }

  private Salvaged step(Salvage work, List<String> uplinks, long bytesMax) throws StoreException {
    boolean done = false;
    try {
      Salvaged result =
          attempt("cannot salvage into", w -> work.step(w, uplinks, hasRoom(w, bytesMax)));
      done = true;
      if (result.stage() != Salvaged.Stage.VISIBLE) return result;
      endSalvage();
      file.aside().salvaged(work.file());
      return result;
    } catch (IOException e) {
      return new Salvaged(Salvaged.Stage.VISIBLE, List.of(), leave(work.file(), e).said());
    } finally {
      // What it has in mind may not be in the file.
      if (!done) endSalvage();
    }
  }

  /** The next start tries it again, and what is back by then stays as it is. */
  private Salvaged leave(Path damaged, IOException e) {
    leftAlone.add(damaged);
    String said = damaged.getFileName() + " stays as it is: " + e;
    return new Salvaged(Salvaged.Stage.WORKING, List.of(), said);
  }

  private EpochRow running() {
    if (running == null) throw new IllegalStateException("open the outbox first");
    return running;
  }

  private boolean hasRoom(Writer w, long bytesMax) throws SQLException {
    long free = file.folder().toFile().getUsableSpace();
    return free > SALVAGE_FREE_BYTES_MIN && w.size(true).bytes() < bytesMax;
  }

  private void endSalvage() {
    if (salvage != null) salvage.close();
    salvage = null;
  }

  @Override
  public OutboxReader newReader() throws StoreException {
    return new SqliteReader(file, () -> sightings);
  }

  @Override
  public void close() {
    if (writer != null) writer.close();
    writer = null;
  }

  private interface Work<T> {
    T on(Writer writer) throws SQLException, StoreException;
  }

  private <T> T attempt(String what, Work<T> work) throws StoreException {
    Writer open = writer;
    if (open == null) throw new StoreException("the outbox is closed; open it first");
    boolean done = false;
    try {
      T result = work.on(open);
      done = true;
      return result;
    } catch (SQLException e) {
      StoreException fault = file.fault(what, e);
      makeRoom(fault);
      throw fault;
    } finally {
      if (!done) close();
    }
  }
}
