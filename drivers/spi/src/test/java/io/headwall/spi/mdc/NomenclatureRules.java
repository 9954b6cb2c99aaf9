package io.headwall.spi.mdc;

import io.headwall.spi.mdc.NomenclatureTable.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every row of the nomenclature by the arithmetic of ISO/IEEE 11073-10101: code =
 * partition * 65536 + term, a setting is its measurement + 2^24, the last five bits of a unit's
 * term are its decimal factor.
 */
final class NomenclatureRules {

  static final int SETTING = 1 << 24;

  private static final int PRIVATE_TERMS = 0xF000;

  /** Two private terms of an old published table, for inbound matching. */
  private static final Set<Integer> PRIVATE_KEPT = Set.of(126977, 126978);

  /** Attributes that the standard keeps among the metrics. */
  private static final Set<Integer> ATTRIBUTES_AMONG_METRICS = Set.of(184195, 184199);

  private static final Set<String> CATEGORIES =
      Set.of(
          "unit",
          "alarm",
          "device",
          "attr",
          "monitor",
          "ventilator",
          "gas",
          "lab",
          "pump",
          "dialysis",
          "mode");
  private static final Set<String> NO_METRICS = Set.of("unit", "alarm", "device", "attr");
  private static final Set<String> CONFIDENCES =
      Set.of("2+ sources", "1 source", "conflict: see note");

  private static final Map<String, Integer> FACTORS =
      Map.ofEntries(
          Map.entry("DECA", 1),
          Map.entry("HECTO", 2),
          Map.entry("KILO", 3),
          Map.entry("MEGA", 4),
          Map.entry("GIGA", 5),
          Map.entry("TERA", 6),
          Map.entry("DECI", 16),
          Map.entry("CENTI", 17),
          Map.entry("MILLI", 18),
          Map.entry("MICRO", 19),
          Map.entry("NANO", 20),
          Map.entry("PICO", 21));

  /** Units whose base has a factor word in its own name, or a factor that it does not name. */
  private static final Map<String, Integer> FACTORS_BY_NAME =
      Map.of("MDC_DIM_CM_H2O", 0, "MDC_DIM_MILLI_L_PER_CM_H2O", 18, "MDC_DIM_KG_PER_M_SQ", 3);

  private static final Map<String, Integer> NODES = Map.of("_MDS", 1, "_VMD", 2, "_CHAN", 3);
  private static final Map<String, Integer> STATISTICS =
      Map.of("_SYS", 1, "_DIA", 2, "_MEAN", 3, "_MAX", 1, "_MIN", 2);

  /** Systemic, not systolic. */
  private static final String SYSTEMIC = "MDC_RES_VASC_SYS";

  /** Pairs of code and reference id that public code has and that are wrong or made up. */
  private static final Set<String> BANNED =
      Set.of(
          "264320 MDC_DIM_MIN",
          "264352 MDC_DIM_MICRO_G_PER_KG_PER_MIN",
          "264819 MDC_DIM_MICRO_G_PER_KG_PER_MIN",
          "264096 MDC_DIM_KG_PER_M_SQ",
          "151708 MDC_VOL_AWAY_TIDAL",
          "151868 MDC_VOL_AWAY_TIDAL_EXP",
          "150020 MDC_PRESS_BLD_NONINV_SYS",
          "160920 MDC_VENT_CONC_AWAY_O2_INSP",
          "153132 MDC_CONC_AWAY_O2_ET",
          "151973 MDC_VENT_PRESS_AWAY_INSP_PEAK",
          "152016 MDC_VENT_CONC_AWAY_O2",
          "151562 MDC_TTHOR_RESP_RATE",
          "196670 MDC_EVT_PUMP_GENERAL_ALARM",
          "196616 MDC_EVT_OCCLUSION",
          "196614 MDC_EVT_AIR_IN_LINE",
          "196618 MDC_EVT_EMPTY",
          "68480 MDC_EVT_ALARM",
          "684800 MDC_ATTR_ALERT_SOURCE",
          "684810 MDC_ATTR_EVENT_PHASE",
          "684820 MDC_ATTR_ALARM_STATE");

  private static final Pattern REFID = Pattern.compile("MDC_[A-Za-z0-9_]+");

  private final Map<Integer, Row> byCode = new HashMap<>();
  private final Map<String, Row> byRefid = new HashMap<>();
  private final List<String> errors = new ArrayList<>();

  private NomenclatureRules() {}

  /** What is wrong, a line each; empty for a good table. */
  static List<String> check(List<Row> rows) {
    NomenclatureRules rules = new NomenclatureRules();
    rules.index(rows);
    for (Row row : rows) rules.check(row);
    return rules.errors;
  }

  private void index(List<Row> rows) {
    int last = 0;
    for (Row row : rows) {
      if (row.code() <= last) error(row, "not in code order, or code twice");
      last = row.code();
      if (byRefid.put(row.refid(), row) != null) error(row, "reference id twice");
      byCode.put(row.code(), row);
    }
  }

