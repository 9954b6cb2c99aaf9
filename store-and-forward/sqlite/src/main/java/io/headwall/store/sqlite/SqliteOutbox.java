package io.headwall.store.sqlite;

import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
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

  private final StoreFile file;
  private final Reserve reserve;
  private final Map<Lane, Long> promised = new EnumMap<>(Lane.class);
  private int promisedEpoch;
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
    file.setAside();
    sightings = new Sightings();
    promised.clear();
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
