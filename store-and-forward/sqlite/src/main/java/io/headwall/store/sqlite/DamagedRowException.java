package io.headwall.store.sqlite;

import java.sql.SQLException;

/** A row that no version has written. */
final class DamagedRowException extends SQLException {
  DamagedRowException(String message, Throwable cause) {
    super(message, cause);
  }
}
