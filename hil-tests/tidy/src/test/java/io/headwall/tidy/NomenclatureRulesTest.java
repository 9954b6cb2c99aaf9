package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.tidy.Nomenclature.Row;
import io.headwall.tidy.Nomenclature.Term;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of a driver's table of codes, each seen to fail on a driver made for it. */
final class NomenclatureRulesTest {

  private static final Map<String, Term> TERMS =
      Nomenclature.terms(
          List.of(
              "code,refid,category,label,unit_refid,unit_code,ucum,confidence,sources,note",
              "150368,MDC_TEMP_CORE,monitor,core,MDC_DIM_DEGC,268192,Cel,2+ sources,a; b,",
              "151817,MDC_PRESS,vent,\"press, max\",,,cm[H2O],1 source,a,\"odd, but so\"",
              "147842,MDC_ECG,monitor,rate,,,{beat}/min,conflict: see note,a; b,differ",
              "70001,MDC_DEV_LARCH_MDS,device,larch,,,,2+ sources,a; b,"));

  private static final String[] TABLE = {
    "## What is read",
    "",
    "| parameter | wire field | code | refid | unit sent | sources |",
    "|---|---|---|---|---|---|",
    "| core | T | `150368` | MDC_TEMP_CORE | Cel (268192) | 2+ |",
    "| mood | M | local | x-mood | | |",
    "| serial | S | | | | |",
    "",
    "| other | table |",
    "|---|---|",
    "| 1 | 2 |"
  };

  @Test
  void aTableThatSaysWhatTheCodeDoesIsRight() {
    assertEquals(
        List.of(), check("Mdc.TEMP_CORE, Mdc.DEV_LARCH_MDS, MdcUnit.DEGC, \"x-mood\"", TABLE));
  }

  @Test
  void onlyRowsOfCodesAreRead() {
    List<Row> rows = Nomenclature.rows(List.of(TABLE));
    assertEquals(List.of("150368", "x-mood"), rows.stream().map(Row::code).toList());
    assertEquals(List.of("Cel", ""), rows.stream().map(Row::unit).toList());
    assertEquals(List.of("2+", "local"), rows.stream().map(Row::sources).toList());
    assertEquals("What is read", rows.getFirst().heading());
  }

  @Test
  void whatTheTableConcealsIsFound() {
    assertEquals(
        List.of("the code names MDC_PRESS, no table does"),
        check("Mdc.TEMP_CORE, Mdc.PRESS, MdcUnit.DEGC, \"x-mood\"", TABLE));
    assertEquals(
        List.of("the code names x-dream, no table does"),
        check("Mdc.TEMP_CORE, MdcUnit.DEGC, \"x-mood\", \"x-dream\"", TABLE));
  }

  @Test
  void whatTheCodeDoesNotSendIsFound() {
    assertEquals(List.of("no class names MDC_TEMP_CORE"), check("MdcUnit.DEGC, \"x-mood\"", TABLE));
    assertEquals(List.of("no class names the unit Cel"), check("Mdc.TEMP_CORE, \"x-mood\"", TABLE));
  }

  @Test
  void aWrongRowIsFound() {
    assertEquals(List.of("MDC_TEMP_CORE is 150368"), row("150369 | MDC_TEMP_CORE | Cel | 2+"));
    assertEquals(List.of("no term MDC_TEMP"), row("150368 | MDC_TEMP | Cel | 2+"));
    assertEquals(List.of("MDC_PRESS has sources 1"), row("151817 | MDC_PRESS | cm[H2O] | 2+"));
    assertEquals(List.of("MDC_ECG has sources conflict"), row("147842 | MDC_ECG | {beat}/min | 1"));
    assertEquals(List.of("x-mood has code x-moot"), row("x-moot | x-mood | | local"));
  }

  @Test
  void thePageHasEachCodeOnceWithAllItsFields() {
    String[] twice = TABLE.clone();
    twice[6] = "| core again | U | `150368` | MDC_TEMP_CORE | Cel (268192) | 2+ |";
    String page =
        NomenclaturePage.of(
            Map.of("drivers/larch", Nomenclature.rows(List.of(twice))),
            Map.of("drivers/larch", Set.of("MDC_DEV_LARCH_MDS")),
            TERMS);
    assertTrue(page.contains("\n## larch\n"), page);
    assertTrue(
        page.contains("\n| `150368` | MDC_TEMP_CORE | Cel | 2+ | core (T); core again (U) |\n"),
        page);
    assertTrue(page.contains("\n| `x-mood` |   |   | local | mood (M) |\n"), page);
    assertTrue(page.contains("in messages: MDC_DEV_LARCH_MDS.\n"), page);
  }

  private static List<String> row(String cells) {
    List<Row> rows = Nomenclature.rows(List.of(TABLE[2], TABLE[3], "| core | T | " + cells + " |"));
    return Nomenclature.check("README.md", rows, List.of(), TERMS).stream()
        .map(Finding::fix)
        .filter(fix -> !fix.startsWith("no class names"))
        .toList();
  }

  private static List<String> check(String names, String... readme) {
    List<CompiledClass> driver =
        Fixture.compile(
            "drivers/larch",
            "package fixture; import io.headwall.spi.mdc.*;"
                + " class LarchMapping { Object[] all = {"
                + names
                + "}; }",
            "package io.headwall.spi.mdc; public final class Mdc {"
                + " public static final Object TEMP_CORE = 1, PRESS = 2, DEV_LARCH_MDS = 3; }",
            "package io.headwall.spi.mdc; public final class MdcUnit {"
                + " public static final Object DEGC = 1; }");
    return Nomenclature.check("README.md", Nomenclature.rows(List.of(readme)), driver, TERMS)
        .stream()
        .map(Finding::fix)
        .toList();
  }
}
