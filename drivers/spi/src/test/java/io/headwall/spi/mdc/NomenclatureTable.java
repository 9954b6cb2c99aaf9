package io.headwall.spi.mdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of mdc-codes.csv, read apart from the generator so that each checks the other. */
final class NomenclatureTable {

  static final List<String> COLUMNS =
      List.of(
          "code",
          "refid",
          "category",
          "label",
          "unit_refid",
          "unit_code",
          "ucum",
          "confidence",
          "sources",
          "note");

  private static final Path FILE = Path.of("src/main/nomenclature/mdc-codes.csv");

  private NomenclatureTable() {}

  /** One row. */
  record Row(
      int code,
      String refid,
      String category,
      String label,
      String unitRefid,
      String unitCode,
      String ucum,
      String confidence,
      String sources,
      String note) {

    static Row of(List<String> cells) {
      if (cells.size() != COLUMNS.size()) throw new IllegalArgumentException("row " + cells);
      return new Row(
          Integer.parseInt(cells.get(0)),
          cells.get(1),
          cells.get(2),
          cells.get(3),
          cells.get(4),
          cells.get(5),
          cells.get(6),
          cells.get(7),
          cells.get(8),
          cells.get(9));
    }

    boolean isUnit() {
      return category.equals("unit");
    }

    boolean isSetting() {
      return code >= NomenclatureRules.SETTING;
    }

    boolean isConflict() {
      return confidence.startsWith("conflict");
    }
  }

  static List<Row> read() {
    try {
      List<String> lines = Files.readAllLines(FILE, UTF_8);
      if (!cells(lines.getFirst()).equals(COLUMNS)) throw new IllegalStateException("columns");
      return lines.stream().skip(1).map(line -> Row.of(cells(line))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cells of a line of RFC 4180: a quoted cell keeps commas, two quotes in it are one. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      StringBuilder cell = new StringBuilder();
      if (at < line.length() && line.charAt(at) == '"') {
        at++;
        while (line.charAt(at) != '"' || line.startsWith("\"\"", at)) {
          cell.append(line.charAt(at));
          at += line.startsWith("\"\"", at) ? 2 : 1;
        }
        at++;
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        cell.append(line, at, end);
        at = end;
      }
      cells.add(cell.toString());
      if (at < line.length() && line.charAt(at) != ',') throw new IllegalArgumentException(line);
      at++;
    }
    return cells;
  }
}
