package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricRowTest {

  private static final Containment PLACE =
      new Containment(
          new MdcCode(69_708, "MDC_DEV_SYS_PT_VENT_MDS", MdcCategory.DEVICE, 2),
          new LocalCode("x-module"),
          3,
          new LocalCode("x-channel"),
          70_000);
  private static final MetricRow ROW =
      new MetricRow(
          "evita-ü1",
          MetricRow.Kind.WAVE,
          new Metric(
              new MdcCode(151_784, "MDC_PRESS_AWAY", MdcCategory.VENTILATOR, 1),
              new Unit(268_048, "MDC_DIM_CM_H2O", "cm[H2O]"),
              PLACE),
          0,
          new MetricRow.Wave(4_000_000, Decimal.of(1, 2), Decimal.of(-100)));

  /** The id is on disk in every block: it must never change. */
  @Test
  void rowAndIdAreAsTheyEverWere() {
    String golden =
        """
        01                                               # version
        0009 65766974612dc3bc31                          # device: evita-ü1
        01                                               # kind: wave
        000250e8 000e 4d44435f50524553535f41574159 01 01 # MDC_PRESS_AWAY, ventilator, 1 source
        00041710 000e 4d44435f44494d5f434d5f48324f       # MDC_DIM_CM_H2O
        0007 636d5b48324f5d                              # cm[H2O]
        0001104c 0017 4d44435f4445565f5359535f50545f56454e545f4d4453 08 02
        00000000 0008 782d6d6f64756c65 00000003          # x-module 3
        00000000 0009 782d6368616e6e656c 00011170        # x-channel 70000
        00                                               # scale
        00000000003d0900                                 # 4 ms between samples
        0000000000000001 02 ffffffffffffff9c 00          # step 0.01, offset -100
        """;
    String hex = golden.replaceAll("#[^\n]*", "").replaceAll("\\s", "");
    assertEquals(hex, HexFormat.of().formatHex(ROW.toBytes()));
    assertEquals("266123db8dabdf79", HexFormat.of().toHexDigits(MetricRow.idOf(ROW.toBytes())));
  }

  @Test
  void rowsComeBackAsTheyWere() {
    assertEquals(ROW, MetricRow.fromBytes(ROW.toBytes()));
    RandomReadings readings = new RandomReadings(new SplittableRandom(8));
    for (int i = 0; i < 2_000; i++) {
      Arrival a = readings.arrival();
      MetricRow row = MetricRow.of(a.device(), a.reading());
      assertEquals(row, MetricRow.fromBytes(row.toBytes()));
    }
  }

  @Test
  void equalRowsHaveEqualIdsAndOthersDoNot() {
    RandomReadings readings = new RandomReadings(new SplittableRandom(9));
    Map<MetricRow, Long> ids = new HashMap<>();
    Map<Long, MetricRow> rows = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      Arrival a = readings.arrival();
      MetricRow row = MetricRow.of(a.device(), a.reading());
      long id = MetricRow.idOf(row.toBytes());
      Long before = ids.put(row, id);
      if (before != null) assertEquals(before, id);
      MetricRow same = rows.put(id, row);
      if (same != null) assertEquals(same, row);
    }
  }

  @Test
  void whateverDiffersMakesAnotherId() {
    Metric metric = ROW.metric();
    Containment elsewhere = PLACE.instance(3, 70_000 + 65_536);
    for (MetricRow other :
        new MetricRow[] {
          new MetricRow("evita-ü2", ROW.kind(), metric, 0, ROW.wave()),
          new MetricRow(ROW.device(), MetricRow.Kind.NUMERIC, metric, 0, ROW.wave()),
          new MetricRow(ROW.device(), ROW.kind(), metric, 1, ROW.wave()),
          new MetricRow(ROW.device(), ROW.kind(), metric, 0, MetricRow.Wave.NONE),
          row(new Metric(new LocalCode("x-other"), metric.unit(), PLACE)),
          row(new Metric(metric.code(), Unit.ucumOnly("mbar"), PLACE)),
          row(new Metric(metric.code(), metric.unit(), elsewhere))
        }) {
      assertEquals(other, MetricRow.fromBytes(other.toBytes()));
      assertNotEquals(MetricRow.idOf(ROW.toBytes()), MetricRow.idOf(other.toBytes()));
    }
  }

  @Test
  void bytesThatAreNoRowAreRefused() {
    byte[] good = ROW.toBytes();
    for (int length = 0; length < good.length; length++) {
      byte[] part = Arrays.copyOf(good, length);
      assertThrows(IllegalArgumentException.class, () -> MetricRow.fromBytes(part));
    }
    byte[] newer = good.clone();
    newer[0] = 2;
    assertThrows(IllegalArgumentException.class, () -> MetricRow.fromBytes(newer));
    assertArrayEquals(good, MetricRow.fromBytes(good).toBytes());
  }

  private static MetricRow row(Metric metric) {
    return new MetricRow(ROW.device(), ROW.kind(), metric, 0, ROW.wave());
  }
}
