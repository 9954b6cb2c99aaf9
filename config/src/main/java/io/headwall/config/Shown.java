package io.headwall.config;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** What a file holds, as it appears in messages: on one line, short, nothing invisible. */
final class Shown {

  private static final int CHARS_MAX = 60;
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]{1,60}");

  private Shown() {}

  static String value(Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case Long number -> number.toString();
      case Double number -> number.toString();
      case Boolean on -> on.toString();
      case TomlArray _ -> "a list";
      case TomlTable _ -> "a table";
      default -> "a date or time"; // all else that TOML knows
    };
  }

  /** A key bare where TOML allows that, and in quotes where not. */
  static String key(String key) {
    return BARE.matcher(key).matches() ? key : quoted(key);
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length() && i < CHARS_MAX; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            out.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(text.length() > CHARS_MAX ? "…\"" : "\"").toString();
  }
}
