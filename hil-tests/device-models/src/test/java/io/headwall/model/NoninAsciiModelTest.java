package io.headwall.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NoninAsciiModelTest {

  private static final Pattern LINE =
      Pattern.compile("SPO2=(\\d{3}|---) HR=(\\d{3}|---)( F)?( B)?( \\*)?");

  private final Bench bench =
      new Bench(new NoninAsciiModel(LocalDateTime.of(2026, 11, 24, 10, 15, 29), 1));

  private List<String> lines(long ms) {
    String text = new String(bench.after(ms), ISO_8859_1);
    assertTrue(text.endsWith("\r\n"));
    return List.of(text.substring(0, text.length() - 2).split("\r\n", -1));
  }

  @Test
  void aHeaderAndThenALineASecond() {
    List<String> lines = lines(60_500);
    assertEquals("2500 VER 1.0 SN: 000", lines.getFirst());
    assertEquals("SPO2=097 HR=072", lines.get(1));
    assertEquals(61, lines.size());
    for (String line : lines.subList(1, 61)) assertTrue(LINE.matcher(line).matches(), line);
    assertEquals("097", bench.values("spo2").getFirst(), "as on the wire");
  }

  @Test
  void anEmptySensorIsThreeDashes() {
    assertTrue(bench.order("sensor-off"));
    assertEquals("SPO2=--- HR=---", lines(3_500).getLast());
  }

  @Test
  void marksStandInTheirOrder() {
    assertTrue(bench.order("mark * on") && bench.order("mark F") && bench.order("mark B"));
    assertTrue(lines(1_500).getLast().endsWith(" F B *"));
    assertTrue(bench.order("mark B off"));
    assertTrue(lines(1_000).getLast().endsWith(" F *"));
  }

  @Test
  void theTimeMayStandInFront() {
    assertTrue(bench.order("time"));
    List<String> lines = lines(31_500);
    assertEquals("10:15:30 SPO2=097 HR=072", lines.get(1));
    assertTrue(lines.getLast().startsWith("10:16:00 SPO2="), lines.getLast());
    assertTrue(bench.order("time off"));
    assertTrue(lines(1_000).getLast().startsWith("SPO2="));
    assertFalse(bench.order("time maybe"));
  }

  @Test
  void damagedLinesDoNotLookWhole() {
    lines(1_500);
    for (String damage : List.of("cut", "byte-lost", "byte-flipped")) {
      for (int i = 0; i < 50; i++) {
        bench.said.clear();
        assertTrue(bench.order(damage));
        String damaged = new String(bench.after(1_000), ISO_8859_1);
        assertFalse(LINE.matcher(damaged.strip()).matches(), damaged);
        assertEquals(Said.Fate.DAMAGED, bench.said.getFirst().fate());
        assertEquals(2, bench.said.size());
        assertTrue(LINE.matcher(lines(1_000).getLast()).matches(), "the next one is whole");
      }
    }
  }

  @Test
  void powerCycleShowsTheHeaderAgain() {
    lines(1_500);
    assertTrue(bench.order("power-cycle"));
    assertEquals("2500 VER 1.0 SN: 000", lines(500).getFirst());
  }

  @Test
  void unfitOrdersAreRefused() {
    for (String order : List.of("mark X", "mark F maybe", "sensor-off x", "cut x", "dance")) {
      assertFalse(bench.order(order), order);
    }
  }
}
