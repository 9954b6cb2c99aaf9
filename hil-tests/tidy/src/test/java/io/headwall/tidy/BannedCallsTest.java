package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each ban is seen to fail, also as a method reference; what is like it but good is let through.
 */
final class BannedCallsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clock   | System.currentTimeMillis();
          clock   | System.nanoTime();
          clock   | java.time.Instant.now();
          clock   | java.time.LocalDateTime.now();
          clock   | java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC);
          clock   | java.time.Year.now();
          clock   | java.time.Clock.systemUTC();
          clock   | java.time.InstantSource.system();
          clock   | new java.util.Date();
          clock   | java.util.Calendar.getInstance();
          clock   | java.util.function.LongSupplier s = System::nanoTime;
          clock   | java.util.function.Supplier<java.time.Instant> s = java.time.Instant::now;
          random  | new java.util.Random();
          random  | new java.util.Random(7);
          random  | new java.util.SplittableRandom();
          random  | new java.security.SecureRandom();
          random  | Math.random();
          random  | java.util.concurrent.ThreadLocalRandom.current();
          random  | java.util.random.RandomGenerator.getDefault();
          random  | java.util.random.RandomGeneratorFactory.getDefault().create();
          random  | java.util.UUID.randomUUID();
          random  | java.util.Collections.shuffle(new java.util.ArrayList<String>());
          sleep   | Thread.sleep(1);
          sleep   | java.util.concurrent.TimeUnit.SECONDS.sleep(1);
          sleep   | java.util.concurrent.locks.LockSupport.parkNanos(1);
          thread  | new Thread(() -> {});
          thread  | new Thread() {};
          thread  | Thread.ofPlatform();
          thread  | Thread.ofVirtual();
          thread  | Thread.startVirtualThread(() -> {});
          thread  | java.util.concurrent.Executors.newCachedThreadPool();
          thread  | new java.util.concurrent.ScheduledThreadPoolExecutor(1);
          thread  | java.util.concurrent.ForkJoinPool.commonPool();
          thread  | java.util.concurrent.CompletableFuture.runAsync(() -> {});
          thread  | new java.util.Timer();
          thread  | java.util.List.of(1).parallelStream();
          charset | "a".getBytes();
          charset | new String(new byte[1]);
          charset | new String(new byte[1], 0, 1);
          charset | new java.io.ByteArrayOutputStream().toString();
          charset | java.nio.charset.Charset.defaultCharset();
          charset | java.util.function.Function<String, byte[]> f = String::getBytes;
          locale  | String.format("%d", 1);
          locale  | "%d".formatted(1);
          locale  | "I".toLowerCase();
          locale  | "i".toUpperCase();
          locale  | java.util.function.UnaryOperator<String> f = String::toUpperCase;
          locale  | new java.io.PrintWriter(new java.io.StringWriter()).printf("%d", 1);
          locale  | new java.util.Formatter();
          locale  | new java.text.DecimalFormat("0.0");
          locale  | java.text.NumberFormat.getInstance();
          locale  | java.time.format.DateTimeFormatter.ofPattern("MMM");
          locale  | java.util.Locale.getDefault();
          zone    | java.time.ZoneId.systemDefault();
          zone    | java.util.TimeZone.getDefault();
          print   | System.out.println();
          print   | System.err.println();
          print   | IO.println();
          print   | new java.io.IOException().printStackTrace();
          print   | Thread.dumpStack();
          exit    | System.exit(1);
          exit    | Runtime.getRuntime().halt(1);
          """)
  void finds(String rule, String statement) {
    List<Finding> findings =
        Fixture.statement("drivers/medibus", statement).stream()
            .flatMap(c -> BannedCalls.check(c).stream())
            .toList();
    assertEquals(List.of(rule), findings.stream().map(Finding::rule).toList(), statement);
    Finding finding = findings.getFirst();
    assertEquals("drivers/medibus/src/main/java/fixture/Offender.java:5", finding.where());
    assertEquals("fixture.Offender", finding.subject(), "nested classes count as their outer one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.time.Instant.now(java.time.Clock.fixed(null, null));",
        "java.time.Instant.ofEpochMilli(0);",
        "new java.util.Date(0);",
        "java.util.random.RandomGeneratorFactory.of(\"L64X128MixRandom\").create(7);",
        "new java.util.SplittableRandom(7);",
        "new java.util.UUID(1, 2);",
        "Thread.currentThread().interrupt();",
        "java.util.concurrent.CompletableFuture.runAsync(() -> {}, Runnable::run);",
        "\"a\".getBytes(java.nio.charset.StandardCharsets.UTF_8);",
        "new String(new byte[1], java.nio.charset.StandardCharsets.UTF_8);",
        "new String(new char[1]);",
        "String.format(java.util.Locale.ROOT, \"%d\", 1);",
        "\"I\".toLowerCase(java.util.Locale.ROOT);",
        "java.time.format.DateTimeFormatter.ofPattern(\"MMM\", java.util.Locale.ROOT);",
        "any.toString();",
        "String s = \"System.nanoTime Thread.sleep\";",
      })
  void letsThrough(String statement) {
    for (CompiledClass c : Fixture.statement("drivers/medibus", statement)) {
      assertEquals(List.of(), BannedCalls.check(c));
    }
  }

  @Test
  void saysFileLineRuleAndFix() {
    CompiledClass c = Fixture.statement("config", "System.nanoTime();").getFirst();
    assertEquals(
        "config/src/main/java/fixture/Offender.java:5: clock: java.lang.System.nanoTime; "
            + "take the time as an argument (long nowNs) or through Clocks",
        BannedCalls.check(c).getFirst().toString());
  }
}
