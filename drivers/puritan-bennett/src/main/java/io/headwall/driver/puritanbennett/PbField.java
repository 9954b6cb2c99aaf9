package io.headwall.driver.puritanbennett;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading.SettingKind;
import java.util.Set;

/** One field of a report that becomes a reading: a row of {@link MiscfFields}. */
sealed interface PbField {

  Containment VENTILATOR =
      Containment.of(Mdc.DEV_SYS_PT_VENT_MDS, Mdc.DEV_SYS_PT_VENT_VMD, Mdc.DEV_SYS_PT_VENT_CHAN);

  /** As the manual counts them. */
  int number();

  Metric metric();

  /** A measured value. */
  record Measured(int number, Metric metric, PbQuantity quantity) implements PbField {}

  /**
   * The expiratory part x of the measured 1:x, which the ventilator says a second time as text.
   *
   * @param textNumber the field that holds {@code 1:x}
   */
  record ExpiratoryPart(int number, Metric metric, PbQuantity quantity, int textNumber)
      implements PbField {}

  /** A setting or an alarm limit that is a quantity. */
  record Quantity(int number, Metric metric, PbQuantity quantity, SettingKind kind)
      implements PbField {}

  /**
   * A setting that is a word.
   *
   * @param known every word that a source names; empty where the sources name none
   */
  record Word(int number, Metric metric, Set<String> known) implements PbField {}

  /** The state of an alarm. */
  record AlarmWord(int number, Metric metric) implements PbField {}

  /** What is no setting and has no unit that a source would name: sent as the text that it is. */
  record Phrase(int number, Metric metric) implements PbField {}

  static PbField measured(int number, Code code, PbQuantity quantity) {
    return new Measured(number, metric(code, quantity), quantity);
  }

  static PbField expiratoryPart(int number, Code code, int textNumber) {
    PbQuantity quantity = PbQuantity.RATIO;
    return new ExpiratoryPart(number, metric(code, quantity), quantity, textNumber);
  }

  static PbField setting(int number, Code code, PbQuantity quantity) {
    return new Quantity(number, metric(code, quantity), quantity, SettingKind.SETTING);
  }

  static PbField high(int number, Code code, PbQuantity quantity) {
    return new Quantity(number, metric(code, quantity), quantity, SettingKind.LIMIT_HIGH);
  }

  static PbField low(int number, Code code, PbQuantity quantity) {
    return new Quantity(number, metric(code, quantity), quantity, SettingKind.LIMIT_LOW);
  }

  static PbField word(int number, Code code, String... known) {
    return new Word(number, Metric.unitless(code, VENTILATOR), Set.of(known));
  }

  static PbField alarm(int number, Code code) {
    return new AlarmWord(number, Metric.unitless(code, VENTILATOR));
  }

  static PbField phrase(int number, Code code) {
    return new Phrase(number, Metric.unitless(code, VENTILATOR));
  }

  private static Metric metric(Code code, PbQuantity quantity) {
    return new Metric(code, quantity.unit(), VENTILATOR);
  }
}