  private void check(Row row) {
    Consumer<String> error = text -> error(row, text);
    if (!REFID.matcher(row.refid()).matches()) error.accept("form of the reference id");
    if (!CATEGORIES.contains(row.category())) error.accept("category " + row.category());
    else if (!inRange(row)) error.accept("code outside the range of category " + row.category());
    if ((row.code() & 0xFFFF) >= PRIVATE_TERMS && !PRIVATE_KEPT.contains(row.code())) {
      error.accept("private term");
    }
    if (BANNED.contains(row.code() + " " + row.refid())) error.accept("pair known to be wrong");
    int words = row.label().split(" ", -1).length;
    if (words < 2 || words > 5) error.accept("label is not 2 to 5 words: " + row.label());
    checkSources(row, error);
    checkSetting(row, error);
    checkOffsets(row, error);
    if (row.isUnit()) checkUnit(row, error);
    else checkUnitOf(row, error);
  }

  private static boolean inRange(Row row) {
    int partition = (row.isSetting() ? row.code() - SETTING : row.code()) >> 16;
    String category = row.category();
    if (row.isSetting()) {
      return partition == 2 && !NO_METRICS.contains(category) && !category.equals("mode");
    }
    return switch (category) {
      case "device" -> partition == 1;
      case "alarm" -> partition == 3;
      case "unit" -> partition == 4;
      case "attr" ->
          partition == 1 || partition == 8 || ATTRIBUTES_AMONG_METRICS.contains(row.code());
      default -> partition == 2;
    };
  }

  private static void checkSources(Row row, Consumer<String> error) {
    if (!CONFIDENCES.contains(row.confidence())) error.accept("confidence " + row.confidence());
    long sources = Arrays.stream(row.sources().split("; ", -1)).filter(s -> !s.isEmpty()).count();
    if (sources == 0) error.accept("no source");
    if (row.confidence().equals("2+ sources") && sources < 2) {
      error.accept("says 2+ sources, names " + sources);
    }
    if (row.isConflict() && row.note().isEmpty()) error.accept("conflict without note");
  }

  private void checkSetting(Row row, Consumer<String> error) {
    if (row.isSetting() != row.refid().endsWith("_SETTING")) {
      error.accept("_SETTING and code >= 2^24 go together");
    }
    if (!row.isSetting()) return;
    @Nullable Row base = base(row, "_SETTING");
    if (base != null && base.code() + SETTING != row.code()) {
      error.accept("setting of a measurement with code " + base.code());
    }
    @Nullable Row twin = byCode.get(row.code() - SETTING);
    if (twin != null && !row.isConflict() && !row.refid().equals(twin.refid() + "_SETTING")) {
      error.accept("the measurement's code is " + twin.refid());
    }
  }

  private void checkOffsets(Row row, Consumer<String> error) {
    if (row.category().equals("device")) {
      NODES.forEach((suffix, offset) -> {
        if (row.refid().endsWith(suffix) && row.code() % 4 != offset) {
          error.accept("node offset of " + suffix);
        }
      });
    }
    if (NO_METRICS.contains(row.category()) || row.refid().equals(SYSTEMIC)) return;
    STATISTICS.forEach((suffix, offset) -> {
      @Nullable Row base = base(row, suffix);
      if (base != null && row.code() - base.code() != offset) {
        error.accept("is " + base.refid() + " + " + (row.code() - base.code()));
      }
    });
  }

  private static void checkUnit(Row row, Consumer<String> error) {
    if (row.ucum().isEmpty()) error.accept("unit without UCUM");
    if (!row.unitRefid().isEmpty() || !row.unitCode().isEmpty()) error.accept("unit of a unit");
    int said = (row.code() & 0xFFFF) % 32;
    int named = FACTORS_BY_NAME.getOrDefault(row.refid(), factorInName(row.refid()));
    if (said != named) error.accept("factor bits " + said + ", the name says " + named);
  }

  private static int factorInName(String refid) {
    for (String word : refid.replaceFirst("MDC_DIM_", "").split("_", -1)) {
      if (FACTORS.containsKey(word)) return FACTORS.get(word);
    }
    return 0;
  }

  private void checkUnitOf(Row row, Consumer<String> error) {
    if (row.unitRefid().isEmpty()) {
      if (!row.unitCode().isEmpty()) error.accept("unit code without reference id");
      return;
    }
    @Nullable Row unit = byRefid.get(row.unitRefid());
    if (unit == null || !unit.isUnit()) {
      error.accept("its unit has no row");
    } else if (!row.unitCode().equals(Integer.toString(unit.code()))
        || !row.ucum().equals(unit.ucum())) {
      error.accept("unit code or UCUM differ from the unit's row");
    }
  }

  /** The row whose reference id is this one's without the suffix. */
  private @Nullable Row base(Row row, String suffix) {
    if (!row.refid().endsWith(suffix)) return null;
    return byRefid.get(row.refid().substring(0, row.refid().length() - suffix.length()));
  }

  private void error(Row row, String text) {
    errors.add(row.code() + " " + row.refid() + ": " + text);
  }
}
