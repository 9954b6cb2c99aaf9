package io.headwall.driver.puritanbennett;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.Alarm;
import io.headwall.spi.reading.Reading.AlarmPriority;
import io.headwall.spi.reading.Reading.AlarmState;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.spi.reading.Reading.Setting;
import io.headwall.spi.reading.Reading.SettingKind;
import io.headwall.spi.reading.Reading.Text;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers of a Puritan Bennett 840 or 980 to readings. Pure. */
final class PbMapping {

  static final String MANUFACTURER = "Puritan Bennett";
  static final String MODEL_980 = "980";

  private static final Metric MODE = Metric.unitless(Mdc.VENT_MODE, PbField.VENTILATOR);

  private static final Pattern IDENTITY = Pattern.compile("(840|980)(?: ([A-Z0-9-]{1,14}))?");
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.%<>+-][A-Za-z0-9 ./:%()+_-]*");
  private static final Pattern DASHES = Pattern.compile("-{2,}|\\*{2,}");
  private static final Pattern ONE_TO = Pattern.compile("1:(\\d+(\\.\\d*)?)");
  private static final Pattern TIME = Pattern.compile("(\\d\\d):(\\d\\d)");
  private static final Pattern DATE = Pattern.compile("([A-Z]{3}) (\\d\\d) (\\d{4})");
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private final PbLine.Answer answer;
  private final long measuredNs;
  private final List<Reading> readings = new ArrayList<>();
  private final List<String> unfit = new ArrayList<>();
  private final Set<Integer> knownWords = new HashSet<>();

  /**
   * What an answer says.
   *
   * @param readings in the order of the fields
   * @param unfit one reason for each field whose content is not of its type
   */
  record Said(List<Reading> readings, List<String> unfit) {}

  private PbMapping(PbLine.Answer answer) {
    this.answer = answer;
    this.measuredNs = answer.firstByteNs();
  }

  /** All that an answer of this model says. */
  static Said said(PbLine.Answer answer, DeviceIdentity device) {
    PbMapping mapping = new PbMapping(answer);
    for (PbField field : rows(answer.report(), device.model())) mapping.add(field);
    mapping.modeInOneText();
    return new Said(List.copyOf(mapping.readings), List.copyOf(mapping.unfit));
  }

  /** Who answers, by field 6: model and serial number; empty where it is not well-formed. */
  static Optional<DeviceIdentity> device(PbLine.Answer answer) {
    Matcher m = IDENTITY.matcher(answer.field(PbReport.IDENTITY_FIELD));
    if (!m.matches()) return Optional.empty();
    return Optional.of(
        new DeviceIdentity(
            MANUFACTURER, m.group(1), m.group(2), null, "", Mdc.DEV_SYS_PT_VENT_MDS));
  }

  /** What the ventilator's clock shows, to the minute; empty where it is no date and time. */
  static Optional<LocalDateTime> clock(PbLine.Answer answer) {
    Matcher time = TIME.matcher(answer.field(PbReport.TIME_FIELD));
    Matcher date = DATE.matcher(answer.field(answer.report().dateField()));
    if (!time.matches() || !date.matches()) return Optional.empty();
    int month = MONTHS.indexOf(date.group(1)) + 1;
    try {
      return Optional.of(
          LocalDateTime.of(
              Integer.parseInt(date.group(3)),
              month,
              Integer.parseInt(date.group(2)),
              Integer.parseInt(time.group(1)),
              Integer.parseInt(time.group(2))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<PbField> rows(PbReport report, String model) {
    return switch (report) {
      case MISCF -> model.equals(MODEL_980) ? MiscfFields.OF_980 : MiscfFields.OF_840;
      case MISCA -> MiscaFields.ALL;
    };
  }

  private void add(PbField field) {
    String text = answer.field(field.number());
    switch (field) {
      case PbField.Measured f -> readings.add(numeric(f.metric(), f.quantity(), text));
      case PbField.ExpiratoryPart f -> readings.add(expiratoryPart(f, text));
      case PbField.Quantity f -> readings.add(quantity(f, text));
      case PbField.Word f -> readings.add(word(f, text));
      case PbField.AlarmWord f -> alarm(f, text);
      case PbField.Phrase f -> phrase(f, text);
    }
  }

  private Numeric numeric(Metric metric, PbQuantity quantity, String text) {
    Quality absent = absence(text);
    if (absent != null) return Numeric.absent(metric, measuredNs, absent);
    Decimal value = number(text);
    if (value == null) return Numeric.absent(metric, measuredNs, unfit("number"));
    return new Numeric(
        metric, measuredNs, value.movePointRight(quantity.pointRight()), quality(quantity, value));
  }

  /**
   * The same number stands in two fields: where they differ, one is damaged, and nobody knows
   * which.
   */
  private Numeric expiratoryPart(PbField.ExpiratoryPart field, String text) {
    String ratio = answer.field(field.textNumber());
    Decimal value = number(text);
    if (value != null && absence(ratio) == null) {
      Matcher m = ONE_TO.matcher(ratio);
      Decimal again = m.matches() ? number(m.group(1)) : null;
      if (again == null || !agree(value, again)) {
        return Numeric.absent(field.metric(), measuredNs, unfit("ratio"));
      }
    }
    return numeric(field.metric(), field.quantity(), text);
  }

  /** Whether two numbers are the same but for rounding to the fewer digits of the two. */
  private static boolean agree(Decimal a, Decimal b) {
    Decimal step = Decimal.of(1, Math.min(a.scale(), b.scale()));
    return a.toBigDecimal().subtract(b.toBigDecimal()).abs().compareTo(step.toBigDecimal()) < 0;
  }

  private Setting quantity(PbField.Quantity field, String text) {
    Metric metric = field.metric();
    SettingKind kind = field.kind();
    Quality absent = absence(text);
    if (absent != null) return Setting.absent(metric, measuredNs, kind, absent);
    Decimal value = number(text);
    if (value == null) return Setting.absent(metric, measuredNs, kind, unfit("number"));
    PbQuantity quantity = field.quantity();
    Decimal sent = value.movePointRight(quantity.pointRight());
    return new Setting(metric, measuredNs, kind, sent, null, quality(quantity, value));
  }

  private Setting word(PbField.Word field, String text) {
    if (text.isEmpty() || DASHES.matcher(text).matches()) {
      return Setting.absent(field.metric(), measuredNs, SettingKind.SETTING, Quality.NOT_AVAILABLE);
    }
    if (!WORD.matcher(text).matches()) {
      return Setting.absent(field.metric(), measuredNs, SettingKind.SETTING, unfit("word"));
    }
    boolean known = field.known().contains(text);
    if (known) knownWords.add(field.number());
    Quality quality = known || field.known().isEmpty() ? Quality.VALID : Quality.OUT_OF_RANGE;
    return new Setting(field.metric(), measuredNs, SettingKind.SETTING, null, text, quality);
  }

  private void alarm(PbField.AlarmWord field, String text) {
    if (text.isEmpty() || DASHES.matcher(text).matches()) return;
    switch (text) {
      case "NORMAL", "OFF" -> alarm(field, AlarmState.INACTIVE, AlarmPriority.UNSTATED, text);
      case "LOW" -> alarm(field, AlarmState.ACTIVE, AlarmPriority.LOW, text);
      case "MEDIUM" -> alarm(field, AlarmState.ACTIVE, AlarmPriority.MEDIUM, text);
      case "HIGH" -> alarm(field, AlarmState.ACTIVE, AlarmPriority.HIGH, text);
      case "ALARM" -> alarm(field, AlarmState.ACTIVE, AlarmPriority.UNSTATED, text);
      case "RESET" -> alarm(field, AlarmState.RESET, AlarmPriority.UNSTATED, text);
      default -> unfit("alarm-word");
    }
  }

  private void alarm(
      PbField.AlarmWord field, AlarmState state, AlarmPriority priority, String text) {
    readings.add(new Alarm(field.metric(), measuredNs, state, priority, text));
  }

  private void phrase(PbField.Phrase field, String text) {
    if (text.isEmpty() || DASHES.matcher(text).matches()) return;
    if (WORD.matcher(text).matches()) readings.add(new Text(field.metric(), measuredNs, text));
    else unfit("text");
  }

  /**
   * Mode, mandatory type and spontaneous type in one; in A/C there are no spontaneous breaths. A
   * text carries no mark of doubt, so it is made of known words only.
   */
  private void modeInOneText() {
    String mode = answer.field(PbReport.MODE_FIELD);
    if (mode.isEmpty()) return;
    int last =
        switch (answer.report()) {
          case MISCF -> PbReport.MODE_FIELD + (mode.equals("A/C") ? 1 : 2);
          case MISCA -> PbReport.MODE_FIELD;
        };
    List<String> parts = new ArrayList<>();
    for (int i = PbReport.MODE_FIELD; i <= last; i++) {
      String part = answer.field(i);
      if (part.isEmpty()) continue;
      if (!knownWords.contains(i)) return;
      parts.add(part);
    }
    readings.add(new Text(MODE, measuredNs, String.join(" ", parts)));
  }

  private Quality unfit(String reason) {
    unfit.add(reason);
    return Quality.UNREADABLE;
  }

  private static Quality quality(PbQuantity quantity, Decimal value) {
    return quantity.plausible().holds(value) ? Quality.VALID : Quality.OUT_OF_RANGE;
  }

  private static @Nullable Quality absence(String text) {
    if (text.isEmpty() || DASHES.matcher(text).matches()) return Quality.NOT_AVAILABLE;
    return text.equals("OFF") ? Quality.OFF : null;
  }

  private static @Nullable Decimal number(String text) {
    return NUMBER.matcher(text).matches() ? Decimal.parse(text) : null;
  }
}
