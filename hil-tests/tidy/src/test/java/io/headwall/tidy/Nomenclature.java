package io.headwall.tidy;

import io.headwall.tidy.CompiledClass.Use;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The codes that a driver can send, from the tables in its README, each row held against the table
 * of terms, and the whole against the terms that the driver's class files name.
 */
final class Nomenclature {

  static final String RULE = "nomenclature";

  private static final String TERMS = "io.headwall.spi.mdc.Mdc";
  private static final String PREFIX = "MDC_";
  private static final String UNITS = "io.headwall.spi.mdc.MdcUnit";
  private static final String UNIT_PREFIX = "MDC_DIM_";

  /** Terms of what a device is made of. They name no reading and are not in the messages. */
  private static final Pattern PART = Pattern.compile("MDC_DEV_.*_(MDS|VMD|CHAN)");

  private static final Pattern LOCAL = Pattern.compile("x-[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  private Nomenclature() {}

  /**
   * A term of the table.
   *
   * @param code as on the wire
   * @param dimension reference id of its unit in the table, {@code MDC_DIM_…}
   * @param unit the same in UCUM; a driver may send another
   * @param sources {@code 2+}, {@code 1} or {@code conflict}
   */
  record Term(String code, String refid, String dimension, String unit, String sources) {}

  /** A row of a README's table: the heading above it and its cells by their column's name. */
  record Row(int line, String heading, Map<String, String> cells) {

    String cell(String... columns) {
      for (String column : columns) {
        @Nullable String cell = cells.get(column);
        if (cell != null) return cell;
      }
      return "";
    }

    String refid() {
      return cell("refid", "refid or local code");
    }

    /** As on the wire; a README may write {@code local} for a local code. */
    String code() {
      return cell("code").equals("local") ? refid() : cell("code");
    }

    String unit() {
      return cell("unit sent").replaceFirst(" \\(\\d+\\)$", "").replace("–", "");
    }

    String sources() {
      return refid().startsWith("x-") ? "local" : cell("sources", "row's sources");
    }

    String field() {
      return cell("field", "wire field");
    }
  }

  /** The terms of mdc-codes.csv by reference id. */
  static Map<String, Term> terms(List<String> csv) {
    Map<String, Term> terms = new TreeMap<>();
    for (String line : csv.subList(1, csv.size())) {
      String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      String sources = cells[7].startsWith("conflict") ? "conflict" : cells[7].split(" ", 2)[0];
      terms.put(cells[1], new Term(cells[0], cells[1], cells[4], cells[6], sources));
    }
    return terms;
  }

  /** The rows of every table that has the columns {@code code} and {@code unit sent}. */
  static List<Row> rows(List<String> readme) {
    List<Row> rows = new ArrayList<>();
    List<String> columns = List.of();
    String heading = "";
    for (int i = 0; i < readme.size(); i++) {
      String line = readme.get(i);
      Matcher title = HEADING.matcher(line);
      if (title.matches()) heading = title.group(1);
      if (!line.startsWith("|")) {
        columns = List.of();
      } else if (columns.isEmpty()) {
        columns = cells(line);
      } else if (columns.contains("unit sent") && !line.startsWith("|--")) {
        Map<String, String> cells = new TreeMap<>();
        List<String> texts = cells(line);
        for (int c = 0; c < columns.size(); c++) cells.put(columns.get(c), texts.get(c));
        Row row = new Row(i + 1, heading, cells);
        if (!row.refid().isEmpty()) rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1).split("\\|", -1)) cells.add(cell.strip().replace("`", ""));
    return cells;
  }

  /** Terms that these classes name, as reference ids. */
  static Set<String> named(List<CompiledClass> classes) {
    Set<String> named = new TreeSet<>();
    for (CompiledClass c : classes) {
      for (Use use : c.uses()) if (use.owner().equals(TERMS)) named.add(PREFIX + use.name());
    }
    return named;
  }

  /** Local codes that stand whole in these classes. */
  static Set<String> localCodes(List<CompiledClass> classes) {
    Set<String> codes = texts(classes);
    codes.removeIf(text -> !LOCAL.matcher(text).matches());
    return codes;
  }

  private static Set<String> texts(List<CompiledClass> classes) {
    Set<String> texts = new TreeSet<>();
    for (CompiledClass c : classes) {
      for (PoolEntry entry : c.model().constantPool()) {
        if (entry instanceof StringEntry s) texts.add(s.stringValue());
      }
    }
    return texts;
  }

  /** What these classes can mean by a unit: constants that they name, or UCUM of their own. */
  private static Set<String> units(List<CompiledClass> classes, Map<String, Term> terms) {
    Set<String> named = new TreeSet<>();
    for (CompiledClass c : classes) {
      for (Use use : c.uses()) {
        if (use.owner().equals(UNITS)) named.add(UNIT_PREFIX + use.name());
      }
    }
    Set<String> units = texts(classes);
    for (Term term : terms.values()) {
      if (named.contains(term.dimension)) units.add(term.unit);
    }
    return units;
  }

  static boolean isPart(String refid) {
    return PART.matcher(refid).matches();
  }

  /** What is wrong with a driver's tables. */
  static List<Finding> check(
      String page, List<Row> rows, List<CompiledClass> classes, Map<String, Term> terms) {
    List<Finding> findings = new ArrayList<>();
    Set<String> listed = new TreeSet<>();
    Set<String> units = units(classes, terms);
    for (Row row : rows) {
      listed.add(row.refid());
      if (!row.unit().isEmpty() && !units.contains(row.unit())) {
        String unit = "no class names the unit " + row.unit();
        findings.add(new Finding(page + ':' + row.line(), page, RULE, unit));
      }
      @Nullable String wrong = wrong(row, terms);
      if (wrong != null) findings.add(new Finding(page + ':' + row.line(), page, RULE, wrong));
    }
    Set<String> needed = named(classes);
    needed.removeIf(Nomenclature::isPart);
    needed.addAll(localCodes(classes));
    for (String refid : needed) {
      if (!listed.contains(refid)) {
        findings.add(new Finding(page, page, RULE, "the code names " + refid + ", no table does"));
      }
    }
    for (String refid : listed) {
      if (refid.startsWith(PREFIX) && !needed.contains(refid)) {
        findings.add(new Finding(page, page, RULE, "no class names " + refid));
      }
    }
    return findings;
  }

  private static @Nullable String wrong(Row row, Map<String, Term> terms) {
    if (LOCAL.matcher(row.refid()).matches()) {
      return row.code().equals(row.refid()) ? null : row.refid() + " has code " + row.code();
    }
    @Nullable Term term = terms.get(row.refid());
    if (term == null) return "no term " + row.refid();
    if (!term.code.equals(row.code())) return row.refid() + " is " + term.code;
    if (!term.sources.equals(row.sources())) return row.refid() + " has sources " + term.sources;
    return null;
  }
}
