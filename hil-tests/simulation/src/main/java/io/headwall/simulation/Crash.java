package io.headwall.simulation;

/** The process ends here, without a word. Not a failure: nobody in the process may catch it. */
final class Crash extends Error {

  Crash(String where) {
    super(where, null, false, false);
  }
}
