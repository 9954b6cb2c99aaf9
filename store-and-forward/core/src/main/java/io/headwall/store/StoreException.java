package io.headwall.store;

/**
 * The outbox could not be read or written: an expected failure, to be met by closing and reopening.
 */
public final class StoreException extends Exception {

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreException(String message) {
    super(message);
  }
}
