package io.headwall.model;

/**
 * One order a device understands, for the list that the command prints.
 *
 * @param name its first word
 * @param usage the arguments, empty for none
 * @param effect what it does, in one line
 * @param spoils whether it damages bytes: scenario {@code noise} draws from these
 */
public record OrderKind(String name, String usage, String effect, boolean spoils) {

  static OrderKind of(String name, String usage, String effect) {
    return new OrderKind(name, usage, effect, false);
  }

  static OrderKind spoiling(String name, String usage, String effect) {
    return new OrderKind(name, usage, effect, true);
  }
}
