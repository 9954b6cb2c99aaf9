package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that people write are told from those that javac makes. */
final class CatchAllsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try { any.wait(); } catch (Exception e) {}",
        "try { any.wait(); } catch (RuntimeException e) {}",
        "try { any.wait(); } catch (Throwable t) {}",
        "try { any.wait(); } catch (Error e) {}",
        "try { any.wait(); } catch (InterruptedException | RuntimeException e) {}",
        "try { any.wait(); } catch (Throwable t) { throw t; }",
        "try { any.wait(); } catch (Throwable t) { t.addSuppressed(t); }",
        "try { any.wait(); } catch (Throwable t) { new Exception().addSuppressed(t); }",
        "try (var in = java.io.InputStream.nullInputStream()) { in.read(); } catch (Exception e)"
            + " {}",
        "try { any.wait(); } catch (Exception e) {} finally { any.notify(); }",
      })
  void findsWhatPeopleWrite(String statement) {
    List<Finding> findings = check(statement);
    assertEquals(1, findings.size(), () -> statement + findings);
    assertEquals(CatchAlls.RULE, findings.getFirst().rule());
    assertEquals(
        "config/src/main/java/fixture/Offender.java:5", findings.getFirst().where(), statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try { any.wait(); } catch (InterruptedException e) {}",
        "try { any.wait(); } catch (IllegalStateException | IllegalArgumentException e) {}",
        "try { any.wait(); } finally { any.notify(); }",
        "synchronized (any) { any.notify(); }",
        "try (var in = java.io.InputStream.nullInputStream()) { in.read(); }",
        "try (var in = (java.io.Closeable) any) { any.wait(); } finally { any.notify(); }",
        "try (var a = new java.io.StringReader(\"\"); var b = (AutoCloseable) any) { any.wait(); }",
        "try (var a = (AutoCloseable) any) { if (any == null) return; any.wait(); return; }",
        "for (;;) try (var a = (AutoCloseable) any) { if (any == null) continue; break; }",
        "try (var a = (AutoCloseable) any) { } catch (java.io.IOException e) { any.notify(); }",
        "record Pair(int a, Object b) {} if (any instanceof Pair(int a, Pair(int c, var d))) {}",
        "record P(int a) {} int x = switch (any) { case P(int a) when a > 1 -> a; default -> 0; };",
      })
  void letsThroughWhatJavacMakes(String statement) {
    assertEquals(List.of(), check(statement), statement);
  }

  @Test
  void namesTheLineOfTheHandler() {
    String source =
        """
        package fixture;

        class Lines {
          void run() {
            try {
              hashCode();
            } catch (RuntimeException e) {
              toString();
            }
          }
        }
        """;
    List<Finding> findings = CatchAlls.check(Fixture.compile("config", source).getFirst());
    assertEquals(
        "[config/src/main/java/fixture/Lines.java:7: catch-all: catches"
            + " java.lang.RuntimeException; catch what you expect, let bugs through]",
        findings.toString());
  }

  private static List<Finding> check(String statement) {
    return Fixture.statement("config", statement).stream()
        .flatMap(c -> CatchAlls.check(c).stream())
        .toList();
  }
}
