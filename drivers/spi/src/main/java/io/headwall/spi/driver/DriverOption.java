package io.headwall.spi.driver;

import java.util.List;

/** A configuration option that a driver declares for its ports. What is not declared is refused. */
public sealed interface DriverOption {

  /** As written in the configuration, snake_case. */
  String key();

  /** One sentence for the reference page. */
  String help();

  /** The value that holds where the configuration says nothing, as text. */
  String defaultText();

  /** Yes or no. */
  record Switch(String key, boolean defaultValue, String help) implements DriverOption {
    @Override
    public String defaultText() {
      return Boolean.toString(defaultValue);
    }
  }

  /** A whole number, both ends included; the key ends in its unit ({@code poll_ms}). */
  record Whole(String key, long defaultValue, long min, long max, String help)
      implements DriverOption {
    public Whole {
      if (defaultValue < min || defaultValue > max) throw new IllegalArgumentException(key);
    }

    @Override
    public String defaultText() {
      return Long.toString(defaultValue);
    }
  }

  /** One of a closed list of words. */
  record Choice(String key, String defaultValue, List<String> words, String help)
      implements DriverOption {
    public Choice {
      words = List.copyOf(words);
      if (!words.contains(defaultValue)) throw new IllegalArgumentException(key);
    }

    @Override
    public String defaultText() {
      return defaultValue;
    }
  }

  /**
   * Free text on one line, such as a host name or a file.
   *
   * @param needed whether it must be given and not be blank
   */
  record Line(String key, String defaultValue, boolean needed, String help)
      implements DriverOption {
    @Override
    public String defaultText() {
      return defaultValue;
    }
  }
}
