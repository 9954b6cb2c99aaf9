package io.headwall.store.sqlite;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.RemovalKind;
import io.headwall.store.Arrival;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.OutboxReader;
import io.headwall.store.Removal;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Epochs, readings and commits for the tests. A reading's value is its number. */
final class Samples {

  private static final LocalCode PLACE = new LocalCode("x-sample");
  private static final Metric METRIC =
      new Metric(
          new LocalCode("x-sample-value"),
          Unit.ucumOnly("mbar"),
          Containment.of(PLACE, PLACE, PLACE));

  private Samples() {}

  static EpochRow epoch(int number) {
    return new EpochRow(number, new Origin(0xFEDC_BA98_7654_3210L), "boot-" + number, 7L * number);
  }

  /** A commit of one block in a lane. */
  static Commit commit(int epoch, Lane lane, long firstSeq, int n) {
    return commit(List.of(block(epoch, lane, firstSeq, n)), List.of());
  }

  static Commit commit(List<BlockCodec.Encoded> blocks, List<Settled> settled) {
    Map<Long, byte[]> rows = new HashMap<>();
    List<StoredBlock> stored = new ArrayList<>();
    for (BlockCodec.Encoded block : blocks) {
      rows.putAll(block.rows());
      stored.add(block.block());
    }
    return new Commit(stored, rows, settled, List.of(), List.of(), List.of());
  }

  /** Takes away the oldest blocks of a lane, each on its own; returns how many readings went. */
  static long evict(SqliteOutbox outbox, Lane lane, int blocksMax) throws StoreException {
    List<Removal> removals = new ArrayList<>();
    long readings = 0;
    try (OutboxReader reader = outbox.newReader()) {
      @Nullable StoredBlock block = reader.after(lane, 0, 0);
      while (block != null && removals.size() < blocksMax) {
        BlockKey key = block.key();
        readings += key.n();
        removals.add(
            new Removal(
                key.epoch(),
                lane,
                key.firstSeq(),
                key.lastSeq(),
                key.n(),
                RemovalKind.EVICTED,
                List.of()));
        block = reader.after(lane, key.epoch(), key.firstSeq());
      }
    }
    outbox.commit(new Commit(List.of(), Map.of(), List.of(), List.of(), List.of(), removals));
    return readings;
  }

  static Commit removal(Removal removal) {
    return new Commit(List.of(), Map.of(), List.of(), List.of(), List.of(), List.of(removal));
  }

  static BlockCodec.Encoded block(int epoch, Lane lane, long firstSeq, int n) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < n; i++) arrivals.add(new Arrival("device-1", reading(lane, firstSeq + i)));
    return BlockCodec.encode(epoch, lane, firstSeq, arrivals);
  }

  static Reading reading(Lane lane, long seq) {
    long ns = seq * 1_000_000_000L;
    return switch (lane) {
      case ALARM ->
          new Reading.Alarm(
              METRIC, ns, Reading.AlarmState.ACTIVE, Reading.AlarmPriority.HIGH, "alarm " + seq);
      case EVENT -> new Reading.Text(METRIC, ns, "event " + seq);
      case NUMERIC -> numeric(seq, ns);
      case WAVE ->
          new Reading.SampleBlock(
              METRIC, ns, 4_000_000, Decimal.of(1, 2), Decimal.of(0), new int[] {(int) seq, 0, -1});
    };
  }

  static Reading.Numeric numeric(long value, long ns) {
    return Reading.Numeric.of(METRIC, ns, Decimal.of(value, 1));
  }
}
