package io.headwall.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which module may see which library. One that does I/O is visible in exactly one module; pure ones
 * are on a short list; what stands in no line is refused.
 */
final class Libraries {

  static final String RULE = "library";

  private static final String UPLINKS = "store-and-forward/uplink-[a-z0-9]+";
  private static final String COMMANDS = "edge-runtime|store-and-forward/relay|hil-tests/.*";
  private static final String ENCODERS =
      "store-and-forward/(core|formats|relay|uplink-[a-z0-9]+)|edge-runtime|hil-tests/.*";

  /** The first line whose package fits a class decides. */
  private static final List<Library> TABLE =
      List.of(
          // I/O, one module each.
          library("com\\.fazecast\\..*", "drivers/hardware"),
          library("com\\.pi4j\\..*", "drivers/hardware"),
          library("org\\.sqlite\\..*|javax?\\.sql\\..*", "store-and-forward/sqlite"),
          // Its file persistence is a peer of the bench too.
          library("org\\.eclipse\\.paho\\..*", "store-and-forward/uplink-mqtt|hil-tests/bench"),
          library("org\\.eclipse\\.californium\\..*", "store-and-forward/uplink-coap"),
          library("ca\\.uhn\\..*", "store-and-forward/(uplink-hl7|relay)"),
          // The peers that the rig holds the box against: a broker, and a client of another make.
          library("com\\.hivemq\\..*", "hil-tests/.*"),
          library("com\\.sun\\.net\\.httpserver\\..*", "edge-runtime|hil-tests/.*"),
          library(
              "java\\.net\\.(.*Socket(Impl)?|.*URLConnection|NetworkInterface|http\\..*)"
                  + "|javax\\.net\\..*"
                  + "|java\\.nio\\.channels\\.(.*SocketChannel|DatagramChannel|Selector)",
              "drivers/hardware|edge-runtime|hil-tests/.*|" + UPLINKS),
          // Pure.
          library("java\\..*|javax\\..*", ".*"),
          library("org\\.jspecify\\..*", ".*"),
          library("org\\.slf4j\\..*|org\\.tinylog\\..*", COMMANDS + '|' + UPLINKS),
          library("picocli\\..*", COMMANDS),
          library("org\\.tomlj\\..*", "config|drivers/profile|hil-tests/.*"),
          library("com\\.google\\.re2j\\..*", "drivers/profile"),
          library("com\\.fasterxml\\.jackson\\..*", ENCODERS),
          library("org\\.junit\\.jupiter\\.api\\..*|org\\.opentest4j\\..*", "drivers/testkit"));

  private Libraries() {}

  static List<Finding> check(CompiledClass c) {
    List<Finding> findings = new ArrayList<>();
    for (String name : c.references()) {
      if (name.startsWith("io.headwall.")) continue;
      Library library = libraryOf(name);
      if (library == null) {
        findings.add(c.finding(0, RULE, "sees " + name + ", which no line of Libraries names"));
      } else if (!library.modules.matcher(c.module()).matches()) {
        findings.add(
            c.finding(
                0,
                RULE,
                "sees " + name + "; only " + library.modules + " may: move the code there"));
      }
    }
    return findings;
  }

  private static @Nullable Library libraryOf(String name) {
    for (Library library : TABLE) if (library.classes.matcher(name).matches()) return library;
    return null;
  }

  private static Library library(String classes, String modules) {
    return new Library(Pattern.compile(classes), Pattern.compile(modules));
  }

  private record Library(Pattern classes, Pattern modules) {}
}
