package io.headwall.uplink.mqtt;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Moment;
import io.headwall.store.Pack;
import java.util.ArrayList;
import java.util.List;

/** Packs to send in tests. */
final class Packs {

  private static final Metric HEART_RATE =
      new Metric(
          Mdc.ECG_HEART_RATE,
          MdcUnit.BEAT_PER_MIN,
          Containment.of(
              Mdc.DEV_MON_PHYSIO_MULTI_PARAM_MDS,
              Mdc.DEV_MON_PHYSIO_MULTI_PARAM_MDS,
              Mdc.DEV_MON_PHYSIO_MULTI_PARAM_MDS));
  private static final long WALL_NS = 1_795_493_999_000_000_000L;

  private Packs() {}

  /** Heart rates numbered from {@code firstSeq}; the value of each tells its number. */
  static Pack numerics(long id, long firstSeq, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long ns = (firstSeq + i) * 1_000_000_007L;
      entries.add(
          new Entry(
              firstSeq + i,
              "monitor",
              Reading.Numeric.of(HEART_RATE, ns, Decimal.of(firstSeq + i)),
              new Moment(WALL_NS + ns, TimeQuality.SYNCED)));
    }
    return pack(id, Lane.NUMERIC, entries);
  }

  /** One waveform block of many octets. */
  static Pack wave(long id, int samples) {
    int[] values = new int[samples];
    for (int i = 0; i < samples; i++) values[i] = i % 2 == 0 ? Integer.MAX_VALUE : -i;
    var block =
        new Reading.SampleBlock(
            HEART_RATE, 5_000_000_000L, 4_000_000, Decimal.of(1), Decimal.of(0), values);
    var moment = new Moment(WALL_NS, TimeQuality.SYNCED);
    return pack(id, Lane.WAVE, List.of(new Entry(1, "monitor", block, moment)));
  }

  private static Pack pack(long id, Lane lane, List<Entry> entries) {
    return new Pack(id, Pack.Kind.LIVE, "", UplinkDriver.BOX, 7, lane, UplinkDriver.BED, entries);
  }
}
