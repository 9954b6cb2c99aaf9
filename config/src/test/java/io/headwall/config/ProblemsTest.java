package io.headwall.config;

import static io.headwall.config.Fixtures.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kind of problem with its exact message. {@code golden/problems.txt} holds cases: a title
 * after {@code ==}, the file's lines, {@code --}, and the messages expected, in order.
 */
class ProblemsTest {

  private static final int CASES = 66;

  private record Case(String title, List<String> file, List<String> expected) {}

  @TestFactory
  List<DynamicTest> saysExactlyThis() {
    return cases().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.title(),
                () ->
                    assertEquals(
                        String.join("\n", c.expected()),
                        String.join("\n", problems(c.file().toArray(String[]::new))))))
        .toList();
  }

  @Test
  void noCaseIsLost() {
    assertEquals(CASES, cases().size());
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    boolean messages = false;
    for (String line : lines()) {
      if (line.startsWith("== ")) {
        cases.add(new Case(line.substring(3), new ArrayList<>(), new ArrayList<>()));
        messages = false;
      } else if (line.equals("--")) {
        messages = true;
      } else if (!cases.isEmpty() && messages) {
        if (!line.isEmpty()) cases.getLast().expected().add(line);
      } else if (!cases.isEmpty()) {
        cases.getLast().file().add(line);
      }
    }
    return cases;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of("src/test/resources/golden/problems.txt"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
