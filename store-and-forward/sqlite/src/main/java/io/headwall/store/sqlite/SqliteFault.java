package io.headwall.store.sqlite;

import io.headwall.store.StoreException;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite complains of, with what to do about it. */
final class SqliteFault {

  static final String SET_ASIDE =
      "stop the service and move outbox.db, outbox.db-wal and outbox.db-shm elsewhere together;"
          + " it starts a fresh file under a new epoch";

  // Primary result codes, sqlite.org/rescode.html. Extended ones carry them in their low byte.
  private static final int ERROR = 1;
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int TOOBIG = 18;
  private static final int NOTADB = 26;

  private SqliteFault() {}

  /** The exception for a complaint that came up while doing {@code what}. */
  static StoreException of(String what, SQLException e) {
    return new StoreException(fault(e), what + ": " + e.getMessage() + fix(e), e);
  }

  /**
   * The exception for a complaint that came up while opening. What is asked then is always the
   * same, so a file that does not understand it has lost its schema.
   */
  static StoreException ofOpening(String what, SQLException e) {
    if (!(e instanceof SQLiteException fault) || primary(fault) != ERROR) return of(what, e);
    String said = what + ": " + e.getMessage() + "; " + SET_ASIDE;
    return new StoreException(StoreException.Fault.DAMAGED, said, e);
  }

  /**
   * Whether room given back may help. On a full disk the index over the log fails before the first
   * write does.
   */
  static boolean isForWantOfRoom(StoreException e) {
    if (e.fault() == StoreException.Fault.FULL) return true;
    return e.getCause() instanceof SQLiteException fault
        && fault.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  private static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xFF;
  }

  private static StoreException.Fault fault(SQLException e) {
    if (e instanceof DamagedRowException) return StoreException.Fault.DAMAGED;
    if (!(e instanceof SQLiteException fault)) return StoreException.Fault.OTHER;
    return switch (primary(fault)) {
      // Too big is what a length is that was never written.
      case CORRUPT, NOTADB, TOOBIG -> StoreException.Fault.DAMAGED;
      case FULL -> StoreException.Fault.FULL;
      default -> StoreException.Fault.OTHER;
    };
  }

  private static String fix(SQLException e) {
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      return "; name the native library with -Dorg.sqlite.lib.path and -Dorg.sqlite.lib.name";
    }
    if (!(e instanceof SQLiteException fault)) return "";
    return switch (primary(fault)) {
      case CORRUPT, NOTADB, TOOBIG -> "; " + SET_ASIDE;
      case FULL -> "; free space on its partition";
      case BUSY, LOCKED -> "; stop the other process that holds it";
      case PERM, READONLY, CANTOPEN ->
          "; folder and file must belong to the user the service runs as, on a writable partition";
      case IOERR -> "; the storage fails: see the kernel's log and exchange the card";
      default -> "";
    };
  }
}
