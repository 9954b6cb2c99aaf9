package io.headwall.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class Pb840WaveModelTest {

  private static final Pattern BEGIN = Pattern.compile("BS, S:(\\d+),");
  private static final Pattern SAMPLE = Pattern.compile("-?\\d+\\.\\d, -?\\d+\\.\\d");

  private static List<String> lines(Bench bench, long ms) {
    String text = new String(bench.after(ms), US_ASCII);
    return new ArrayList<>(List.of(text.split("\r\n", -1)));
  }

  @Test
  void saysBreathsOfNumberedLinesFiftyTimesASecond() {
    Bench bench = new Bench(new Pb840WaveModel(1));
    List<String> lines = lines(bench, 60_000);
    lines.removeLast(); // cut by the end of the minute
    int breaths = 0;
    int samples = 0;
    boolean inside = false;
    for (String line : lines) {
      if (BEGIN.matcher(line).matches()) {
        assertFalse(inside);
        assertEquals("BS, S:" + ++breaths + ",", line);
        inside = true;
      } else if (line.equals("BE")) {
        inside = false;
      } else {
        assertTrue(inside && SAMPLE.matcher(line).matches(), line);
        samples++;
      }
    }
    assertTrue(breaths >= 12 && breaths <= 16, "about 14 a minute");
    assertTrue(samples > 2_980 && samples <= 3_000, "50 a second for a minute");
  }

  @Test
  void theTruthHoldsEachSampleOfABreath() {
    Bench bench = new Bench(new Pb840WaveModel(1));
    List<String> lines = lines(bench, 5_000);
    List<String> flows = List.of(bench.values("flow").getFirst().split(" ", -1));
    List<String> pressures = List.of(bench.values("pressure").getFirst().split(" ", -1));
    assertEquals(214, flows.size(), "60 / 14 s at 50 a second");
    for (int i = 0; i < flows.size(); i++) {
      assertEquals(flows.get(i) + ", " + pressures.get(i), lines.get(1 + i));
    }
    assertEquals("BE", lines.get(1 + flows.size()));
  }

  @Test
  void lostBreathLeavesAHoleInTheNumbers() {
    Bench bench = new Bench(new Pb840WaveModel(1));
    bench.after(1_000);
    assertTrue(bench.order("breath-lost"));
    List<String> lines = lines(bench, 15_000);
    assertFalse(lines.contains("BS, S:2,"));
    assertTrue(lines.contains("BS, S:3,"));
    assertEquals(List.of("1", "3"), bench.values("sequence").subList(0, 2));
  }

  @Test
  void otherDamagesShowOnTheLine() {
    Bench bench = new Bench(new Pb840WaveModel(1));
    bench.after(1_000);
    assertTrue(bench.order("stray") && bench.order("end-lost") && bench.order("byte-lost"));
    List<String> lines = lines(bench, 15_000);
    int begin = lines.indexOf("BS, S:2,");
    int end = lines.indexOf("BS, S:3,");
    assertEquals("0.0, 6.0", lines.get(begin - 1));
    List<String> breath = lines.subList(begin + 1, end);
    assertFalse(breath.contains("BE"));
    assertEquals(1, breath.stream().filter(line -> !SAMPLE.matcher(line).matches()).count());
    assertEquals(
        Said.Fate.DAMAGED,
        bench.said.stream().filter(s -> s.message() == 2).findFirst().orElseThrow().fate());
  }

  @Test
  void unfitOrdersAreRefused() {
    Bench bench = new Bench(new Pb840WaveModel(1));
    assertFalse(bench.order("ramp vte 1"));
    assertFalse(bench.order("stray many"));
    assertFalse(bench.order("dance"));
  }
}
