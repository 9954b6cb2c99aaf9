package io.headwall.config;

import io.headwall.spi.driver.DriverOption;
import java.util.Optional;

/**
 * One key of a table: the only place that says what it may hold, what holds without it, and why.
 *
 * @param name snake_case, ends in its unit
 * @param fallback what holds where the key is left out; empty where nothing does
 * @param sample what the example shows where there is no default; empty: the type's own example
 * @param needed whether leaving it out is a problem
 * @param help one or more sentences for the reference page
 */
record Key<T>(
    String name,
    ValueType<T> type,
    Optional<T> fallback,
    Optional<T> sample,
    boolean needed,
    String help) {

  /** May be left out, and {@code fallback} holds then. */
  static <T> Key<T> withDefault(String name, ValueType<T> type, T fallback, String help) {
    return new Key<>(name, type, Optional.of(fallback), Optional.empty(), false, help);
  }

  static <T> Key<T> needed(String name, ValueType<T> type, String help) {
    return new Key<>(name, type, Optional.empty(), Optional.empty(), true, help);
  }

  /** May be left out; the help says what that means. */
  static <T> Key<T> optional(String name, ValueType<T> type, T sample, String help) {
    return new Key<>(name, type, Optional.empty(), Optional.of(sample), false, help);
  }

  /** The key of an option that a driver or an uplink declares. */
  static Key<?> of(DriverOption option) {
    String key = option.key();
    return switch (option) {
      case DriverOption.Switch s ->
          withDefault(key, new ValueType.Switch(), s.defaultValue(), s.help());
      case DriverOption.Whole w ->
          withDefault(key, new ValueType.Whole(w.min(), w.max()), w.defaultValue(), w.help());
      case DriverOption.Choice c ->
          withDefault(key, ValueType.Words.same(c.words()), c.defaultValue(), c.help());
      case DriverOption.Line l ->
          l.needed()
              ? needed(key, ValueTypes.filledLine(), l.help())
              : withDefault(key, ValueTypes.line(), l.defaultText(), l.help());
    };
  }

  /** The default as written in the file; empty where there is none. */
  Optional<String> fallbackText() {
    return fallback.map(type::toml);
  }

  /** How to mend that it is missing. Names no value that somebody could copy without thinking. */
  String adding() {
    return switch (type) {
      case ValueType.Words<T> words -> "add it: " + words.inWords();
      case ValueType.Text<T> text when !text.sample().isEmpty() ->
          "add it, such as " + exampleLine();
      case ValueType.Text<T> _,
          ValueType.Switch _,
          ValueType.Whole _,
          ValueType.OneOf _,
          ValueType.Several<?> _ ->
          "add it: " + type.inWords();
    };
  }

  /** A line that a reader may copy: the default, or a value that fits. */
  String exampleLine() {
    return name + " = " + fallback.or(() -> sample).map(type::toml).orElseGet(type::example);
  }
}
