package io.headwall.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final LocalDateTime CLOCK = LocalDateTime.of(2026, 11, 24, 8, 15);
  private static final byte[] SNDF = "SNDF\r".getBytes(StandardCharsets.US_ASCII);

  private static Bench play(DeviceKind kind, Scenario scenario, long seed) {
    return new Bench(kind.create(CLOCK, seed), scenario.script(kind, seed).orElseThrow());
  }

  private static List<String> fates(Bench bench) {
    return bench.said.stream().map(s -> s.fate().name()).distinct().sorted().toList();
  }

  @Test
  void everyModelPlaysEveryScenarioItCanForTenMinutes() {
    for (DeviceKind kind : DeviceKind.values()) {
      for (Scenario scenario : Scenario.values()) {
        if (scenario.script(kind, 3).isEmpty()) continue;
        Bench bench = play(kind, scenario, 3);
        for (int i = 0; i < 120; i++) bench.hears(SNDF).after(5_000);
        assertFalse(bench.said.isEmpty(), kind + " " + scenario);
      }
    }
  }

  @Test
  void onlyWhatCannotShowAnAlarmRefusesTheStorm() {
    List<DeviceKind> refusing = new ArrayList<>(Arrays.asList(DeviceKind.values()));
    refusing.removeIf(kind -> Scenario.ALARM_STORM.script(kind, 1).isPresent());
    assertEquals(List.of(DeviceKind.PB840_WAVES, DeviceKind.NONIN_ASCII), refusing);
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Bench one = play(DeviceKind.NONIN_FORMAT7, Scenario.NOISE, 7);
    Bench two = play(DeviceKind.NONIN_FORMAT7, Scenario.NOISE, 7);
    Bench other = play(DeviceKind.NONIN_FORMAT7, Scenario.NOISE, 8);
    for (Bench bench : List.of(one, two, other)) bench.after(60_000);
    assertEquals(one.said, two.said);
    assertNotEquals(one.said, other.said);
    assertEquals(List.of("DAMAGED", "HEARD"), fates(one));
  }

  @Test
  void deteriorationShowsInTheValuesAndAsAnAlarm() {
    Bench vent = play(DeviceKind.PB840, Scenario.DETERIORATION, 1);
    for (int i = 0; i < 175; i++) vent.hears(SNDF).after(2_000);
    assertTrue(vent.values("f73").stream().anyMatch(v -> Double.parseDouble(v) > 40));
    List<String> words = vent.values("f110").stream().distinct().toList();
    assertEquals(List.of("NORMAL", "MEDIUM", "HIGH", "RESET"), words);
    assertEquals("NORMAL", vent.values("f110").getLast());

    Bench finger = play(DeviceKind.NONIN_FORMAT2, Scenario.DETERIORATION, 1);
    finger.after(140_000);
    assertTrue(Integer.parseInt(finger.values("spo2").getLast()) < 82);
    assertTrue(Integer.parseInt(finger.values("hr").getLast()) > 127);
  }

  @Test
  void silenceAndReplugComeAndGo() {
    Bench silent = play(DeviceKind.NONIN_FORMAT7, Scenario.SILENT, 1);
    assertTrue(silent.after(30_000).length > 0);
    silent.after(1_000);
    assertEquals(0, silent.after(58_000).length);
    silent.after(1_500);
    assertTrue(silent.after(20_000).length > 7_000);

    Bench replug = play(DeviceKind.NONIN_FORMAT7, Scenario.REPLUG, 1);
    assertTrue(replug.after(29_000).length > 0);
    replug.after(1_100);
    assertFalse(replug.device.cableIn());
    assertEquals(0, replug.after(4_500).length);
    assertTrue(replug.after(2_000).length > 0);
    assertTrue(fates(replug).contains("UNHEARD"), "it spoke into the air meanwhile");
  }

  @Test
  void timelinesRepeatAndHandOutEachOrderOnce() {
    Script script = Script.every(10).at(1, "a").at(4, "b");
    assertEquals(List.of(), script.due(0));
    assertEquals(List.of(Order.parse("a")), script.due(seconds(1)));
    assertEquals(List.of(), script.due(seconds(1)));
    assertEquals(
        List.of(Order.parse("b"), Order.parse("a"), Order.parse("b")), script.due(seconds(14)));
    Script.Timeline once = Script.once().at(5, "x");
    assertThrows(IllegalArgumentException.class, () -> once.at(4, "y"));
    assertEquals(1, once.due(seconds(9)).size());
    assertEquals(0, once.due(seconds(99)).size());
  }

  private static long seconds(int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void namesAreFoundAndUnknownOnesAreNot() {
    for (Scenario scenario : Scenario.values()) {
      assertEquals(Optional.of(scenario), Scenario.named(scenario.id()));
    }
    for (DeviceKind kind : DeviceKind.values()) {
      assertEquals(Optional.of(kind), DeviceKind.named(kind.id()));
    }
    assertTrue(Scenario.named("party").isEmpty() && DeviceKind.named("toaster").isEmpty());
  }

  @Test
  void powerCycleForgetsWhatHadBegun() {
    Bench bench = new Bench(DeviceKind.PB840.create(CLOCK, 1));
    bench.hears(SNDF);
    assertTrue(bench.after(600).length > 0);
    assertTrue(bench.order("power-cycle"));
    assertEquals(0, bench.after(5_000).length);
    assertEquals(1244, bench.hears(SNDF).after(1_700).length);
    assertEquals(List.of("HEARD", "PARTLY"), fates(bench));
  }
}
