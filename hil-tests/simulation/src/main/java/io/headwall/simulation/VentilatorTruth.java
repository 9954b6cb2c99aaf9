package io.headwall.simulation;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What may be read of a ventilator's answer. Which field a parameter stands in is learnt: only
 * fields that have agreed with it from the beginning stay possible, and one must.
 */
final class VentilatorTruth {

  static final int READ = 1;

  private static final long BEFORE_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final Set<String> RESTING = Set.of("NORMAL", "OFF");

  private final Map<String, Set<String>> possible = new HashMap<>();

  /** What is wrong with a reading; empty for nothing. */
  String wrong(List<Spoken> near, Reading reading, long worldNs) {
    List<Spoken> said =
        near.stream()
            .filter(Spoken::complete)
            .filter(s -> s.firstNs() <= worldNs && worldNs <= s.lastNs() + BEFORE_NS)
            .toList();
    if (said.isEmpty()) return "no answer was heard to its end then";
    for (Spoken answer : said) answer.claim(READ);
    return switch (reading) {
      case Reading.Numeric n -> value(said, key(n, ""), n.value());
      case Reading.Setting s when s.value() != null ->
          value(said, key(s, s.kind().name()), s.value());
      case Reading.Setting s when s.word() != null -> word(said, s.word());
      case Reading.Alarm a -> word(said, a.text());
      case Reading.Text t -> words(said, t.text());
      case Reading.Setting _,
          Reading.SampleBlock _,
          Reading.DeviceState _,
          Reading.Gap _,
          Reading.DeviceClock _,
          Reading.Removed _,
          Reading.Tally _ ->
          "";
    };
  }

  private static String key(Reading reading, String kind) {
    return reading.metric().code().wireName() + ' ' + kind;
  }

  private String value(List<Spoken> said, String key, @Nullable Decimal value) {
    if (value == null || said.size() > 1) return "";
    Map<String, String> fields = said.getFirst().values();
    Set<String> left = possible.get(key);
    if (left == null) left = new HashSet<>(fields.keySet());
    left.removeIf(field -> !same(fields.getOrDefault(field, ""), value));
    possible.put(key, left);
    return left.isEmpty() ? "no one field has said all that was read of " + key : "";
  }

  /** The same digits; litres and millilitres differ in the point only. */
  private static boolean same(String text, Decimal value) {
    if (text.isEmpty() || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.'))
      return false;
    BigDecimal said = new BigDecimal(text);
    BigDecimal read = value.toBigDecimal();
    return said.compareTo(read) == 0
        || said.movePointRight(3).compareTo(read) == 0
        || said.movePointLeft(3).compareTo(read) == 0;
  }

  private static String word(List<Spoken> said, String word) {
    if (RESTING.contains(word)) return "";
    boolean is = said.stream().anyMatch(s -> s.values().containsValue(word));
    return is ? "" : "no field says '" + word + "'";
  }

  private static String words(List<Spoken> said, String text) {
    for (String word : text.split(" ", -1)) {
      String wrong = word(said, word);
      if (!wrong.isEmpty() && !word(said, text).isEmpty()) return wrong;
    }
    return "";
  }
}
