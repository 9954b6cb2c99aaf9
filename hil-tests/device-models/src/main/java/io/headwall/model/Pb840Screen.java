package io.headwall.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Puritan Bennett model shows in each field: its settings, its patient's measured values,
 * alarms, and what was ordered over them.
 */
final class Pb840Screen {

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> ALARM_WORDS =
      List.of("OFF", "NORMAL", "LOW", "MEDIUM", "HIGH", "RESET");
  private static final int MEASURED_FIRST = 69;
  private static final int MEASURED_LAST = 104;

  /** Fields in which the one 980 answer that is described differs from the 840's. */
  private static final Map<Integer, String> FIELDS_980 =
      Map.ofEntries(
          Map.entry(146, ""),
          Map.entry(147, ""),
          Map.entry(148, ""),
          Map.entry(149, ""),
          Map.entry(150, ""),
          Map.entry(151, ""),
          Map.entry(152, ""),
          Map.entry(153, ""),
          Map.entry(154, "0.045"),
          Map.entry(156, "OFF"),
          Map.entry(160, "NORMAL"),
          Map.entry(163, "0.400"),
          Map.entry(164, "1.900"),
          Map.entry(172, "BREATH"));

  private final Pb840Model.Variant variant;
  private final LocalDateTime clock;
  private final Pb840Patient patient;
  private final Map<Integer, String> ordered = new HashMap<>();
  private boolean standby;
  private int declaredBytes = -1;
  private long onSinceNs;

  Pb840Screen(Pb840Model.Variant variant, LocalDateTime clock, Pb840Patient patient) {
    this.variant = variant;
    this.clock = clock;
    this.patient = patient;
  }

  void onPowerOn(long nowNs) {
    onSinceNs = nowNs;
    patient.onPowerOn(nowNs);
  }

  byte[] compose(Pb840Layout layout, long nowNs) {
    Map<Integer, String> shown = shown(nowNs);
    int declared = declaredBytes < 0 ? layout.bodyBytes() : declaredBytes;
    return layout.compose(declared, field -> text(layout, field, shown));
  }

  /** Every field that shows something, and those that would if no order had blanked them. */
  List<Saying> sayings(Pb840Layout layout, long nowNs) {
    Map<Integer, String> shown = shown(nowNs);
    Map<Integer, String> plain = plain(nowNs);
    List<Saying> sayings = new ArrayList<>();
    for (Pb840Layout.Field field : layout.fields()) {
      String text = text(layout, field, shown);
      if (text.isEmpty() && text(layout, field, plain).isEmpty()) continue;
      sayings.add(new Saying(layout.key(field), text, field.unit()));
    }
    return sayings;
  }

  private static String text(
      Pb840Layout layout, Pb840Layout.Field field, Map<Integer, String> miscf) {
    if (layout.letter() == Pb840Layout.MISCF.letter())
      return miscf.getOrDefault(field.number(), field.text());
    if (!field.text().startsWith("=")) return field.text();
    Pb840Layout.Field source = Pb840Layout.MISCF.field(Integer.parseInt(field.text().substring(1)));
    String text = miscf.getOrDefault(source.number(), source.text());
    if (field.isAlarm()) return alarmWord(text);
    return field.name().equals("mode") ? modeWord(text) : text;
  }

  /** SNDA knows alarm words without a priority. */
  private static String alarmWord(String word) {
    return switch (word) {
      case "LOW", "MEDIUM", "HIGH" -> "ALARM";
      case "OFF" -> "NORMAL";
      default -> word;
    };
  }

  /** SNDA has older names for two of the modes. */
  private static String modeWord(String word) {
    return switch (word) {
      case "A/C" -> "CMV";
      case "SPONT" -> "CPAP";
      default -> word;
    };
  }

  private Map<Integer, String> plain(long nowNs) {
    LocalDateTime now = clock.plus(Duration.ofNanos(nowNs - onSinceNs));
    Map<Integer, String> texts = new HashMap<>(patient.measured(nowNs));
    texts.put(5, twoDigits(now.getHour()) + ":" + twoDigits(now.getMinute()));
    String month = MONTHS.get(now.getMonthValue() - 1);
    texts.put(7, month + " " + twoDigits(now.getDayOfMonth()) + " " + now.getYear());
    switch (variant) {
      case PB840 -> texts.put(6, "840 0000000001");
      case PB980 -> {
        texts.putAll(FIELDS_980);
        texts.put(6, "980 SIM0000001");
      }
    }
    return texts;
  }

  private Map<Integer, String> shown(long nowNs) {
    Map<Integer, String> texts = plain(nowNs);
    if (standby) {
      for (int f = MEASURED_FIRST; f <= MEASURED_LAST; f++) texts.put(f, "");
    }
    texts.putAll(ordered);
    return texts;
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  boolean order(long nowNs, Order order) {
    return switch (order.name()) {
      case "alarm" -> alarm(order);
      case "set" -> order.args().size() > 1 && show(order.arg(0, ""), rest(order));
      case "dashes" -> showAll(order, "f71", "----");
      case "blank" -> showAll(order, "f77", "");
      case "clear" -> clear(order);
      case "standby" -> standby(Numbers.onOff(order.arg(0, "")));
      case "body-count" -> bodyCount(order);
      case "ramp" -> Numbers.ramp(nowNs, order, patient.vital(order.arg(0, "")));
      default -> false;
    };
  }

  private static String rest(Order order) {
    return String.join(" ", order.args().subList(1, order.args().size()));
  }

  private boolean alarm(Order order) {
    int number = number(order.arg(0, ""));
    String word = order.arg(1, "");
    if (number < 0 || !Pb840Layout.MISCF.field(number).isAlarm()) return false;
    if (!ALARM_WORDS.contains(word)) return false;
    ordered.put(number, word);
    return true;
  }

  private boolean showAll(Order order, String otherwise, String text) {
    List<String> keys = order.args().isEmpty() ? List.of(otherwise) : order.args();
    if (keys.stream().anyMatch(key -> number(key) < 0)) return false;
    return keys.stream().allMatch(key -> show(key, text));
  }

  private boolean show(String key, String text) {
    int number = number(key);
    if (number < 0 || text.length() > Pb840Layout.MISCF.field(number).width()) return false;
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != ',')) return false;
    ordered.put(number, text);
    return true;
  }

  private boolean clear(Order order) {
    if (order.args().stream().anyMatch(key -> number(key) < 0)) return false;
    if (order.args().isEmpty()) ordered.clear();
    order.args().forEach(key -> ordered.remove(number(key)));
    return true;
  }

  private boolean standby(Optional<Boolean> on) {
    on.ifPresent(value -> standby = value);
    return on.isPresent();
  }

  private boolean bodyCount(Order order) {
    int count = Numbers.count(order.arg(0, "1226"), 9999);
    if (count >= 0) declaredBytes = count == Pb840Layout.MISCF.bodyBytes() ? -1 : count;
    return count >= 0;
  }

  /** The number in {@code f71}; -1 when it names no field of the SNDF answer. */
  private static int number(String key) {
    if (!key.startsWith("f")) return -1;
    int number = Numbers.count(key.substring(1), 999);
    return Pb840Layout.MISCF.has(number) ? number : -1;
  }
}
