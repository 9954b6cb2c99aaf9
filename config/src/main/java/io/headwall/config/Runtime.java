package io.headwall.config;

import java.nio.file.Path;

/**
 * What the running process needs until the next start of the machine, and how much it says.
 *
 * @param folder absolute; holds the command's socket, port locks and marks of parked ports
 */
@SuppressWarnings("JavaLangClash") // named as its table, and nobody needs both in one class
public record Runtime(Path folder, LogLevel logLevel) {

  public Runtime {
    if (!folder.isAbsolute()) throw new IllegalArgumentException("folder " + folder);
  }

  /** The least serious entry that is logged. */
  public enum LogLevel {
    ERROR("error"),
    WARN("warn"),
    INFO("info"),
    DEBUG("debug"),
    TRACE("trace");

    private final String word;

    LogLevel(String word) {
      this.word = word;
    }

    /** As written in the configuration. */
    public String word() {
      return word;
    }
  }
}
