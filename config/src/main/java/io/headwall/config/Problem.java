package io.headwall.config;

import java.util.Comparator;

/**
 * One thing that is wrong with a configuration file, and what to do about it. Holds no secret: the
 * value of a key that looks like one is never repeated.
 *
 * @param file as it was named when it was loaded
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the file as a whole is meant
 * @param key with its table, such as {@code store.keep_days}; empty where none is meant
 */
public record Problem(String file, int line, int column, String key, String what, String fix) {

  /** From the top of the file down. */
  static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  /** One line, as compilers write it: {@code file:line:column: key: what is wrong; fix}. */
  public String inWords() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + what + "; " + fix;
  }
}
