package io.headwall.format;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of RFC 8428 that this contract uses, with their CBOR numbers (section 6, table 4), and
 * the extension fields, which keep their name in CBOR. A name that ends in {@code _} must be
 * understood (section 4.4).
 */
enum Label {
  BASE_NAME("bn", -2),
  BASE_TIME("bt", -3),
  NAME("n", 0),
  UNIT("u", 1),
  VALUE("v", 2),
  STRING("vs", 3),
  TIME("t", 6),
  DATA("vd", 8),

  // Of the message: on its first record.
  EPOCH("epoch"),
  LANE("lane"),
  HISTORY("history_"),
  TIME_QUALITY("tq_"),

  // Of a record.
  SEQ("seq"),
  MONO("mono"),
  MONO_ONLY("mono_"),
  QUALITY("q_"),
  ALARM("alarm_"),
  PRIORITY("priority"),
  SPAN("span"),
  DETAIL("detail"),
  PERIOD("period_"),
  STEP("step_"),
  OFFSET("offset_"),
  COUNT("count_"),
  HOW("how_"),
  OF_EPOCH("of_epoch_"),
  OF_LANE("of_lane_"),
  FIRST("first_"),
  LAST("last_"),
  SINCE("since"),
  UNTIL("until");

  /** The CBOR number of a label that has none. */
  private static final int TEXT_ONLY = Integer.MIN_VALUE;

  private static final Map<String, Label> BY_TEXT = new HashMap<>();
  private static final Map<String, Label> BY_NUMBER = new HashMap<>();

  static {
    for (Label label : values()) {
      BY_TEXT.put(label.text, label);
      if (label.numbered()) BY_NUMBER.put(Integer.toString(label.number), label);
    }
  }

  private final String text;
  private final int number;

  Label(String text) {
    this(text, TEXT_ONLY);
  }

  Label(String text, int number) {
    this.text = text;
    this.number = number;
  }

  String text() {
    return text;
  }

  boolean numbered() {
    return number != TEXT_ONLY;
  }

  int number() {
    return number;
  }

  /** The label as it stands in a message of this encoding; null for one that we do not know. */
  static @Nullable Label read(String field, SenmlEncoding encoding) {
    if (encoding == SenmlEncoding.JSON) return BY_TEXT.get(field);
    Label numbered = BY_NUMBER.get(field);
    if (numbered != null) return numbered;
    Label named = BY_TEXT.get(field);
    return named != null && named.numbered() ? null : named;
  }
}
