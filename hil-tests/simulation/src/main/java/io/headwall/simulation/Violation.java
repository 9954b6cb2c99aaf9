package io.headwall.simulation;

/** Something that must never happen has happened; the message says what. */
final class Violation extends RuntimeException {

  /** Name of the rule that was broken. */
  private final String rule;

  /** World time at which it happened, where that is not now; else negative. */
  private final long atNs;

  Violation(String rule, String what) {
    this(rule, what, -1);
  }

  Violation(String rule, String what, long atNs) {
    super(rule + ": " + what);
    this.rule = rule;
    this.atNs = atNs;
  }

  long atNs() {
    return atNs;
  }

  String rule() {
    return rule;
  }
}
