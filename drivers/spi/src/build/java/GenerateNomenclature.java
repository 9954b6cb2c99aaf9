import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes {@code Mdc.java} and {@code MdcUnit.java} from mdc-codes.csv, one constant a row. Runs
 * before the compiler: {@code java GenerateNomenclature.java CSV OUTPUT_FOLDER}.
 */
final class GenerateNomenclature {

  private static final int CODE = 0;
  private static final int REFID = 1;
  private static final int CATEGORY = 2;
  private static final int LABEL = 3;
  private static final int UNIT_CODE = 5;
  private static final int UCUM = 6;
  private static final int CONFIDENCE = 7;

  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // digits must be ASCII whatever machine this runs on

    List<String[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of(args[0]), UTF_8);
    for (String line : lines.subList(1, lines.size())) rows.add(cells(line));
    Path folder = Path.of(args[1], "io", "headwall", "spi", "mdc");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("MdcUnit.java"), units(rows), UTF_8);
    Files.writeString(folder.resolve("Mdc.java"), codes(rows), UTF_8);
  }

  private static String units(List<String[]> rows) {
    StringBuilder fields = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (String[] row : rows) {
      if (!row[CATEGORY].equals("unit")) continue;
      String name = row[REFID].replaceFirst("MDC_DIM_|MDC_", "");
      fields.append(
          "  /** %s: {@code %s}. */\n  public static final Unit %s = new Unit(%s, \"%s\", \"%s\");\n\n"
              .formatted(row[LABEL], row[UCUM], name, row[CODE], row[REFID], row[UCUM]));
      names.append("          ").append(name).append(",\n");
    }
    return
"""
    package io.headwall.spi.mdc;

    import java.util.List;
import java.util.Locale;
    import java.util.Map;
    import java.util.function.Function;
    import java.util.stream.Collectors;
    import javax.annotation.processing.Generated;
    import org.jspecify.annotations.Nullable;

    /** Units of ISO/IEEE 11073-10101 with their UCUM form. Made from mdc-codes.csv; sources stand there. */
    @Generated("GenerateNomenclature")
    public final class MdcUnit {

    %s  /** Every unit of the table, by code. */
      public static final List<Unit> ALL = List.of(
    %s      );

      private static final Map<Integer, Unit> BY_CODE =
          ALL.stream().collect(Collectors.toMap(Unit::code, Function.identity()));

      private MdcUnit() {}

      /** The unit with this code, or null where the table has none. */
      public static @Nullable Unit of(int code) {
        return BY_CODE.get(code);
      }
    }
"""
        .formatted(fields, names.substring(0, names.length() - 2) + "\n");
  }

  private static String codes(List<String[]> rows) {
    StringBuilder fields = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (String[] row : rows) {
      if (row[CATEGORY].equals("unit")) continue;
      String name = row[REFID].substring("MDC_".length());
      fields.append(
          "  /** %s%s. */\n  public static final MdcCode %s = new MdcCode(%s, \"%s\", MdcCategory.%s, %d);\n\n"
              .formatted(
                  row[LABEL],
                  row[UNIT_CODE].isEmpty() ? "" : ", usually in {@code " + row[UCUM] + "}",
                  name,
                  row[CODE],
                  row[REFID],
                  row[CATEGORY].toUpperCase(Locale.ROOT),
                  row[CONFIDENCE].startsWith("2") ? 2 : row[CONFIDENCE].startsWith("1") ? 1 : 0));
      names.append("          ").append(name).append(",\n");
    }
    return
"""
    package io.headwall.spi.mdc;

    import java.util.List;
import java.util.Locale;
    import java.util.Map;
    import java.util.function.Function;
    import java.util.stream.Collectors;
    import javax.annotation.processing.Generated;
    import org.jspecify.annotations.Nullable;

    /** Codes of ISO/IEEE 11073-10101. Made from mdc-codes.csv; the sources of each row stand there. */
    @Generated("GenerateNomenclature")
    public final class Mdc {

    %s  /** Every code of the table that is no unit, by code. */
      public static final List<MdcCode> ALL = List.of(
    %s      );

      private static final Map<Integer, MdcCode> BY_CODE =
          ALL.stream().collect(Collectors.toMap(MdcCode::mdc, Function.identity()));

      private Mdc() {}

      /** The term with this code, or null where the table has none. */
      public static @Nullable MdcCode of(int code) {
        return BY_CODE.get(code);
      }
    }
"""
        .formatted(fields, names.substring(0, names.length() - 2) + "\n");
  }

  /** Splits one line of RFC 4180 CSV without line breaks inside cells. */
  private static String[] cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"')
          cell.append(line.charAt(i++));
        else quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells.toArray(String[]::new);
  }
}
