package io.headwall.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file of the tree is written as google-java-format writes it. */
final class FormatTest {

  private static final String FIX = "mvn -q -pl hil-tests/tidy test -Dtest=FormatTest -Dformat=fix";

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    Repository tree = Repository.find();
    boolean fix = "fix".equals(System.getProperty("format"));
    List<String> wrong = new ArrayList<>();
    for (Path file : tree.files(f -> f.toString().endsWith(".java"))) {
      String source = Files.readString(file, UTF_8);
      String formatted = Formatting.formatted(source);
      if (formatted.equals(source)) continue;
      if (fix) Files.writeString(file, formatted, UTF_8);
      else wrong.add(tree.nameOf(file));
    }
    assertTrue(wrong.isEmpty(), () -> "not formatted: " + wrong + "; to rewrite them: " + FIX);
  }

  @Test
  void formatsAsTheHouseWrites() {
    String loose =
        "import java.util.Map;\nimport java.util.List;\nclass A{List<Integer> i=null;}\n";
    String form =
        """
        import java.util.List;

        class A {
          List<Integer> i = null;
        }
        """;
    assertEquals(form, Formatting.formatted(loose));
    assertEquals(form, Formatting.formatted(form));
    assertThrows(IllegalArgumentException.class, () -> Formatting.formatted("class A {"));
  }
}
