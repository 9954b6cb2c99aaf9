package io.headwall.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of documents, each seen to fail. */
final class DocLinksTest {

  @TempDir Path root;

  @BeforeEach
  void aTreeWithOneClass() throws IOException {
    Path folder = Files.createDirectories(root.resolve("code"));
    Files.writeString(folder.resolve("SerialLink.java"), "class SerialLink {}", UTF_8);
    Files.createDirectories(root.resolve("docs"));
  }

  @Test
  void whatIsThereIsRight() {
    assertEquals(
        List.of(),
        check(
            "[`SerialLink`](../code/SerialLink.java), [`SerialLink.read`](../code/SerialLink.java)",
            "[a folder](../code), [a place](../code/SerialLink.java#L1), [here](#below)",
            "[the world](https://example.org/none), [post](mailto:nobody@example.org)",
            "`SerialLink.open()`, `Link`, `serialLink`, `READ_MS`, `--Dwhat`"));
  }

  @Test
  void aLinkToNothingIsFound() {
    assertEquals(
        "[docs/a.md:2: broken-link: ../code/Link.java is not there]",
        check("", "see [the link](../code/Link.java)").toString());
    assertEquals(
        "[docs/a.md:1: broken-link: flow.svg is not there]",
        check("![the flow](flow.svg)").toString());
  }

  @Test
  void aLinkThatLeadsToAnotherClassIsFound() {
    assertEquals(
        List.of(DocLinks.MISLEADING),
        check("[`Serial`](../code/SerialLink.java)").stream().map(Finding::rule).toList());
  }

  @Test
  void aClassThatIsNoneIsFound() {
    assertEquals(
        "[docs/a.md:1: unknown-class: no class SerialLine in the tree]",
        check("`SerialLine.read()` reads").toString());
  }

  @Test
  void codeInAFenceIsNoText() {
    assertEquals(List.of(), check("```", "[x](nowhere) `SerialLine`", "```", "`SerialLink`"));
    assertEquals(1, check("```", "`SerialLine`", "```", "`SerialLine`").size());
  }

  private List<Finding> check(String... lines) {
    return DocLinks.check("docs/a.md", root.resolve("docs"), List.of(lines), Set.of("SerialLink"));
  }
}
