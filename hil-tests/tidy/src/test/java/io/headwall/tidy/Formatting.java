package io.headwall.tidy;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;

/** google-java-format, as every Java file of the tree is written. */
final class Formatting {

  private static final Formatter FORMATTER = new Formatter();

  private Formatting() {}

  /**
   * The source in the house's form.
   *
   * @throws IllegalArgumentException where it is no Java
   */
  static String formatted(String source) {
    try {
      return FORMATTER.formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
