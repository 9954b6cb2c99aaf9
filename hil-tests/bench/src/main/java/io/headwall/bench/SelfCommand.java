package io.headwall.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program as a process of its own. */
final class SelfCommand {

  private SelfCommand() {}

  static List<String> of(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Bench.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
