package io.headwall.driver.puritanbennett;

import static io.headwall.driver.puritanbennett.PbField.alarm;
import static io.headwall.driver.puritanbennett.PbField.expiratoryPart;
import static io.headwall.driver.puritanbennett.PbField.high;
import static io.headwall.driver.puritanbennett.PbField.low;
import static io.headwall.driver.puritanbennett.PbField.measured;
import static io.headwall.driver.puritanbennett.PbField.phrase;
import static io.headwall.driver.puritanbennett.PbField.setting;
import static io.headwall.driver.puritanbennett.PbField.word;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Mdc;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a MISCF report that become readings. Not here: 5 and 7 (the ventilator's clock), 6
 * (who it is), 76 (field 75 as text), and 101 and 160 to 173, which no source explains.
 */
final class MiscfFields {

  private static final int TECHNICAL_FIRST = 137;
  private static final int TECHNICAL_LAST = 153;
  private static final int HIGH_ETCO2_FIELD = 153;

  /** Rows in the order of the report. */
  static final List<PbField> OF_840 =
      join(settings(), limits(), moreSettings(), measuredValues(), rest());

  /** The 980 says something else in three places. */
  static final List<PbField> OF_980 = of980();

  private MiscfFields() {}

  private static List<PbField> settings() {
    return List.of(
        word(8, x("vent-type-setting"), "INVASIVE", "NIV"),
        word(9, Mdc.VENT_MODE_SETTING, "A/C", "SIMV", "SPONT", "BILEVL", "CPAP"),
        word(10, x("mandatory-type-setting"), "PC", "VC", "VC+"),
        word(11, x("spontaneous-type-setting"), "NONE", "PS", "TC", "VS", "PA"),
        word(12, x("trigger-type-setting"), "V-Trig", "P-Trig"),
        setting(13, Mdc.VENT_RESP_BTSD_AZC_RATE_SETTING, PbQuantity.RATE),
        setting(14, Mdc.VENT_VOL_TIDAL_SETTING, PbQuantity.LITRES),
        setting(15, x("peak-flow-setting"), PbQuantity.FLOW),
        setting(16, Mdc.CONC_GASDLV_O2_INSP_SETTING, PbQuantity.OXYGEN),
        setting(17, Mdc.VENT_PRESS_TRIG_SENS, PbQuantity.PRESSURE),
        setting(18, Mdc.VENT_PRESS_AWAY_END_EXP_POS_SETTING, PbQuantity.PRESSURE),
        setting(19, x("plateau-time-setting"), PbQuantity.SECONDS),
        setting(20, Mdc.TIME_PD_APNEA_SETTING, PbQuantity.SECONDS),
        setting(21, x("apnea-tidal-volume-setting"), PbQuantity.LITRES),
        setting(22, x("apnea-respiratory-rate-setting"), PbQuantity.RATE),
        setting(23, x("apnea-peak-flow-setting"), PbQuantity.FLOW),
        setting(24, x("apnea-oxygen-setting"), PbQuantity.OXYGEN),
        setting(25, x("apnea-inspiratory-pressure-setting"), PbQuantity.PRESSURE),
        setting(26, x("apnea-inspiratory-time-setting"), PbQuantity.SECONDS),
        word(27, x("apnea-flow-pattern-setting")),
        word(28, x("apnea-mandatory-type-setting"), "PC", "VC"),
        setting(29, x("apnea-ie-inspiratory-part-setting"), PbQuantity.RATIO),
        setting(30, x("apnea-ie-expiratory-part-setting"), PbQuantity.RATIO),
        setting(31, x("pressure-support-setting"), PbQuantity.PRESSURE),
        word(32, x("flow-pattern-setting")),
        word(33, x("increased-oxygen-setting")));
  }

  private static List<PbField> limits() {
    return List.of(
        high(34, Mdc.PRESS_AWAY_INSP_MAX, PbQuantity.PRESSURE),
        low(35, Mdc.PRESS_AWAY_INSP_MAX, PbQuantity.PRESSURE),
        high(36, Mdc.VOL_MINUTE_AWAY, PbQuantity.MINUTE_VOLUME),
        low(37, Mdc.VOL_MINUTE_AWAY, PbQuantity.MINUTE_VOLUME),
        high(38, Mdc.VOL_AWAY_TIDAL_EXP_BTSD_AZC, PbQuantity.MILLILITRES),
        low(39, Mdc.VOL_AWAY_TIDAL_EXP_BTSD_AZC, PbQuantity.MILLILITRES),
        high(40, Mdc.VOL_AWAY_TIDAL_EXP_BTSD_PS, PbQuantity.MILLILITRES),
        low(41, Mdc.VOL_AWAY_TIDAL_EXP_BTSD_PS, PbQuantity.MILLILITRES),
        high(42, Mdc.VENT_RESP_RATE, PbQuantity.RATE),
        high(43, Mdc.VENT_VOL_TIDAL_INSP, PbQuantity.MILLILITRES));
  }

  private static List<PbField> moreSettings() {
    return List.of(
        setting(44, x("base-flow-setting"), PbQuantity.FLOW),
        setting(45, x("flow-trigger-setting"), PbQuantity.FLOW),
        setting(46, x("pressure-control-inspiratory-pressure-setting"), PbQuantity.PRESSURE),
        setting(47, x("inspiratory-time-setting"), PbQuantity.SECONDS),
        setting(48, Mdc.TIME_PD_INSP_NORMALIZED_SETTING, PbQuantity.RATIO),
        setting(49, Mdc.TIME_PD_EXP_NORMALIZED_SETTING, PbQuantity.RATIO),
        word(50, x("constant-during-rate-change-setting")),
        setting(51, x("tube-diameter-setting"), PbQuantity.DIAMETER),
        word(52, Mdc.TUBE_TYPE),
        word(53, x("humidification-type-setting")),
        setting(54, x("humidifier-volume-setting"), PbQuantity.LITRES),
        word(55, x("oxygen-sensor-setting")),
        setting(56, x("disconnect-sensitivity-setting"), PbQuantity.PERCENT),
        setting(57, x("rise-time-setting"), PbQuantity.PERCENT),
        setting(58, x("proportional-assist-setting"), PbQuantity.PERCENT),
        // Per cent or L/min by the spontaneous type; no source says how the report tells them
        // apart.
        word(59, x("expiratory-sensitivity-setting")),
        setting(60, x("ideal-body-weight-setting"), PbQuantity.WEIGHT),
        setting(61, x("target-support-volume-setting"), PbQuantity.LITRES),
        setting(62, Mdc.VENT_PRESS_AWAY_INSP_PHIGH_SETTING, PbQuantity.PRESSURE),
        setting(63, Mdc.VENT_PRESS_AWAY_EXP_PLOW_SETTING, PbQuantity.PRESSURE),
        setting(64, Mdc.VENT_TIME_PD_INSP_THIGH_SETTING, PbQuantity.SECONDS),
        setting(65, x("high-spontaneous-inspiratory-time-setting"), PbQuantity.SECONDS),
        word(66, x("circuit-type-setting")),
        setting(67, Mdc.VENT_TIME_PD_EXP_TLOW_SETTING, PbQuantity.SECONDS),
        setting(68, x("expiratory-time-setting"), PbQuantity.SECONDS));
  }

  private static List<PbField> measuredValues() {
    return List.of(
        measured(69, Mdc.PRESS_AWAY_INSP_END, PbQuantity.PRESSURE),
        measured(70, Mdc.VENT_RESP_RATE, PbQuantity.RATE),
        measured(71, Mdc.VOL_AWAY_TIDAL, PbQuantity.LITRES),
        measured(72, Mdc.VOL_MINUTE_AWAY, PbQuantity.MINUTE_VOLUME),
        measured(73, Mdc.PRESS_AWAY_INSP_MAX, PbQuantity.PRESSURE),
        measured(74, Mdc.PRESS_AWAY_MEAN, PbQuantity.PRESSURE),
        expiratoryPart(75, Mdc.TIME_PD_EXP_NORMALIZED, 76),
        measured(77, Mdc.CONC_AWAY_O2_INSP, PbQuantity.OXYGEN),
        measured(78, Mdc.VENT_VOL_TIDAL_INSP, PbQuantity.LITRES),
        measured(79, Mdc.PRESS_AWAY_END_EXP_POS_INTRINSIC, PbQuantity.PRESSURE),
        measured(80, x("proportional-assist-total-resistance"), PbQuantity.RESISTANCE),
        measured(81, x("proportional-assist-patient-resistance"), PbQuantity.RESISTANCE),
        measured(82, x("proportional-assist-elastance"), PbQuantity.ELASTANCE),
        measured(83, x("proportional-assist-compliance"), PbQuantity.COMPLIANCE),
        phrase(84, x("normalized-rapid-shallow-breathing-index")),
        measured(85, Mdc.RESP_RAPID_SHALLOW_BREATHING_INDEX, PbQuantity.RATE_PER_LITRE),
        measured(86, x("spontaneous-inspiratory-time-ratio"), PbQuantity.FRACTION),
        measured(87, Mdc.VENT_PRESS_AWAY_END_EXP_POS, PbQuantity.PRESSURE),
        measured(88, Mdc.TIME_PD_INSP_BTSD_PS, PbQuantity.SECONDS),
        measured(89, Mdc.VOL_MINUTE_AWAY_EXP_BTSD_PS, PbQuantity.MINUTE_VOLUME),
        measured(90, x("expiratory-pause-intrinsic-peep"), PbQuantity.PRESSURE),
        measured(91, Mdc.PRESS_AWAY_END_EXP_POS_TOTAL, PbQuantity.PRESSURE),
        measured(92, Mdc.COMPL_LUNG_STATIC, PbQuantity.COMPLIANCE),
        measured(93, x("static-airway-resistance"), PbQuantity.RESISTANCE),
        measured(94, Mdc.VENT_PRESS_RESP_PLAT, PbQuantity.PRESSURE),
        alarm(95, x("alarm-high-spontaneous-inspiratory-time")),
        measured(96, Mdc.COMPL_LUNG_DYNAMIC, PbQuantity.COMPLIANCE),
        measured(97, Mdc.RES_AWAY_DYNAMIC, PbQuantity.RESISTANCE),
        measured(98, x("peak-spontaneous-flow"), PbQuantity.FLOW),
        measured(99, Mdc.FLOW_AWAY_EXP_MAX, PbQuantity.FLOW),
        measured(100, x("end-expiratory-flow"), PbQuantity.FLOW),
        measured(102, Mdc.VENT_PRESS_OCCL_NIF, PbQuantity.PRESSURE),
        measured(103, Mdc.VENT_PRESS_OCCL_P100MS, PbQuantity.PRESSURE),
        measured(104, Mdc.CAPAC_VITAL, PbQuantity.LITRES));
  }

  private static List<PbField> rest() {
    List<PbField> rows = new ArrayList<>();
    rows.add(phrase(105, Mdc.EVT_STAT_AL_SILENCE));
    rows.addAll(alarms());
    for (int i = TECHNICAL_FIRST; i <= TECHNICAL_LAST; i++) {
      int a = 5 * (i - TECHNICAL_FIRST + 1);
      rows.add(alarm(i, x("alarm-technical-malfunction-a" + a)));
    }
    rows.add(measured(154, Mdc.VOL_AWAY_TIDAL_EXP_BTSD_PS, PbQuantity.LITRES));
    rows.add(measured(155, x("total-work-of-breathing"), PbQuantity.WORK));
    rows.add(word(156, x("leak-compensation-setting")));
    rows.add(measured(157, Mdc.VENT_VOL_LEAK_PERCENT, PbQuantity.PERCENT));
    rows.add(phrase(158, x("leak-at-peep")));
    rows.add(phrase(159, x("inspiratory-leak-volume")));
    return List.copyOf(rows);
  }

  private static List<PbField> alarms() {
    return List.of(
        alarm(106, x("alarm-apnea-ventilation")),
        alarm(107, x("alarm-high-exhaled-minute-volume")),
        alarm(108, x("alarm-high-exhaled-tidal-volume")),
        alarm(109, x("alarm-high-oxygen")),
        alarm(110, x("alarm-high-circuit-pressure")),
        alarm(111, x("alarm-high-ventilator-pressure")),
        alarm(112, x("alarm-high-respiratory-rate")),
        alarm(113, x("alarm-ac-power-loss")),
        alarm(114, x("alarm-inoperative-battery")),
        alarm(115, Mdc.EVT_BATT_LO),
        alarm(116, x("alarm-loss-of-power")),
        alarm(117, x("alarm-low-exhaled-mandatory-tidal-volume")),
        alarm(118, x("alarm-low-exhaled-minute-volume")),
        alarm(119, x("alarm-low-exhaled-spontaneous-tidal-volume")),
        alarm(120, x("alarm-low-oxygen")),
        alarm(121, x("alarm-low-air-supply")),
        alarm(122, Mdc.EVT_O2_SUPPLY_LO),
        alarm(123, x("alarm-compressor-inoperative")),
        alarm(124, x("alarm-disconnect")),
        alarm(125, x("alarm-severe-occlusion")),
        alarm(126, x("alarm-inspiration-too-long")),
        alarm(127, x("alarm-procedure-error")),
        alarm(128, x("alarm-compliance-limited-tidal-volume")),
        alarm(129, x("alarm-high-inspired-spontaneous-tidal-volume")),
        alarm(130, x("alarm-high-inspired-mandatory-tidal-volume")),
        alarm(131, x("alarm-high-compensation-pressure")),
        alarm(132, x("alarm-proportional-assist-startup-too-long")),
        alarm(133, x("alarm-proportional-assist-not-assessed")),
        alarm(134, x("alarm-volume-not-delivered-vc")),
        alarm(135, x("alarm-volume-not-delivered-vs")),
        alarm(136, x("alarm-low-circuit-pressure")));
  }

  private static List<PbField> of980() {
    List<PbField> rows = new ArrayList<>(OF_840);
    PbField highEtco2 = alarm(HIGH_ETCO2_FIELD, x("alarm-high-etco2"));
    rows.replaceAll(row -> row.number() == HIGH_ETCO2_FIELD ? highEtco2 : row);
    rows.add(alarm(160, x("alarm-proximal-flow-inoperative")));
    // The unit is the one that the screen is set to, and the report does not name it.
    rows.add(phrase(161, x("etco2-in-unit-of-screen")));
    return List.copyOf(rows);
  }

  private static LocalCode x(String words) {
    return new LocalCode("x-" + words);
  }

  @SafeVarargs
  private static List<PbField> join(List<PbField>... parts) {
    List<PbField> rows = new ArrayList<>();
    for (List<PbField> part : parts) rows.addAll(part);
    return List.copyOf(rows);
  }
}
