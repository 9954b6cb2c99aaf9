package io.headwall.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A table of figures, for people and for programs. */
final class Table {

  private final String title;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Adds a row; numbers are written with as many digits as they deserve. */
  void row(Object... cells) {
    if (cells.length != columns.size()) throw new IllegalArgumentException("cells " + cells.length);
    List<String> row = new ArrayList<>();
    for (Object cell : cells) row.add(text(cell));
    rows.add(row);
  }

  /** A figure in some three digits. */
  static String text(Object cell) {
    if (!(cell instanceof Double d)) return String.valueOf(cell);
    if (Double.isNaN(d)) return "-";
    double size = Math.abs(d);
    if (size >= 100) return String.format(Locale.ROOT, "%,.0f", d);
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", d);
  }

  /** As Markdown, columns aligned so that it can be read as it is. */
  String markdown() {
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      int width = columns.get(c).length();
      for (List<String> row : rows) width = Math.max(width, row.get(c).length());
      widths.add(width);
    }
    StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
    line(text, columns, widths);
    List<String> rule = new ArrayList<>();
    for (int width : widths) rule.add("-".repeat(width));
    line(text, rule, widths);
    for (List<String> row : rows) line(text, row, widths);
    return text.toString();
  }

  /** As comma-separated values, the title in the first column. */
  String csv() {
    StringBuilder text = new StringBuilder();
    csvLine(text, "table", columns);
    for (List<String> row : rows) csvLine(text, title, row);
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      text.append("| ").append(cell);
      text.append(String.join("", Collections.nCopies(widths.get(c) - cell.length() + 1, " ")));
    }
    text.append("|\n");
  }

  private static void csvLine(StringBuilder text, String first, List<String> cells) {
    text.append(quoted(first));
    for (String cell : cells) text.append(',').append(quoted(cell.replace(",", "")));
    text.append('\n');
  }

  private static String quoted(String cell) {
    return cell.matches("[\\w.+-]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
