package io.headwall.config;

import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.link.LinkSettings;
import java.util.List;

/** The reference page of the configuration, from the declaration that the loader reads by. */
public final class ConfigReference {

  private static final String HEAD =
      """
      # Configuration

      One TOML file, by default `/etc/headwall/headwall.toml`. It is read once, at start. \
      A file
      with any problem is refused as a whole, and all its problems are reported at once, each as
      `file:line:column: key: what is wrong; fix`. A key that is not known is a problem, and so is
      a secret: passwords and private keys stand in files of their own, which options name. The
      file's SHA-256 is in every health report.

      The file is UTF-8, at most 1 MiB in all, and at most 2,000 lines \
      and 65,536 characters beside
      comments. A string stands on one line.

      This page is generated: change `ConfigSchema`, then run
      `mvn -pl config -am test -Dreference=write`.
      """;

  private ConfigReference() {}

  /** The whole page: all common keys, then the options of every known driver and uplink. */
  public static String markdown(Known known) {
    StringBuilder page = new StringBuilder(HEAD);
    for (ConfigSchema.Table table : ConfigSchema.TABLES) {
      String title = table.header().isEmpty() ? "Top of the file" : "`" + table.header() + "`";
      section(page, title, table.help(), table.keys());
    }
    known.drivers().values().forEach(driver -> page.append(options(driver)));
    known.uplinks().forEach((kind, options) -> page.append(options(kind, options)));
    return page.toString();
  }

  /** The section of one driver: its line settings and options. */
  public static String options(DriverDescriptor driver) {
    String line =
        switch (driver.link()) {
          case LinkSettings.Serial s -> "Line settings: " + s.inWords() + ".";
          case LinkSettings.Datagrams d -> "Datagrams to UDP port " + d.remotePort() + ".";
        };
    StringBuilder page = new StringBuilder();
    section(
        page,
        "`driver = \"" + driver.id() + "\"`",
        driver.title() + ": " + String.join(", ", driver.models()) + ". " + line,
        keys(driver.options()));
    return page.toString();
  }

  /** The section of one kind of uplink. */
  public static String options(String kind, List<DriverOption> options) {
    StringBuilder page = new StringBuilder();
    section(page, "`kind = \"" + kind + "\"`", "", keys(options));
    return page.toString();
  }

  private static List<Key<?>> keys(List<DriverOption> options) {
    return options.stream().<Key<?>>map(Key::of).toList();
  }

  private static void section(StringBuilder page, String title, String help, List<Key<?>> keys) {
    page.append("\n## ").append(title).append('\n');
    if (!help.isEmpty()) page.append('\n').append(help).append('\n');
    if (keys.isEmpty()) {
      page.append("\nNo options of its own.\n");
      return;
    }
    page.append("\n| key | must be | default | what it is |\n| --- | --- | --- | --- |\n");
    for (Key<?> key : keys) {
      String fallback =
          key.needed() ? "(needed)" : key.fallbackText().map(t -> "`" + t + "`").orElse("(none)");
      String row =
          String.join(
              " | ",
              "`" + key.name() + "`",
              cell(key.type().inWords()),
              cell(fallback),
              cell(key.help()));
      page.append("| ").append(row).append(" |\n");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
