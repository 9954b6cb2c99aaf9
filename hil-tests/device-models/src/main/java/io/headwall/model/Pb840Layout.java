package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The fixed-width layout of one Puritan Bennett answer: head, STX, fields each followed by a comma,
 * ETX, CR. Fields are numbered from 5, since the head holds 1 to 3 and STX stands for 4.
 *
 * @param head everything before STX, with {@code %} where the body's byte count goes
 * @param letter what the keys of its values begin with
 * @param fields in the order of their numbers
 */
record Pb840Layout(String head, char letter, List<Field> fields) {

  /** The answer to SNDF: 169 fields, 1225 bytes between STX and ETX. */
  static final Pb840Layout MISCF = new Pb840Layout("MISCF,%,169 ,", 'f', read("pb840-miscf.tsv"));

  /** The answer to SNDA: 97 fields, 706 bytes between STX and ETX. */
  static final Pb840Layout MISCA = new Pb840Layout("MISCA,%,97,", 'a', read("pb840-misca.tsv"));

  static final int FIRST_FIELD = 5;
  private static final String NONE = "-";
  private static final int COLUMNS = 6;

  /**
   * One field.
   *
   * @param text of a fresh device, empty when blank; in MISCA {@code =N} takes field N of MISCF
   */
  record Field(int number, int width, String kind, String unit, String name, String text) {

    boolean isAlarm() {
      return kind.equals("alarm");
    }

    private static Field of(String row) {
      String[] cells = row.split("\t", -1);
      if (cells.length != COLUMNS) throw new IllegalStateException("bad row: " + row);
      String text = cells[5].equals(NONE) ? "" : cells[5];
      int number = Integer.parseInt(cells[0]);
      return new Field(number, Integer.parseInt(cells[1]), cells[2], cells[3], cells[4], text);
    }
  }

  Pb840Layout {
    fields = List.copyOf(fields);
  }

  Field field(int number) {
    return fields.get(number - FIRST_FIELD);
  }

  boolean has(int number) {
    return number >= FIRST_FIELD && number < FIRST_FIELD + fields.size();
  }

  String key(Field field) {
    return letter + Integer.toString(field.number);
  }

  /** Bytes strictly between STX and ETX. */
  int bodyBytes() {
    return fields.stream().mapToInt(field -> field.width + 1).sum();
  }

  /** The whole answer; {@code declaredBytes} is what its head states, right or wrong. */
  byte[] compose(int declaredBytes, Function<Field, String> texts) {
    StringBuilder answer = new StringBuilder();
    answer.append(head.replace("%", Integer.toString(declaredBytes))).append('\u0002');
    for (Field field : fields) {
      String text = texts.apply(field);
      if (text.length() > field.width) {
        throw new IllegalStateException(key(field) + " is wider than its field: " + text);
      }
      answer.append(text).repeat(' ', field.width - text.length()).append(',');
    }
    return answer.append('\u0003').append('\r').toString().getBytes(US_ASCII);
  }

  private static List<Field> read(String resource) {
    List<Field> fields = new ArrayList<>();
    InputStream in = Objects.requireNonNull(Pb840Layout.class.getResourceAsStream(resource));
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, US_ASCII))) {
      reader.lines().filter(row -> !row.startsWith("#")).map(Field::of).forEach(fields::add);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return fields;
  }
}
