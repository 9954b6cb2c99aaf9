package io.headwall.spi.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checked values of a driver's declared options, one for each, in their text form. */
public final class OptionValues {

  private final Map<String, String> values;

  private OptionValues(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The defaults of all options. */
  public static OptionValues defaults(List<DriverOption> options) {
    return of(options, Map.of());
  }

  /**
   * The given values over the defaults.
   *
   * @throws IllegalArgumentException for a key that is not declared or a value that its option
   *     refuses; the message is for the person who wrote the configuration
   */
  public static OptionValues of(List<DriverOption> options, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    for (DriverOption option : options) {
      String value = given.getOrDefault(option.key(), option.defaultText());
      check(option, value);
      values.put(option.key(), value);
    }
    for (String key : given.keySet()) {
      if (!values.containsKey(key)) throw new IllegalArgumentException("unknown option " + key);
    }
    return new OptionValues(values);
  }

  public boolean isOn(String key) {
    return Boolean.parseBoolean(text(key));
  }

  public long whole(String key) {
    return Long.parseLong(text(key));
  }

  public String text(String key) {
    String value = values.get(key);
    if (value == null) throw new IllegalArgumentException("option " + key + " is not declared");
    return value;
  }

  private static void check(DriverOption option, String value) {
    switch (option) {
      case DriverOption.Switch s -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw new IllegalArgumentException(s.key() + " must be true or false, not " + value);
        }
      }
      case DriverOption.Whole w -> checkWhole(w, value);
      case DriverOption.Line l -> {
        if (l.needed() && value.isBlank()) {
          throw new IllegalArgumentException(l.key() + " is needed");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
          throw new IllegalArgumentException(l.key() + " must be one line of plain text");
        }
      }
      case DriverOption.Choice c -> {
        if (!c.words().contains(value)) {
          throw new IllegalArgumentException(
              c.key() + " must be one of " + String.join(", ", c.words()) + ", not " + value);
        }
      }
    }
  }

  private static void checkWhole(DriverOption.Whole option, String value) {
    boolean fits;
    try {
      long number = Long.parseLong(value);
      fits = number >= option.min() && number <= option.max();
    } catch (NumberFormatException e) {
      fits = false;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be a whole number from %d to %d, not %s",
              option.key(),
              option.min(),
              option.max(),
              value));
    }
  }
}
