package io.headwall.store.sqlite;

import io.headwall.store.StoreException;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteException;

/** What SQLite complains of, with what to do about it. */
final class SqliteFault {

  static final String SET_ASIDE =
      "stop the service and move outbox.db, outbox.db-wal and outbox.db-shm elsewhere together;"
          + " it starts a fresh file under a new epoch";

  // Primary result codes, sqlite.org/rescode.html. Extended ones carry them in their low byte.
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqliteFault() {}

  /** The exception for a complaint that came up while doing {@code what}. */
  static StoreException of(String what, SQLException e) {
    return new StoreException(fault(e), what + ": " + e.getMessage() + fix(e), e);
  }

  private static StoreException.Fault fault(SQLException e) {
    if (!(e instanceof SQLiteException fault)) return StoreException.Fault.OTHER;
    return switch (fault.getResultCode().code & 0xFF) {
      case CORRUPT, NOTADB -> StoreException.Fault.DAMAGED;
      case FULL -> StoreException.Fault.FULL;
      default -> StoreException.Fault.OTHER;
    };
  }

  private static String fix(SQLException e) {
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      return "; name the native library with -Dorg.sqlite.lib.path and -Dorg.sqlite.lib.name";
    }
    if (!(e instanceof SQLiteException fault)) return "";
    return switch (fault.getResultCode().code & 0xFF) {
      case CORRUPT, NOTADB -> "; " + SET_ASIDE;
      case FULL -> "; free space on its partition";
      case BUSY, LOCKED -> "; stop the other process that holds it";
      case PERM, READONLY, CANTOPEN ->
          "; folder and file must belong to the user the service runs as, on a writable partition";
      case IOERR -> "; the storage fails: see the kernel's log and exchange the card";
      default -> "";
    };
  }
}
