package io.headwall.rig;

import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Commit;
import io.headwall.store.EpochFile;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import io.headwall.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A store with as many rows as an outage of weeks leaves, written in commits as no box makes them.
 * Of each commit the first block was delivered: so the receiver has it in as many pieces.
 */
final class LongBacklog {

  private static final String DEVICE = "old-oximeter";
  private static final Origin ORIGIN = new Origin(0x0200_00FF_FE00_0003L);
  private static final int BLOCKS_A_COMMIT = 10_000;
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int RATE_MIN = 40;
  private static final int RATE_SPAN = 160;

  private static final Metric PULSE =
      new Metric(
          Mdc.PULS_OXIM_PULS_RATE,
          MdcUnit.BEAT_PER_MIN,
          Containment.of(
              Mdc.DEV_ANALY_SAT_O2_MDS, Mdc.DEV_ANALY_SAT_O2_VMD, Mdc.DEV_ANALY_SAT_O2_CHAN));

  private final Path store;
  private final String uplink;
  private final int readingsABlock;

  /**
   * A store yet to be written.
   *
   * @param uplink that some of it was delivered to
   */
  LongBacklog(Path store, String uplink, int readingsABlock) {
    this.store = store;
    this.uplink = uplink;
    this.readingsABlock = readingsABlock;
  }

  /**
   * Writes it.
   *
   * @param readings in all
   * @param epochs that they are spread over
   * @param done told after each commit how many there are
   */
  void write(long readings, int epochs, LongConsumer done) throws StoreException {
    long written = 0;
    for (int run = 1; run <= epochs; run++) {
      int epoch = new EpochFile(store).raise(ORIGIN, 0);
      long last = readings * run / epochs - written;
      try (SqliteOutbox outbox = new SqliteOutbox(store)) {
        outbox.open(new EpochRow(epoch, ORIGIN, "boot-before", 0));
        for (long seq = 1; seq <= last; ) {
          Commit commit = commit(epoch, seq, last);
          outbox.commit(commit);
          seq = commit.blocks().getLast().key().lastSeq() + 1;
          done.accept(written + seq - 1);
        }
      }
      written += last;
    }
  }

  private Commit commit(int epoch, long from, long last) {
    List<StoredBlock> blocks = new ArrayList<>();
    Map<Long, byte[]> rows = new HashMap<>();
    for (long seq = from; seq <= last && blocks.size() < BLOCKS_A_COMMIT; ) {
      List<Arrival> arrivals = new ArrayList<>();
      for (long s = seq; s <= last && arrivals.size() < readingsABlock; s++) {
        arrivals.add(new Arrival(DEVICE, pulse(s)));
      }
      BlockCodec.Encoded encoded = BlockCodec.encode(epoch, Lane.NUMERIC, seq, arrivals);
      blocks.add(encoded.block());
      rows.putAll(encoded.rows());
      seq += arrivals.size();
    }
    BlockKey first = blocks.getFirst().key();
    Settled delivered =
        new Settled(
            uplink, epoch, Lane.NUMERIC, first.firstSeq(), first.lastSeq(), Settled.How.DELIVERED);
    return new Commit(blocks, rows, List.of(delivered), List.of(), List.of(), List.of());
  }

  private static Reading pulse(long seq) {
    return Reading.Numeric.of(PULSE, seq * SECOND_NS, Decimal.of(RATE_MIN + seq * seq % RATE_SPAN));
  }
}
