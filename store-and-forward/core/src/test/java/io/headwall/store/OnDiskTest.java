package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Orders and limits that lie in stores in the field: names may be appended, nothing else. */
class OnDiskTest {

  @Test
  void ordersOfNamesArePinned() {
    assertOrder("ALARM EVENT NUMERIC WAVE", Lane.values());
    assertOrder("DELIVERED FILTERED DEAD LOST TOO_OLD DISCARDED", Settled.How.values());
    assertOrder(
        "NUMERIC WAVE ALARM SETTING LIMIT_LOW LIMIT_HIGH TEXT STATE GAP CLOCK REMOVED TALLY",
        MetricRow.Kind.values());
    assertOrder("NONE RESTORED MANUAL SYNCED BACK_CORRECTED", TimeQuality.values());
    assertOrder("THINNED EVICTED DAMAGED", Reading.RemovalKind.values());
    assertOrder("INACTIVE ACTIVE RESET", Reading.AlarmState.values());
    assertOrder("UNSTATED LOW MEDIUM HIGH", Reading.AlarmPriority.values());
    assertOrder("SETTING LIMIT_LOW LIMIT_HIGH", Reading.SettingKind.values());
    assertOrder(
        "LINK_DOWN SILENT SPEAKING STANDBY IDENTIFIED REPLACED PARKED PATIENT_CONTEXT_CHANGED",
        DeviceCondition.values());
    assertOrder(
        "MONITOR VENTILATOR MODE GAS LAB PUMP DIALYSIS ALARM DEVICE ATTR", MdcCategory.values());
  }

  @Test
  void codesOfQualitiesArePinned() {
    String codes =
        Arrays.stream(Quality.values())
            .map(q -> q.code() + " " + q)
            .collect(Collectors.joining(", "));
    assertEquals(
        "0 VALID, 1 QUESTIONABLE, 2 OUT_OF_RANGE, 3 SIMULATED, 4 NOT_AVAILABLE,"
            + " 5 SENSOR_DISCONNECTED, 6 INVALID, 7 OFF, 8 UNREADABLE, 9 NO_DATA",
        codes);
  }

  @Test
  void keysFitTheirBits() {
    assertEquals(1, new BlockKey(1, Lane.ALARM, 1, 1).lastSeq());
    BlockKey last = new BlockKey(BlockKey.EPOCH_MAX, Lane.WAVE, BlockKey.SEQ_MAX - 5, 5);
    assertEquals(BlockKey.SEQ_MAX - 1, last.lastSeq());
    assertRefused(0, 1, 1);
    assertRefused(BlockKey.EPOCH_MAX + 1, 1, 1);
    assertRefused(1, 0, 1);
    assertRefused(1, 1, 0);
    assertRefused(1, 1, -1);
    assertRefused(1, BlockKey.SEQ_MAX, 1);
    assertRefused(1, BlockKey.SEQ_MAX - 4, 5);
    assertRefused(1, Long.MAX_VALUE, 1);
  }

  private static void assertRefused(int epoch, long firstSeq, int n) {
    assertThrows(
        IllegalArgumentException.class, () -> new BlockKey(epoch, Lane.EVENT, firstSeq, n));
  }

  private static void assertOrder(String names, Enum<?>[] values) {
    assertEquals(names, Arrays.stream(values).map(Enum::name).collect(Collectors.joining(" ")));
  }
}
