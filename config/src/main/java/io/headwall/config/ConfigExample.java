package io.headwall.config;

/** A file with every common key at its default, for an author to fill in. Loads as it is. */
public final class ConfigExample {

  private static final int COLUMNS_MAX = 100;

  private ConfigExample() {}

  /**
   * The file's text. What is needed is set; the rest stands in comments, with its default or, where
   * it has none, with a value of the right form. Tables that may stand many times are comments.
   */
  public static String toml() {
    StringBuilder out = new StringBuilder("# Every key of a Headwall box; see configuration.md.\n");
    for (ConfigSchema.Table table : ConfigSchema.TABLES) {
      out.append('\n');
      comment(out, table.help().replace("`", ""));
      boolean many = table.times() == ConfigSchema.Times.MANY;
      if (!table.header().isEmpty()) {
        out.append(many ? "# " : "").append(table.header()).append('\n');
      }
      for (Key<?> key : table.keys()) {
        comment(out, key.help().replace("`", ""));
        boolean set = key.needed() && !many;
        out.append(set ? "" : "# ").append(example(key)).append('\n');
      }
    }
    return out.toString();
  }

  /** The root's only needed key must not make a box a real one by mere copying. */
  private static String example(Key<?> key) {
    return key.equals(ConfigSchema.ENVIRONMENT)
        ? key.name() + " = " + ConfigSchema.ENVIRONMENT.type().toml(Environment.TEST)
        : key.exampleLine();
  }

  private static void comment(StringBuilder out, String text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > COLUMNS_MAX) {
        out.append(line).append('\n');
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    out.append(line).append('\n');
  }
}
