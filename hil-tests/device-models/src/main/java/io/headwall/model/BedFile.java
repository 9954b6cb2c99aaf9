package io.headwall.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Several devices in one file: a table {@code [[device]]} for each, with {@code model} and, as
 * wanted, {@code name}, {@code link}, {@code seed} and {@code scenario}. All problems are found at
 * once, each with its line; an unknown key is one.
 */
final class BedFile {

  private static final Set<String> KEYS = Set.of("model", "name", "link", "seed", "scenario");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  private final List<String> problems = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** One device of the bed. */
  record Device(String name, DeviceKind kind, @Nullable Path link, long seed, Scenario scenario) {}

  private BedFile() {}

  /** Reads a bed file. */
  static BedFile read(Path file) throws IOException {
    BedFile bed = new BedFile();
    TomlParseResult toml = Toml.parse(file);
    toml.errors().forEach(error -> bed.problem(error.position(), error.getMessage()));
    for (String key : toml.keySet()) {
      if (!key.equals("device")) bed.problem(toml.inputPositionOf(key), "unknown key " + key);
    }
    bed.devices(toml);
    return bed;
  }

  /** The devices, in the order of the file; only those without a problem. */
  List<Device> devices() {
    return List.copyOf(devices);
  }

  /** What is wrong, each with its line; empty when all is well. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void devices(TomlParseResult toml) {
    TomlArray tables = toml.isArray("device") ? toml.getArray("device") : null;
    if (tables == null || tables.isEmpty()) {
      problems.add("line 1: no [[device]]");
      return;
    }
    for (int i = 0; i < tables.size(); i++) {
      TomlPosition at = tables.inputPositionOf(i);
      if (tables.get(i) instanceof TomlTable table) {
        device(table, at);
      } else {
        problem(at, "device must be a table: [[device]]");
      }
    }
  }

  private void device(TomlTable table, @Nullable TomlPosition at) {
    int before = problems.size();
    for (String key : table.keySet()) {
      if (!KEYS.contains(key)) problem(table.inputPositionOf(key), "unknown key " + key);
    }
    String model = text(table, "model");
    Optional<DeviceKind> kind = DeviceKind.named(model);
    if (model.isEmpty()) problem(at, "model is missing");
    if (kind.isEmpty() && !model.isEmpty()) {
      problem(table.inputPositionOf("model"), "unknown model " + model);
    }
    String name = text(table, "name").isEmpty() ? model : text(table, "name");
    if (!name.isEmpty() && !NAME.matcher(name).matches())
      problem(at, "a name is 1 to 40 of A-Z a-z 0-9 . _ -");
    if (!name.isEmpty() && !names.add(name))
      problem(at, "two devices of the name " + name + ": give them names");
    String wanted = text(table, "scenario").isEmpty() ? "baseline" : text(table, "scenario");
    Optional<Scenario> scenario = Scenario.named(wanted);
    if (scenario.isEmpty())
      problem(table.inputPositionOf("scenario"), "unknown scenario " + wanted);
    long seed = seed(table);
    String link = text(table, "link");
    if (problems.size() > before || kind.isEmpty() || scenario.isEmpty()) return;
    if (scenario.get().script(kind.get(), seed).isEmpty()) {
      problem(table.inputPositionOf("scenario"), model + " cannot play " + wanted);
      return;
    }
    Path path = link.isEmpty() ? null : Path.of(link);
    devices.add(new Device(name, kind.get(), path, seed, scenario.get()));
  }

  private String text(TomlTable table, String key) {
    Object value = table.get(key);
    if (value == null || value instanceof String) return value == null ? "" : (String) value;
    problem(table.inputPositionOf(key), key + " must be a text");
    return "";
  }

  private long seed(TomlTable table) {
    Object value = table.get("seed");
    if (value == null || value instanceof Long) return value == null ? 1 : (Long) value;
    problem(table.inputPositionOf("seed"), "seed must be a whole number");
    return 1;
  }

  private void problem(@Nullable TomlPosition at, @Nullable String text) {
    problems.add("line " + (at == null ? 1 : at.line()) + ": " + text);
  }
}
