package io.headwall.tidy;

import io.headwall.tidy.CompiledClass.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds uses of the world that code of this house gets as an argument: clocks, randomness, threads;
 * and uses of the machine's own locale, charset and zone.
 */
final class BannedCalls {

  private static final String TIME = "take the time as an argument (long nowNs) or through Clocks";
  private static final String RANDOM = "take a java.util.random.RandomGenerator as an argument";
  private static final String SLEEP = "keep a due time and look at it in onTick or doWork";
  private static final String THREAD = "write a Duty; the runtime gives it a thread";
  private static final String CHARSET = "name the charset: US_ASCII or UTF_8";
  private static final String LOCALE = "name the locale: Locale.ROOT";
  private static final String ZONE = "name the zone: ZoneOffset.UTC, or the one configured";
  private static final String PRINT = "log it or return it; only a command writes to the console";
  private static final String EXIT = "return an exit code; only a command ends the process";

  private static final List<Ban> BANS =
      List.of(
          ban("clock", TIME, "java.lang.System", "currentTimeMillis|nanoTime"),
          ban("clock", TIME, "java.time.+", "now", "(?!.*java/time/(Clock|InstantSource);).*"),
          ban("clock", TIME, "java.time.Clock", "system.*|tick(Millis|Seconds|Minutes)"),
          ban("clock", TIME, "java.time.InstantSource", "system"),
          ban("clock", TIME, "java.util.Date", "<init>", "\\(\\)V"),
          ban("clock", TIME, "java.util.(Gregorian)?Calendar", "getInstance|<init>"),
          ban("random", RANDOM, "java.(util.|security.Secure)Random", "<init>"),
          ban("random", RANDOM, "java.util.SplittableRandom", "<init>", "\\(\\)V"),
          ban("random", RANDOM, "java.lang.(Strict)?Math", "random"),
          ban("random", RANDOM, "java.util.concurrent.ThreadLocalRandom", "current"),
          ban("random", RANDOM, "java.util.random.RandomGenerator", "getDefault|of"),
          ban("random", RANDOM, "java.util.random.RandomGeneratorFactory", "create", "\\(\\).*"),
          ban("random", RANDOM, "java.util.UUID", "randomUUID"),
          ban("random", RANDOM, "java.util.Collections", "shuffle", "\\(Ljava/util/List;\\)V"),
          ban("sleep", SLEEP, "java.lang.Thread", "sleep"),
          ban("sleep", SLEEP, "java.util.concurrent.TimeUnit", "sleep"),
          ban("sleep", SLEEP, "java.util.concurrent.locks.LockSupport", "park.*"),
          ban("thread", THREAD, "java.lang.Thread", "<init>|ofPlatform|ofVirtual|start[A-Z].*"),
          ban("thread", THREAD, "java.util.concurrent.Executors", ".*"),
          ban("thread", THREAD, "java.util.concurrent.[A-Za-z]*(Pool|Executor)", "<init>|common.*"),
          ban(
              "thread",
              THREAD,
              "java.util.concurrent.Completable(Future|Stage)",
              ".*Async",
              "(?!.*/Executor;).*"),
          ban("thread", THREAD, "java.util.Timer", "<init>"),
          ban("thread", THREAD, "java.util.+", "parallel(Stream)?"),
          ban("charset", CHARSET, "java.lang.String", "getBytes", "\\(\\).*"),
          ban("charset", CHARSET, "java.lang.String", "<init>", "\\(\\[BI*\\)V"),
          ban("charset", CHARSET, "java.io.ByteArrayOutputStream", "toString", "\\(\\).*"),
          ban("charset", CHARSET, "java.nio.charset.Charset", "defaultCharset"),
          ban(
              "locale",
              LOCALE,
              "java.lang.String",
              "formatted|to(Low|Upp)erCase",
              "\\((\\[.*)?\\).*"),
          ban("locale", LOCALE, "java.lang.String", "format", "\\(Ljava/lang/String;.*"),
          ban("locale", LOCALE, "java.io.+", "printf|format", "\\(Ljava/lang/String;.*"),
          ban("locale", LOCALE, "java.util.Formatter", "<init>", "(?!.*/Locale;).*"),
          ban(
              "locale",
              LOCALE,
              "java.text.+Format",
              "<init>|get.*Instance",
              "(?!.*/(Locale|[A-Za-z]*Symbols);).*"),
          ban("locale", LOCALE, "java.time.format.+", "ofPattern|toFormatter", "(?!.*/Locale;).*"),
          ban("locale", LOCALE, "java.util.Locale", "getDefault"),
          ban("zone", ZONE, "java.time.ZoneId", "systemDefault"),
          ban("zone", ZONE, "java.util.TimeZone", "getDefault"),
          ban("print", PRINT, "java.lang.System", "out|err"),
          ban("print", PRINT, "java.lang.IO", ".*"),
          ban("print", PRINT, ".*", "printStackTrace|dumpStack"),
          ban("exit", EXIT, "java.lang.(System|Runtime)", "exit|halt"));

  private BannedCalls() {}

  static List<Finding> check(CompiledClass c) {
    List<Finding> findings = new ArrayList<>();
    for (Use use : c.uses()) {
      for (Ban ban : BANS) {
        if (ban.hits(use)) {
          String what = use.owner() + (use.name().equals("<init>") ? "" : "." + use.name());
          findings.add(c.finding(use.line(), ban.rule, what + "; " + ban.fix));
        }
      }
    }
    return findings;
  }

  private static Ban ban(String rule, String fix, String owner, String name) {
    return ban(rule, fix, owner, name, ".*");
  }

  private static Ban ban(String rule, String fix, String owner, String name, String descriptor) {
    return new Ban(
        rule, fix, Pattern.compile(owner), Pattern.compile(name), Pattern.compile(descriptor));
  }

  /** Owner, name and descriptor are regular expressions. */
  private record Ban(String rule, String fix, Pattern owner, Pattern name, Pattern descriptor) {
    boolean hits(Use use) {
      return name.matcher(use.name()).matches()
          && owner.matcher(use.owner()).matches()
          && descriptor.matcher(use.descriptor()).matches();
    }
  }
}
