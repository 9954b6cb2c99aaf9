package io.headwall.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoninModelTest {

  /** 25 frames, of 5 bytes. */
  private static final int PACKET_BYTES = 125;

  private static Bench format2() {
    return new Bench(new NoninFormat2Model(1));
  }

  private static Bench format7() {
    return new Bench(new NoninFormat7Model(1));
  }

  /** Byte {@code at} of frame {@code frame} of packet {@code packet}, all from 0. */
  private static int at(byte[] wire, int packet, int frame, int at) {
    return wire[packet * PACKET_BYTES + frame * 5 + at] & 0xFF;
  }

  private static int heartRate(byte[] wire, int packet, int frame) {
    return (at(wire, packet, frame, 3) & 3) << 7 | (at(wire, packet, frame + 1, 3) & 0x7F);
  }

  @Test
  void freshDevicesBeginLikeTheGoldenFiles() throws IOException {
    byte[] two = Golden.bytes("nonin-format2-first.hex");
    assertArrayEquals(two, Arrays.copyOf(format2().after(1_000), two.length));
    byte[] seven = Golden.bytes("nonin-format7-first.hex");
    assertArrayEquals(seven, Arrays.copyOf(format7().after(1_000), seven.length));
  }

  @Test
  void seventyFiveFramesASecond() {
    for (Bench bench : List.of(format2(), format7())) {
      bench.after(1_000);
      int bytes = bench.after(60_000).length;
      assertTrue(Math.abs(bytes - 75 * 5 * 60) <= 5, () -> bytes + " bytes in a minute");
    }
  }

  @Test
  void everyFrameHasItsSumAndOneInTwentyFiveTheSync() {
    byte[] two = format2().after(10_000);
    byte[] seven = format7().after(10_000);
    for (int frame = 0; frame < 700; frame++) {
      assertEquals(1, at(two, 0, frame, 0));
      assertTrue(sumMatches(two, frame) && sumMatches(seven, frame), "frame " + frame);
      boolean first = frame % 25 == 0;
      assertEquals(first ? 0x81 : 0x80, at(two, 0, frame, 1) & 0x81);
      assertEquals(first ? 0x81 : 0x80, at(seven, 0, frame, 0) & 0x81);
    }
  }

  private static boolean sumMatches(byte[] wire, int frame) {
    int sum = 0;
    for (int i = 0; i < 4; i++) sum += at(wire, 0, frame, i);
    return (sum & 0xFF) == at(wire, 0, frame, 4);
  }

  @Test
  void theValuesStandInTheFramesThatTheTruthNames() {
    Bench bench = format7();
    bench.order("ramp hr 200 0");
    bench.order("ramp spo2 88 0");
    byte[] wire = bench.after(20_000);
    List<String> rates = bench.values("hr");
    assertTrue(rates.size() > 50);
    for (int p = 0; p < rates.size(); p++) {
      assertEquals(rates.get(p), "" + heartRate(wire, p, 0));
      assertEquals(bench.values("spo2").get(p), "" + at(wire, p, 2, 3));
      assertEquals("48", "" + at(wire, p, 3, 3));
      assertEquals(bench.values("timer").get(p), "" + (at(wire, p, 5, 3) << 7 | at(wire, p, 6, 3)));
      assertEquals(bench.values("spo2-d").get(p), "" + at(wire, p, 8, 3));
      assertEquals(bench.values("spo2-fast").get(p), "" + at(wire, p, 9, 3));
      assertEquals(bench.values("spo2-beat").get(p), "" + at(wire, p, 10, 3));
      assertEquals(bench.values("e-hr").get(p), "" + heartRate(wire, p, 13));
      assertEquals(bench.values("e-spo2").get(p), "" + at(wire, p, 15, 3));
      assertEquals(bench.values("e-spo2-d").get(p), "" + at(wire, p, 16, 3));
      assertEquals(bench.values("hr-d").get(p), "" + heartRate(wire, p, 19));
      assertEquals(bench.values("e-hr-d").get(p), "" + heartRate(wire, p, 21));
      String[] pleth = bench.values("pleth").get(p).split(" ", -1);
      for (int f = 0; f < 25; f++) {
        assertEquals(pleth[f], "" + (at(wire, p, f, 1) << 8 | at(wire, p, f, 2)));
      }
    }
    int last = Integer.parseInt(rates.getLast());
    assertTrue(last > 190 && last < 210, "beyond 127, where a wrong shift shows");
  }

  @Test
  void heartRate200IsWrittenWithOneInTheHighByte() {
    Bench bench = format7();
    bench.order("ramp hr 200 0");
    byte[] wire = bench.after(2_000);
    int packet = bench.values("hr").indexOf("200");
    assertTrue(packet >= 0);
    assertEquals(0x01, at(wire, packet, 0, 3));
    assertEquals(0x48, at(wire, packet, 1, 3));
  }

  @Test
  void format2CarriesNoTimerNorStat2() {
    byte[] wire = format2().after(1_000);
    for (int frame = 4; frame <= 7; frame++) assertEquals(0, at(wire, 1, frame, 3));
  }

  @Test
  void sensorOffShowsInStatusAndValues() {
    Bench bench = format7();
    assertTrue(bench.order("sensor-off"));
    byte[] wire = bench.after(2_000);
    assertEquals(0xC9, at(wire, 2, 0, 0));
    assertEquals(0xC8, at(wire, 2, 1, 0));
    assertEquals(511, heartRate(wire, 2, 0));
    assertEquals(127, at(wire, 2, 2, 3));
    assertEquals("511", bench.values("hr").get(2));
    assertTrue(bench.order("sensor-off off"));
    bench.after(1_000);
    assertNotEquals("511", bench.values("hr").getLast());
  }

  @Test
  void eachStatusBitCanBeSetAlone() {
    for (String[] bit :
        new String[][] {
          {"artifact", "20"}, {"out-of-track", "10"}, {"sensor-alarm", "08"}, {"missing", "00"}
        }) {
      Bench bench = format2();
      assertTrue(bench.order(bit[0]));
      byte[] wire = bench.after(2_000);
      assertEquals(Integer.parseInt(bit[1], 16), at(wire, 2, 3, 1) & 0x78, bit[0]);
      assertEquals(bench.values("hr").get(2), "" + heartRate(wire, 2, 0));
      assertEquals(bit[0].equals("missing"), heartRate(wire, 2, 0) == 511);
    }
  }

  @Test
  void lowBatteryShowsInStat2() {
    Bench bench = format7();
    assertEquals(0x20, at(bench.after(1_000), 1, 7, 3));
    assertTrue(bench.order("low-battery"));
    bench.after(2_000);
    assertEquals("33", bench.values("stat2").getLast());
  }

  @Test
  void beatsAreMarkedByTheirColour() {
    for (String[] colour : new String[][] {{"green", "2"}, {"red", "4"}, {"yellow", "6"}}) {
      Bench bench = format7();
      assertTrue(bench.order("perfusion " + colour[0]));
      byte[] wire = bench.after(60_000);
      long beats = 0;
      for (int frame = 0; frame < 4_400; frame++) {
        int marks = at(wire, 0, frame, 0) & 6;
        if (marks != 0) beats++;
        assertTrue(marks == 0 || marks == Integer.parseInt(colour[1]));
      }
      assertTrue(beats > 65 && beats < 80, "about 72 a minute, each marked once");
    }
  }

  @Test
  void damagesHurtOnePacketEach() {
    for (String damage : List.of("byte-lost", "byte-flipped", "frame-lost")) {
      for (DeviceModel model : List.of(new NoninFormat2Model(5), new NoninFormat7Model(5))) {
        Bench bench = new Bench(model);
        assertTrue(bench.order(damage + " 2"));
        int bytes = bench.after(2_000).length;
        int lost = damage.equals("byte-lost") ? 2 : damage.equals("frame-lost") ? 10 : 0;
        assertTrue(Math.abs(750 - lost - bytes) <= 5, () -> damage + " " + bytes);
        List<Said.Fate> fates =
            bench.said.stream().filter(s -> s.saying().key().equals("hr")).map(Said::fate).toList();
        assertEquals(Said.Fate.DAMAGED, fates.get(0));
        assertEquals(Said.Fate.DAMAGED, fates.get(1));
        assertTrue(fates.subList(2, fates.size()).stream().allMatch(f -> f == Said.Fate.HEARD));
      }
    }
  }

  @Test
  void aFlippedBitNeverKeepsTheSum() {
    Bench bench = format7();
    assertTrue(bench.order("byte-flipped 1000"));
    byte[] wire = bench.after(100_000);
    for (int packet = 0; packet < 290; packet++) {
      int bad = 0;
      for (int f = 0; f < 25; f++) bad += sumMatches(wire, packet * 25 + f) ? 0 : 1;
      assertEquals(1, bad);
    }
  }

  @Test
  void aHostThatSleptHearsNoBurstOfThePast() {
    NoninFormat7Model model = new NoninFormat7Model(1);
    int[] messages = {0};
    model.onPowerOn(0, message -> messages[0]++);
    model.onTick(3_600_000_000_000L, message -> messages[0]++);
    assertEquals(1, messages[0]);
  }

  @Test
  void unfitOrdersAreRefused() {
    Bench bench = format2();
    for (String order :
        List.of("sensor-off maybe", "perfusion blue", "ramp hr", "byte-lost x", "dance")) {
      assertFalse(bench.order(order), order);
    }
  }
}
