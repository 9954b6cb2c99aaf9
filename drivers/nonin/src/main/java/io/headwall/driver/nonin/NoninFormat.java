package io.headwall.driver.nonin;

import java.util.EnumSet;
import java.util.Set;

/** The serial formats that this driver understands. */
enum NoninFormat {
  /** Packets of 25 frames {@code 01 STATUS PLETH FLOAT CHK}; OEM III, Xpod. */
  FORMAT_2("2"),
  /** Packets of 25 frames {@code STATUS PLETH_MSB PLETH_LSB FLOAT CHK}. */
  FORMAT_7("7"),
  /** One line of text a second; bedside and handheld monitors. */
  ASCII("ascii");

  /** The word of the option for "find out". */
  static final String AUTO = "auto";

  private final String word;

  NoninFormat(String word) {
    this.word = word;
  }

  /** As the option {@code format} names it. */
  String word() {
    return word;
  }

  /** The formats to listen for at a value of the option {@code format}. */
  static Set<NoninFormat> chosen(String word) {
    Set<NoninFormat> chosen = EnumSet.allOf(NoninFormat.class);
    if (!word.equals(AUTO)) chosen.removeIf(format -> !format.word.equals(word));
    return chosen;
  }
}
