package io.headwall.config;

import io.headwall.config.ValueType.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads the keys of one table, and complains at their places. */
final class TableReader {

  private static final TomlPosition TOP = TomlPosition.positionAt(1, 1);

  private final String name;
  private final TomlTable table;
  private final TomlPosition at;
  private final Problems problems;

  /**
   * @param name the table's, before each key of messages; empty for the root
   * @param at where the table begins: what is missing is reported there
   */
  TableReader(String name, TomlTable table, TomlPosition at, Problems problems) {
    this.name = name;
    this.table = table;
    this.at = at;
    this.problems = problems;
  }

  static TableReader root(TomlTable table, Problems problems) {
    return new TableReader("", table, TOP, problems);
  }

  /** The value in the file; empty where there is none, or none that fits (then a problem). */
  <T> Optional<T> given(Key<T> key) {
    Object value = table.get(List.of(key.name()));
    if (value == null) {
      if (key.needed()) problems.missing(at, path(key.name()), "is needed", key.adding());
      return Optional.empty();
    }
    if (value instanceof String text && Secrets.isIn(text)) {
      complain(
          key.name(),
          "holds a password or private key",
          "put it into a file that only headwall may read, and name that file here");
      return Optional.empty();
    }
    return switch (key.type().read(key.name(), value)) {
      case Outcome.Good<T>(T good) -> Optional.of(good);
      case Outcome.Bad<T>(String what, String fix) -> {
        complain(key.name(), what, fix);
        yield Optional.empty();
      }
    };
  }

  /** As {@link #given}, with the key's default for what is left out or does not fit. */
  <T> T value(Key<T> key) {
    return given(key).or(key::fallback).orElseThrow();
  }

  /** Complains of the value of {@code key}, at its place. */
  void complain(String key, String what, String fix) {
    problems.add(position(key), path(key), what, fix);
  }

  /** Complains that {@code given} stands there without {@code other}. */
  void complainAlone(String given, String other) {
    problems.missing(
        position(given),
        path(given),
        "needs " + other + " beside it",
        "add " + other + ", or delete " + given);
  }

  /** The line of the file that {@code key} is on. */
  int line(String key) {
    return problems.fileLine(position(key));
  }

  boolean has(Key<?> key) {
    return table.get(List.of(key.name())) != null;
  }

  /** Refuses every key that is not among {@code keys} (in the root: nor a table's name). */
  void refuseOthers(List<String> keys) {
    Set<String> known = new HashSet<>(keys);
    for (String key : table.keySet()) {
      if (known.contains(key)) continue;
      if (!refuseSecret(key, keys)) complain(key, "is not known here", mend(key, keys));
    }
  }

  /** Where the other keys cannot be judged because nobody knows what declares them. */
  void refuseSecrets() {
    table.keySet().forEach(key -> refuseSecret(key, List.of()));
  }

  private boolean refuseSecret(String key, List<String> keys) {
    if (!Secrets.namesOne(key)) return false;
    String fileKey = key + "_file";
    complain(
        key,
        "looks like a secret, and this file must hold none",
        "put it into a file that only headwall may read"
            + (keys.contains(fileKey) ? ", and name that file in " + fileKey : ""));
    return true;
  }

  private String mend(String key, List<String> keys) {
    Optional<ConfigSchema.Table> home =
        ConfigSchema.TABLES.stream().filter(t -> t.names().contains(key)).findFirst();
    if (home.isPresent()) {
      return home.get().equals(ConfigSchema.ROOT)
          ? "move it to the top of the file, before the first table"
          : "move it into " + home.get().header();
    }
    Optional<String> near = Nearest.to(key, keys);
    if (near.isPresent()) return "did you mean " + near.get() + "?";
    return keys.isEmpty() ? "delete it" : "known: " + String.join(", ", keys);
  }

  private TomlPosition position(String key) {
    return Objects.requireNonNullElse(table.inputPositionOf(List.of(key)), at);
  }

  private String path(String key) {
    return name.isEmpty() ? Shown.key(key) : name + "." + Shown.key(key);
  }

  /** The single table of that name, empty where the file has none. */
  TableReader single(ConfigSchema.Table kind) {
    Object found = table.get(List.of(kind.name()));
    if (found instanceof TomlTable inner) {
      return new TableReader(kind.name(), inner, position(kind.name()), problems);
    }
    if (found != null) {
      complain(kind.name(), "must be one table", "write " + kind.header() + " on its own line");
    }
    return new TableReader(kind.name(), Toml.parse(""), at, problems);
  }

  /** All tables of that name, in the file's order. */
  List<TableReader> many(ConfigSchema.Table kind) {
    Object found = table.get(List.of(kind.name()));
    if (found == null) return List.of();
    if (found instanceof TomlArray array && allTables(array)) {
      return IntStream.range(0, array.size()).mapToObj(i -> element(kind, array, i)).toList();
    }
    complain(
        kind.name(),
        "must be a list of tables",
        "write " + kind.header() + " with two brackets, on its own line, for each");
    return List.of();
  }

  private TableReader element(ConfigSchema.Table kind, TomlArray array, int i) {
    TomlPosition position =
        Objects.requireNonNullElse(array.inputPositionOf(i), position(kind.name()));
    return new TableReader(kind.name(), array.getTable(i), position, problems);
  }

  private static boolean allTables(TomlArray array) {
    return IntStream.range(0, array.size()).allMatch(array::isTable);
  }
}
