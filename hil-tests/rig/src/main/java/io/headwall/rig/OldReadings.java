package io.headwall.rig;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.BlockCodec;
import io.headwall.store.Commit;
import io.headwall.store.EpochFile;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import io.headwall.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A store that nobody has been told of yet: the hours of an outage in the time of a breath. */
final class OldReadings {

  private static final String DEVICE = "old-oximeter";
  private static final Origin ORIGIN = new Origin(0x0200_00FF_FE00_0002L);
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int SAMPLES = 250;
  private static final int SECONDS_PER_COMMIT = 10;

  private static final Containment PLACE =
      Containment.of(Mdc.DEV_ANALY_SAT_O2_MDS, Mdc.DEV_ANALY_SAT_O2_VMD, Mdc.DEV_ANALY_SAT_O2_CHAN);
  private static final Metric PLETH = new Metric(Mdc.PULS_OXIM_PLETH, MdcUnit.DIMLESS, PLACE);
  private static final Metric PULSE =
      new Metric(Mdc.PULS_OXIM_PULS_RATE, MdcUnit.BEAT_PER_MIN, PLACE);
  private static final Metric SENSOR = Metric.unitless(Mdc.EVT_SENSOR_DISCONN, PLACE);

  private final Map<Lane, Long> next = new EnumMap<>(Lane.class);
  private final int epoch;

  private OldReadings(int epoch) {
    this.epoch = epoch;
  }

  /**
   * Fills a folder's store until it has so many bytes.
   *
   * @return readings by lane
   */
  static Map<Lane, Long> fill(Path store, long bytes) throws StoreException {
    int epoch = new EpochFile(store).raise(ORIGIN, 0);
    OldReadings old = new OldReadings(epoch);
    try (SqliteOutbox outbox = new SqliteOutbox(store)) {
      outbox.open(new EpochRow(epoch, ORIGIN, "boot-before", 0));
      for (long ns = 0; outbox.size().bytes() < bytes; ns += SECONDS_PER_COMMIT * SECOND_NS) {
        outbox.commit(old.commit(ns));
      }
      return outbox.size().readings();
    }
  }

  private Commit commit(long fromNs) {
    Map<Lane, List<Arrival>> byLane = new EnumMap<>(Lane.class);
    for (int s = 0; s < SECONDS_PER_COMMIT; s++) {
      for (Reading reading : second(fromNs + s * SECOND_NS)) {
        byLane
            .computeIfAbsent(Lane.of(reading), lane -> new ArrayList<>())
            .add(new Arrival(DEVICE, reading));
      }
    }
    List<StoredBlock> blocks = new ArrayList<>();
    Map<Long, byte[]> rows = new HashMap<>();
    byLane.forEach((lane, arrivals) -> {
      long first = next.getOrDefault(lane, 1L);
      BlockCodec.Encoded encoded = BlockCodec.encode(epoch, lane, first, arrivals);
      blocks.add(encoded.block());
      rows.putAll(encoded.rows());
      next.put(lane, first + arrivals.size());
    });
    return new Commit(blocks, rows, List.of(), List.of(), List.of(), List.of());
  }

  private static List<Reading> second(long ns) {
    List<Reading> all = new ArrayList<>();
    int[] samples = new int[SAMPLES];
    // Noise, as 12 bits of a converter: it takes two bytes a sample.
    for (int i = 0; i < SAMPLES; i++) samples[i] = Objects.hash(ns, i) >>> 8 & 0xFFF;
    all.add(
        new Reading.SampleBlock(
            PLETH, ns, SECOND_NS / SAMPLES, Decimal.of(1), Decimal.of(0), samples));
    all.add(Reading.Numeric.of(PULSE, ns, Decimal.of(60 + ns / SECOND_NS % 40)));
    if (ns / SECOND_NS % 20 == 0) {
      boolean on = ns / SECOND_NS % 40 == 0;
      all.add(
          new Reading.Alarm(
              SENSOR,
              ns,
              on ? Reading.AlarmState.ACTIVE : Reading.AlarmState.INACTIVE,
              Reading.AlarmPriority.HIGH,
              "sensor off"));
    }
    return all;
  }
}
