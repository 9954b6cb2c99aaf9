package io.headwall.format;

/** A message that is no SenML message of this contract; the text says where and why. */
public final class SenmlException extends Exception {

  private static final long serialVersionUID = 1;

  SenmlException(String message) {
    super(message);
  }

  SenmlException(String message, Throwable cause) {
    super(message, cause);
  }
}
