package io.headwall.store.sqlite;

/**
 * What readers saw of damage in one file. Each file has its own, so that a reader that still looks
 * at one set aside does not cast doubt on the file after it. Any thread may use it.
 */
final class Sightings {

  private volatile String damage = "";

  void report(String what) {
    damage = what;
  }

  /** What was seen last; empty for nothing. */
  String damage() {
    return damage;
  }
}
