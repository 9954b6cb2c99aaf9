package io.headwall.driver.puritanbennett;

import static io.headwall.driver.puritanbennett.PbField.alarm;
import static io.headwall.driver.puritanbennett.PbField.high;
import static io.headwall.driver.puritanbennett.PbField.measured;
import static io.headwall.driver.puritanbennett.PbField.phrase;
import static io.headwall.driver.puritanbennett.PbField.setting;
import static io.headwall.driver.puritanbennett.PbField.word;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of a MISCA report that become readings. Not here: 5 and 8 (the ventilator's clock), 6
 * (who it is), 7 (room), 60 and 62 (a time and a date again), 45 and 46 (limits whose unit no
 * source names), 84 (field 40 again), 101 (field 41 as text), and what is unused.
 */
final class MiscaFields {

  /** Rows in the order of the report. */
  static final List<PbField> ALL =
      Stream.of(settings(), measuredValues(), alarms(), mechanics(), pressureControl())
          .flatMap(List::stream)
          .toList();

  private MiscaFields() {}

  private static List<PbField> settings() {
    return List.of(
        word(9, Mdc.VENT_MODE_SETTING, "CMV", "SIMV", "CPAP", "BILEVL"),
        setting(10, Mdc.VENT_RESP_BTSD_AZC_RATE_SETTING, PbQuantity.RATE),
        setting(11, Mdc.VENT_VOL_TIDAL_SETTING, PbQuantity.LITRES),
        setting(12, x("peak-flow-setting"), PbQuantity.FLOW),
        setting(13, Mdc.CONC_GASDLV_O2_INSP_SETTING, PbQuantity.OXYGEN),
        setting(14, Mdc.VENT_PRESS_TRIG_SENS, PbQuantity.PRESSURE),
        setting(15, Mdc.VENT_PRESS_AWAY_END_EXP_POS_SETTING, PbQuantity.PRESSURE),
        setting(16, x("plateau-time-setting"), PbQuantity.SECONDS),
        setting(21, Mdc.TIME_PD_APNEA_SETTING, PbQuantity.SECONDS),
        setting(22, x("apnea-tidal-volume-setting"), PbQuantity.LITRES),
        setting(23, x("apnea-respiratory-rate-setting"), PbQuantity.RATE),
        setting(24, x("apnea-peak-flow-setting"), PbQuantity.FLOW),
        setting(25, x("apnea-oxygen-setting"), PbQuantity.OXYGEN),
        setting(26, x("pressure-support-setting"), PbQuantity.PRESSURE),
        word(27, x("flow-pattern-setting")),
        word(30, x("increased-oxygen-setting")));
  }

  private static List<PbField> measuredValues() {
    return List.of(
        measured(34, Mdc.VENT_RESP_RATE, PbQuantity.RATE),
        measured(35, Mdc.VOL_AWAY_TIDAL, PbQuantity.LITRES),
        measured(36, Mdc.VOL_MINUTE_AWAY, PbQuantity.MINUTE_VOLUME),
        measured(37, Mdc.VOL_MINUTE_AWAY_EXP_BTSD_PS, PbQuantity.MINUTE_VOLUME),
        measured(38, Mdc.PRESS_AWAY_INSP_MAX, PbQuantity.PRESSURE),
        measured(39, Mdc.PRESS_AWAY_MEAN, PbQuantity.PRESSURE),
        measured(40, Mdc.PRESS_AWAY_INSP_END, PbQuantity.PRESSURE),
        measured(41, Mdc.TIME_PD_EXP_NORMALIZED, PbQuantity.RATIO),
        high(42, Mdc.PRESS_AWAY_INSP_MAX, PbQuantity.PRESSURE),
        high(47, Mdc.VENT_RESP_RATE, PbQuantity.RATE));
  }

  private static List<PbField> alarms() {
    return List.of(
        alarm(48, x("alarm-circuit-pressure")),
        alarm(51, x("alarm-exhaled-tidal-volume")),
        alarm(52, x("alarm-exhaled-minute-volume")),
        alarm(53, x("alarm-respiratory-rate")),
        alarm(54, x("alarm-no-oxygen-supply")),
        alarm(55, x("alarm-no-air-supply")),
        alarm(57, x("alarm-apnea")));
  }

  private static List<PbField> mechanics() {
    return List.of(
        measured(63, Mdc.COMPL_LUNG_STATIC, PbQuantity.COMPLIANCE),
        measured(64, x("static-airway-resistance"), PbQuantity.RESISTANCE),
        measured(65, Mdc.COMPL_LUNG_DYNAMIC, PbQuantity.COMPLIANCE),
        measured(66, Mdc.RES_AWAY_DYNAMIC, PbQuantity.RESISTANCE),
        measured(67, Mdc.VENT_PRESS_OCCL_NIF, PbQuantity.PRESSURE),
        measured(68, Mdc.CAPAC_VITAL, PbQuantity.LITRES),
        measured(69, x("peak-spontaneous-flow"), PbQuantity.FLOW),
        setting(70, x("base-flow-setting"), PbQuantity.FLOW),
        setting(71, x("flow-trigger-setting"), PbQuantity.FLOW));
  }

  private static List<PbField> pressureControl() {
    return List.of(
        setting(85, x("inspiratory-pressure-or-high-peep-setting"), PbQuantity.PRESSURE),
        setting(86, x("inspiratory-time-or-high-peep-time-setting"), PbQuantity.SECONDS),
        setting(87, x("pressure-control-apnea-interval-setting"), PbQuantity.SECONDS),
        setting(88, x("apnea-inspiratory-pressure-setting"), PbQuantity.PRESSURE),
        setting(89, x("pressure-control-apnea-rate-setting"), PbQuantity.RATE),
        setting(90, x("apnea-inspiratory-time-setting"), PbQuantity.SECONDS),
        setting(91, x("pressure-control-apnea-oxygen-setting"), PbQuantity.OXYGEN),
        setting(92, x("apnea-high-circuit-pressure-setting"), PbQuantity.PRESSURE),
        phrase(93, Mdc.EVT_STAT_AL_SILENCE),
        alarm(94, x("alarm-apnea-status")),
        alarm(95, x("alarm-severe-occlusion-or-disconnect")),
        word(96, x("ie-inspiratory-part-word-setting")),
        word(97, x("ie-expiratory-part-word-setting")),
        word(98, x("apnea-ie-inspiratory-part-word-setting")),
        word(99, x("apnea-ie-expiratory-part-word-setting")),
        word(100, x("constant-during-rate-change-setting")));
  }

  private static LocalCode x(String words) {
    return new LocalCode("x-" + words);
  }
}
