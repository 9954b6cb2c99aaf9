package io.headwall.tidy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which module of ours may see which. An arrow carries on: who sees core sees spi. The arrows are
 * those of main code; tests may see more.
 */
final class Arrows {

  static final String RULE = "arrow";

  private static final String SPI = "drivers/spi";
  private static final String HARDWARE = "drivers/hardware";
  private static final String CORE = "store-and-forward/core";
  private static final String FORMATS = "store-and-forward/formats";
  private static final String MQTT = "store-and-forward/uplink-mqtt";
  private static final String SQLITE = "store-and-forward/sqlite";
  private static final String CONFIG = "config";
  private static final String EDGE = "edge-runtime";
  private static final String MODELS = "hil-tests/device-models";
  private static final String RIG = "hil-tests/rig";

  private static final String EDGE_MAIN = "io.headwall.edge.Main";

  /** A driver's package; each driver is a module of its own below drivers/. */
  private static final Pattern DRIVER = Pattern.compile("(io\\.headwall\\.driver\\.\\w+)(\\..*)?");

  private static final Map<String, Node> NODES = new TreeMap<>();

  static {
    node(SPI, "io.headwall.spi");
    node(HARDWARE, "io.headwall.hardware", SPI);
    node("drivers/testkit", "io.headwall.testkit", SPI);
    node(CORE, "io.headwall.store", SPI);
    node(FORMATS, "io.headwall.format", CORE);
    node(SQLITE, "io.headwall.store.sqlite", CORE);
    node(MQTT, "io.headwall.uplink.mqtt", FORMATS);
    node("store-and-forward/uplink-coap", "io.headwall.uplink.coap", FORMATS);
    node("store-and-forward/uplink-hl7", "io.headwall.uplink.hl7", CORE);
    node("store-and-forward/relay", "io.headwall.relay", CORE);
    node(CONFIG, "io.headwall.config", SPI);
    node(EDGE, "io.headwall.edge", CORE, FORMATS, CONFIG, HARDWARE, SQLITE);
    node(MODELS, "io.headwall.model", SPI);
    node("hil-tests/simulation", "io.headwall.simulation", MODELS, EDGE, MQTT);
    node(RIG, "io.headwall.rig", MODELS, EDGE, FORMATS);
    node("hil-tests/bench", "io.headwall.bench", RIG);
    node("hil-tests/tidy", "io.headwall.tidy");
  }

  private Arrows() {}

  /**
   * A module of the tree.
   *
   * @param sees paths of the modules it may see at first hand
   */
  private record Node(String module, String root, List<String> sees) {}

  private static void node(String module, String root, String... sees) {
    NODES.put(module, new Node(module, root, List.of(sees)));
  }

  static List<Finding> check(CompiledClass c) {
    String home = homeOf(c);
    if (!ownerOf(c.name()).equals(home)) {
      return List.of(
          c.finding(
              0,
              RULE,
              "package "
                  + c.packageName()
                  + " is not of "
                  + c.module()
                  + "; move it, or give the module a line in Arrows"));
    }
    Set<String> seen = closure(home);
    List<Finding> findings = new ArrayList<>();
    for (String name : c.references()) {
      if (!name.startsWith("io.headwall.")) continue;
      String owner = ownerOf(name);
      if (!seen.contains(owner)) {
        findings.add(c.finding(0, RULE, c.module() + " may not see " + name + " of " + owner));
      } else if (home.equals(EDGE)
          && (owner.equals(HARDWARE) || owner.equals(SQLITE))
          && !c.topLevel().equals(EDGE_MAIN)) {
        findings.add(c.finding(0, RULE, "only " + EDGE_MAIN + " may name " + name));
      }
    }
    return findings;
  }

  /** The module's path; for a driver its package, which no other module shares. */
  private static String homeOf(CompiledClass c) {
    if (NODES.containsKey(c.module())) return c.module();
    Matcher driver = DRIVER.matcher(c.name());
    return c.module().startsWith("drivers/") && driver.matches() ? driver.group(1) : c.module();
  }

  /** The module that a class of ours belongs to by its package: the longest that fits. */
  private static String ownerOf(String name) {
    Matcher driver = DRIVER.matcher(name);
    if (driver.matches()) return driver.group(1);
    return NODES.values().stream()
        .filter(node -> name.startsWith(node.root + '.'))
        .max(Comparator.comparingInt(node -> node.root.length()))
        .map(Node::module)
        .orElse("no module");
  }

  private static Set<String> closure(String home) {
    Set<String> seen = new HashSet<>(Set.of(home));
    @Nullable Node node = NODES.get(home);
    // A driver sees the vocabulary and nothing else.
    for (String next : node == null ? List.of(SPI) : node.sees) seen.addAll(closure(next));
    return seen;
  }
}
