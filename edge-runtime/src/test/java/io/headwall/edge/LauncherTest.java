package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The launcher's guard of the standard streams, without what it starts. */
final class LauncherTest {

  private static final String CLOSED = "[ -e /proc/self/fd/0 ] && [ -e /proc/self/fd/1 ] && exit 0";

  @Test
  void aClosedStandardStreamIsOpenedBeforeTheJvmStarts() throws Exception {
    String guard = guard();
    for (String closing : List.of("<&-", ">&-", "2>&-", "<&- >&- 2>&-")) {
      String script = "sh -c '" + guard + "\n" + CLOSED + "; exit 9' " + closing;
      Process shell = new ProcessBuilder("sh", "-c", script).start();
      shell.getOutputStream().close();
      assertEquals(0, shell.waitFor(), closing);
    }
  }

  private static String guard() throws IOException {
    return Files.readString(Path.of("bin", "headwall"), UTF_8)
        .lines()
        .filter(l -> l.startsWith("(: 3"))
        .collect(Collectors.joining("\n"));
  }
}
