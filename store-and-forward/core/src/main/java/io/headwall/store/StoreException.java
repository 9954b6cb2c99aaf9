package io.headwall.store;

/**
 * The outbox could not be read or written: an expected failure, to be met by closing and reopening.
 */
public final class StoreException extends Exception {

  /** What is to be done about it beyond closing and reopening. */
  public enum Fault {
    /** No room: something has to be evicted. */
    FULL,
    /** The file is damaged: to be set aside. */
    DAMAGED,
    /** Nothing: it may go by. */
    OTHER
  }

  private final Fault fault;

  public StoreException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public StoreException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public StoreException(String message, Throwable cause) {
    this(Fault.OTHER, message, cause);
  }

  public StoreException(String message) {
    this(Fault.OTHER, message);
  }

  public Fault fault() {
    return fault;
  }
}
