package io.headwall.tidy;

import io.headwall.tidy.Nomenclature.Row;
import io.headwall.tidy.Nomenclature.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes {@code docs/nomenclature.md}: every code that can leave the box, by driver. */
final class NomenclaturePage {

  private static final String HEAD =
      """
      # Codes that can leave the box

      By driver: each code that a reading can have, the unit of its value and what the row rests on.
      The code is what stands in a message (`n`, see [wire.md](wire.md)); the reference id is its name
      in ISO/IEEE 11073-10101.

      The terms and reference ids are those of ISO/IEEE 11073-10101, as kept in the Rosetta Terminology
      Mapping (RTMMS) of NIST and IHE. The standard itself was not at hand:
      [mdc-codes.csv](../drivers/spi/src/main/nomenclature/mdc-codes.csv) names the public files that
      each row was taken from.

      | sources | means |
      |---|---|
      | 2+ | two or more independent public sources agree |
      | 1 | one source only: check against RTMMS before clinical use |
      | conflict | sources differ: check against RTMMS before any use |
      | local | no term was found; a code of this project, always with `x-` in front |

      A unit is written in UCUM, as it is sent. None: a text, a state or an alarm.

      This page is generated from the tables in the drivers' READMEs, which `TidyTest` holds against
      mdc-codes.csv and against the terms that the drivers' class files name. To write it anew, after
      a build:

          mvn -pl hil-tests/tidy test -Dtest=TidyTest -Dreference=write
      """;

  private static final String EVERY =
      """

      ## Every driver

      | code | reference id | unit | sources | what |
      |---|---|---|---|---|
      | `67975` | MDC_ATTR_TIME_ABS | | %s | what the device's own clock shows, where the driver reads it |
      | `x-device-state` | | | local | what the line and the device do |
      | `x-gap` | | | local | a stretch of time of which nothing is known |
      | `x-event` | | | local | what happened to the device or the box, in words |
      | `x-removed` | | | local | stored readings that the box gave up |
      | `x-tally` | | | local | how many readings were stored, with a digest |
      """;

  private NomenclaturePage() {}

  /** What the last table holds: terms and local codes of every driver. */
  static final Set<String> OF_EVERY_DRIVER =
      Set.of("MDC_ATTR_TIME_ABS", "x-device-state", "x-event", "x-gap", "x-removed", "x-tally");

  /** Rows of one code, way of sending and unit are one line. */
  private record Key(String code, String refid, String sentAs, String unit, String sources) {}

  /**
   * The page.
   *
   * @param rows of each driver module, by its path
   * @param parts what each driver's device is made of
   */
  static String of(
      Map<String, List<Row>> rows, Map<String, Set<String>> parts, Map<String, Term> terms) {
    Term clock = terms.get("MDC_ATTR_TIME_ABS");
    StringBuilder page = new StringBuilder(HEAD);
    page.append(EVERY.replace("%s", clock == null ? "" : clock.sources()));
    for (Map.Entry<String, List<Row>> driver : new TreeMap<>(rows).entrySet()) {
      String module = driver.getKey();
      page.append("\n## ").append(module.substring(module.lastIndexOf('/') + 1)).append("\n\n");
      page.append("What is read and how: [README](../").append(module).append("/README.md).\n");
      tables(driver.getValue()).forEach((heading, table) -> append(page, heading, table));
      page.append("\nParts of the device, kept in the box and not in messages: ");
      page.append(String.join(", ", parts.getOrDefault(module, Set.of()))).append(".\n");
    }
    return page.toString();
  }

  private static Map<String, Map<Key, String>> tables(List<Row> rows) {
    Map<String, Map<Key, String>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      Key key = new Key(row.code(), row.refid(), row.cell("sent as"), row.unit(), row.sources());
      tables
          .computeIfAbsent(row.heading(), h -> new LinkedHashMap<>())
          .merge(key, row.cell("parameter") + " (" + row.field() + ")", (a, b) -> a + "; " + b);
    }
    return tables;
  }

  private static void append(StringBuilder page, String heading, Map<Key, String> table) {
    boolean ways = table.keySet().stream().anyMatch(key -> !key.sentAs.isEmpty());
    page.append("\n### ").append(heading).append("\n\n");
    line(page, "code", "reference id", "unit", "sources", ways ? "sent as" : "", "what (where)");
    page.append(ways ? "|---|---|---|---|---|---|\n" : "|---|---|---|---|---|\n");
    table.forEach((key, what) -> {
      String refid = key.refid.equals(key.code) ? " " : key.refid;
      String unit = key.unit.isEmpty() ? " " : key.unit;
      line(page, '`' + key.code + '`', refid, unit, key.sources, key.sentAs, what);
    });
  }

  /** A row; a cell of no text is left out, one of a blank is kept. */
  private static void line(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) if (!cell.isEmpty()) page.append(' ').append(cell).append(" |");
    page.append('\n');
  }
}
