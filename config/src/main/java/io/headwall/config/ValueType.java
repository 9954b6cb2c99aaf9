package io.headwall.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/** What a key may hold, and how it is read from what TOML delivers. */
sealed interface ValueType<T> {

  /** Reads a value of the key {@code key}. */
  Outcome<T> read(String key, Object value);

  /** Completes "must be …". */
  String inWords();

  /** As written in the file. */
  String toml(T value);

  /** A value that fits, as written in the file. */
  String example();

  /** A value, or why it is none. */
  sealed interface Outcome<T> {

    record Good<T>(T value) implements Outcome<T> {}

    record Bad<T>(String what, String fix) implements Outcome<T> {}
  }

  private static <T> Outcome<T> bad(ValueType<T> type, Object value, String fix) {
    return new Outcome.Bad<>("must be " + type.inWords() + ", not " + Shown.value(value), fix);
  }

  /** Yes or no. */
  record Switch() implements ValueType<Boolean> {
    @Override
    public Outcome<Boolean> read(String key, Object value) {
      if (value instanceof Boolean on) return new Outcome.Good<>(on);
      return bad(
          this,
          value,
          value instanceof String text && (text.equals("true") || text.equals("false"))
              ? "write it without quotes: " + key + " = " + text
              : "write " + key + " = true or " + key + " = false");
    }

    @Override
    public String inWords() {
      return "true or false";
    }

    @Override
    public String toml(Boolean value) {
      return value.toString();
    }

    @Override
    public String example() {
      return "true";
    }
  }

  /** A whole number, both ends included. */
  record Whole(long min, long max) implements ValueType<Long> {
    @Override
    public Outcome<Long> read(String key, Object value) {
      if (value instanceof Long number) {
        if (number >= min && number <= max) return new Outcome.Good<>(number);
        return bad(this, value, "the nearest is " + key + " = " + (number < min ? min : max));
      }
      return bad(
          this,
          value,
          value instanceof String text && text.matches("-?[0-9]{1,18}")
              ? "write it without quotes: " + key + " = " + Long.parseLong(text)
              : "write digits only, such as " + key + " = " + min);
    }

    @Override
    public String inWords() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public String toml(Long value) {
      return value.toString();
    }

    @Override
    public String example() {
      return Long.toString(min);
    }
  }

  /** A whole number of a closed list, such as the data bits of a line. */
  record OneOf(List<Long> numbers) implements ValueType<Long> {
    public OneOf {
      numbers = List.copyOf(numbers);
    }

    @Override
    public Outcome<Long> read(String key, Object value) {
      if (value instanceof Long number && numbers.contains(number)) {
        return new Outcome.Good<>(number);
      }
      return bad(
          this, value, "write " + key + " = " + String.join(" or " + key + " = ", texts(numbers)));
    }

    @Override
    public String inWords() {
      return String.join(" or ", texts(numbers));
    }

    @Override
    public String toml(Long value) {
      return value.toString();
    }

    @Override
    public String example() {
      return numbers.getFirst().toString();
    }

    private static List<String> texts(List<Long> numbers) {
      return numbers.stream().map(String::valueOf).toList();
    }
  }

  /** One of a closed list of words, each with what it stands for. */
  record Words<T>(Map<String, T> meanings) implements ValueType<T> {
    public Words {
      // Ordered as declared, which the reference page keeps.
      meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
    }

    /** Words that stand for themselves. */
    static Words<String> same(List<String> words) {
      return of(words, Function.identity());
    }

    static <T> Words<T> of(List<T> values, Function<T, String> word) {
      Map<String, T> meanings = new LinkedHashMap<>();
      values.forEach(v -> meanings.put(word.apply(v), v));
      return new Words<>(meanings);
    }

    @Override
    public Outcome<T> read(String key, Object value) {
      if (!(value instanceof String text)) {
        return bad(this, value, "write one of the words in quotes");
      }
      T meaning = meanings.get(text);
      if (meaning != null) return new Outcome.Good<>(meaning);
      return bad(
          this,
          value,
          Nearest.to(text, meanings.keySet())
              .map(word -> "did you mean " + key + " = " + Shown.quoted(word) + "?")
              .orElse("choose one of these words"));
    }

    @Override
    public String inWords() {
      List<String> words = meanings.keySet().stream().map(Shown::quoted).toList();
      return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
    }

    @Override
    public String toml(T value) {
      for (Map.Entry<String, T> meaning : meanings.entrySet()) {
        if (meaning.getValue().equals(value)) return Shown.quoted(meaning.getKey());
      }
      throw new IllegalArgumentException("no word for " + value);
    }

    @Override
    public String example() {
      return Shown.quoted(meanings.keySet().iterator().next());
    }
  }

  /** One or more of a closed list of words. */
  record Several<T>(Words<T> words) implements ValueType<List<T>> {
    @Override
    public Outcome<List<T>> read(String key, Object value) {
      if (!(value instanceof TomlArray array)) {
        return bad(this, value, "write " + key + " = " + example());
      }
      Set<T> found = new LinkedHashSet<>();
      for (Object word : array.toList()) {
        switch (words.read(key, word)) {
          case Outcome.Good<T>(T good) -> found.add(good);
          case Outcome.Bad<T> _ -> {
            return bad(this, word, fix(word));
          }
        }
      }
      if (found.isEmpty()) {
        return new Outcome.Bad<>(
            "must be " + inWords() + ", not an empty one", "write " + key + " = " + example());
      }
      return new Outcome.Good<>(List.copyOf(found));
    }

    private String fix(Object word) {
      return Nearest.to(String.valueOf(word), words.meanings().keySet())
          .map(near -> "did you mean " + Shown.quoted(near) + "?")
          .orElse("choose among these words");
    }

    @Override
    public String inWords() {
      return "a list of one or more of " + String.join(", ", quoted(words.meanings().keySet()));
    }

    @Override
    public String toml(List<T> value) {
      return value.stream().map(words::toml).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String example() {
      return "[" + words.example() + "]";
    }

    private static List<String> quoted(Set<String> words) {
      return words.stream().map(Shown::quoted).toList();
    }
  }

  /**
   * Text of a form of its own.
   *
   * @param inWords completes "must be …"
   * @param sample a text that fits
   * @param parser what the text means
   * @param writer back to the text
   */
  record Text<T>(
      String inWords, String sample, Function<String, Parsed<T>> parser, Function<T, String> writer)
      implements ValueType<T> {

    /** What a text means, or how to mend it. */
    sealed interface Parsed<T> {
      record Fits<T>(T value) implements Parsed<T> {}

      record Misfits<T>(String fix) implements Parsed<T> {}
    }

    @Override
    public Outcome<T> read(String key, Object value) {
      if (!(value instanceof String text)) {
        return bad(this, value, "write text in quotes, such as " + key + " = " + example());
      }
      return switch (parser.apply(text)) {
        case Parsed.Fits<T>(T fitting) -> new Outcome.Good<>(fitting);
        case Parsed.Misfits<T>(String fix) -> bad(this, value, fix);
      };
    }

    @Override
    public String toml(T value) {
      return Shown.quoted(writer.apply(value));
    }

    @Override
    public String example() {
      return Shown.quoted(sample);
    }
  }
}
