package io.headwall.spi.mdc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.NomenclatureTable.Row;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nomenclature table keeps its arithmetic, and the generated constants are that table. */
final class NomenclatureTest {

  private static final List<Row> ROWS = NomenclatureTable.read();

  @Test
  void theTableKeepsEveryRule() {
    assertEquals(List.of(), NomenclatureRules.check(ROWS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          147842,MDC_X,monitor,two words,,,,1 source,a,    | code twice
          1,MDC_X,monitor,two words,,,,1 source,a,         | outside the range of category monitor
          131074,MDC_X,alarm,two words,,,,1 source,a,      | outside the range of category alarm
          131074,MDC_X,device,two words,,,,1 source,a,     | outside the range of category device
          131074,MDC_X,attr,two words,,,,1 source,a,       | outside the range of category attr
          131074,MDC_X,unit,two words,,,m,1 source,a,      | outside the range of category unit
          16908290,MDC_X_SETTING,mode,two words,,,,1 source,a, | outside the range of category mode
          131074,MDC_X,novel,two words,,,,1 source,a,      | category novel
          131074,MDCX,monitor,two words,,,,1 source,a,     | form of the reference id
          131074,MDC_ECG_HEART_RATE,monitor,two words,,,,1 source,a, | reference id twice
          192512,MDC_X,monitor,two words,,,,1 source,a,    | private term
          151708,MDC_VOL_AWAY_TIDAL,ventilator,two words,,,,1 source,a, | known to be wrong
          264320,MDC_DIM_MIN,unit,two words,,,min,1 source,a, | known to be wrong
          131074,MDC_X,monitor,word,,,,1 source,a,         | label is not 2 to 5 words
          131074,MDC_X,monitor,a b c d e f,,,,1 source,a,  | label is not 2 to 5 words
          131074,MDC_X,monitor,two words,,,,sure,a,        | confidence sure
          131074,MDC_X,monitor,two words,,,,1 source,,     | no source
          131074,MDC_X,monitor,two words,,,,2+ sources,a,  | says 2+ sources, names 1
          131074,MDC_X,monitor,two words,,,,conflict: see note,a, | conflict without note
          131074,MDC_X_SETTING,monitor,two words,,,,1 source,a, | go together
          16908290,MDC_X,monitor,two words,,,,1 source,a,  | go together
          16908290,MDC_ECG_HEART_RATE_SETTING,monitor,two words,,,,1 source,a, | with code 147842
          16925058,MDC_X_SETTING,monitor,two words,,,,1 source,a, | code is MDC_ECG_HEART_RATE
          65540,MDC_X_VMD,device,two words,,,,1 source,a,  | node offset of _VMD
          131074,MDC_PRESS_BLD_ART_SYS,monitor,two words,,,,1 source,a, | is MDC_PRESS_BLD_ART +
          262176,MDC_DIM_MILLI_X,unit,two words,,,mx,1 source,a, | factor bits 0, the name says 18
          262176,MDC_DIM_X,unit,two words,,,,1 source,a,   | unit without UCUM
          262176,MDC_DIM_X,unit,two words,MDC_DIM_X,1,x,1 source,a, | unit of a unit
          131074,MDC_X,monitor,two words,MDC_NONE,1,x,1 source,a, | its unit has no row
          131074,MDC_X,monitor,two words,MDC_DIM_MMHG,266016,mmHg,1 source,a, | differ from
          131074,MDC_X,monitor,two words,,266016,,1 source,a, | unit code without reference id
          """)
  void eachRuleIsSeenToFail(String line, String said) {
    Row bad = Row.of(NomenclatureTable.cells(line.strip()));
    List<Row> rows = new ArrayList<>(ROWS);
    rows.removeIf(row -> row.refid().equals(bad.refid()) && !said.contains("twice"));
    rows.add(bad);
    rows.sort(Comparator.comparingInt(Row::code));
    List<String> errors = NomenclatureRules.check(rows);
    assertTrue(errors.stream().anyMatch(e -> e.contains(said)), () -> said + " not in " + errors);
  }

  @Test
  void cellsAreReadAsRfc4180Says() {
    assertEquals(
        List.of("a", "b, c", "", "d \"e\"", ""),
        NomenclatureTable.cells("a,\"b, c\",,\"d \"\"e\"\"\","));
  }

  @Test
  void everyTermIsAConstantWithItsRowsValues() {
    List<Row> terms = ROWS.stream().filter(row -> !row.isUnit()).toList();
    assertEquals(terms.size(), Mdc.ALL.size());
    for (Row row : terms) {
      MdcCode code = Objects.requireNonNull(Mdc.of(row.code()), row.refid());
      assertEquals(row.refid(), code.refid());
      assertEquals(row.category().toUpperCase(Locale.ROOT), code.category().name());
      assertEquals(row.isConflict() ? 0 : row.confidence().startsWith("1") ? 1 : 2, code.sources());
    }
    assertNull(Mdc.of(0), "a local code's number is no term");
  }

  @Test
  void everyUnitIsAConstantWithItsRowsValues() {
    List<Row> units = ROWS.stream().filter(Row::isUnit).toList();
    assertEquals(units.size(), MdcUnit.ALL.size());
    for (Row row : units) {
      assertEquals(new Unit(row.code(), row.refid(), row.ucum()), MdcUnit.of(row.code()));
    }
    assertNull(MdcUnit.of(0));
  }

  @Test
  void eachConstantIsListedOnceUnderItsOwnName() throws IllegalAccessException {
    Set<Object> constants = new HashSet<>();
    for (Class<?> type : List.of(Mdc.class, MdcUnit.class)) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isPublic(field.getModifiers()) || field.getName().equals("ALL")) continue;
        Object value = Objects.requireNonNull(field.get(null));
        String refid = value instanceof MdcCode c ? c.refid() : ((Unit) value).refid();
        assertTrue(refid.endsWith('_' + field.getName()), refid);
        assertTrue(constants.add(value), refid);
      }
    }
    assertEquals(ROWS.size(), constants.size());
    assertTrue(constants.containsAll(Mdc.ALL) && constants.containsAll(MdcUnit.ALL));
  }

  @Test
  void aTermIsNamedByItsNumberAndALocalCodeByItself() {
    assertEquals("147842", Mdc.ECG_HEART_RATE.wireName());
    LocalCode local = new LocalCode("x-plateau-time");
    assertEquals("x-plateau-time", local.wireName());
    assertEquals(0, local.mdc());
  }

  @ParameterizedTest
  @CsvSource({
    "plateau",
    "x-",
    "x-Plateau",
    "x-plateau-",
    "x-plateau--time",
    "x-plateau time",
    "X-a"
  })
  void aLocalCodeSaysSoByItsForm(String refid) {
    assertThrows(IllegalArgumentException.class, () -> new LocalCode(refid));
  }
}
