package io.headwall.edge;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says why something could not be done, in words that hold the fix where there is one. */
final class Why {

  private Why() {}

  /** One line for the person at the terminal. */
  static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException f -> f.getFile() + ": there is no such file";
      case AccessDeniedException f ->
          f.getFile() + ": not allowed; run as root or as the user headwall";
      case FileSystemException f when f.getReason() == null -> f.getFile() + ": cannot be used";
      case IOException i when i.getMessage() == null -> "input or output failed";
      default -> withCause(e);
    };
  }

  private static String withCause(Exception e) {
    @Nullable String message = e.getMessage();
    @Nullable Throwable cause = e.getCause();
    return (message == null ? e.toString() : message)
        + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
