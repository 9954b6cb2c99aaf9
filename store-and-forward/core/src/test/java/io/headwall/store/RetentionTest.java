package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;
  private static final long KEEP = 24 * HOUR;
  private static final long NOW = 1_795_500_000_000_000_000L;
  private static final Origin BOX = new Origin(1);

  private final MemoryOutbox outbox = new MemoryOutbox();
  private final List<Anchor> anchors = new ArrayList<>();

  @Test
  void whatIsKnownToBeOldGoes() throws Exception {
    epoch(1, NOW - 30 * HOUR, 0, 1, 5, 7, 20);
    apply(1L << 40, TimeQuality.SYNCED);
    assertEquals(4, firstKept(1), "measured 30, 29 and 25 hours ago");
  }

  @Test
  void whatHasNoTrustedTimeStaysAndHoldsNobodyElseBack() throws Exception {
    epoch(1, null, 0, 1);
    epoch(2, NOW - 30 * HOUR, 0, 1, 20);
    apply(1L << 40, TimeQuality.SYNCED);
    assertEquals(1, firstKept(1), "its time is not known");
    assertEquals(3, firstKept(2));
  }

  @Test
  void ageGoesThroughTheEpochsInTheirOrder() throws Exception {
    epoch(1, NOW - 60 * HOUR, 0, 1);
    epoch(2, NOW - 30 * HOUR, 0, 1, 20);
    apply(1L << 40, TimeQuality.SYNCED);
    assertEquals(0, firstKept(1));
    assertEquals(3, firstKept(2));
  }

  @Test
  void aClockThatIsNotTrustedMakesNothingOld() throws Exception {
    epoch(1, NOW - 30 * HOUR, 0, 1);
    for (TimeQuality quality : List.of(TimeQuality.NONE, TimeQuality.RESTORED)) {
      apply(1L << 40, quality);
      assertEquals(1, firstKept(1));
    }
  }

  @Test
  void aLaneOfWhichSomethingGetsOldAllTheTimeHoldsNoOtherBack() throws Exception {
    epoch(1, NOW, 0);
    StorePolicy policy = StorePolicy.of(SECOND, 60 * SECOND, 1L << 40);
    Retention retention = new Retention(policy, List.of(), new Forecast());
    int steps = 0;
    for (long s = 1; s <= 600; s++) {
      put(1, Box.event(s * SECOND, "an event"), s);
      put(1, new Arrival("d", Reading.Numeric.of(Bench.PULSE, s * SECOND, Decimal.of(70))), s + 1);
      WallTime wall = new WallTime(0, NOW + s * SECOND, TimeQuality.SYNCED, 0);
      Removals.Step step = retention.due(outbox, wall, 1, s * SECOND);
      if (!step.isEmpty()) steps++;
      outbox.commit(
          new Commit(List.of(), Map.of(), List.of(), List.of(), List.of(), step.removals()));
    }
    for (Lane lane : List.of(Lane.NUMERIC, Lane.EVENT)) {
      @Nullable StoredBlock block = outbox.newReader().after(lane, 0, 0);
      assertTrue(block != null && block.key().firstSeq() > 600 - 60 - 70, lane + " " + block);
    }
    assertTrue(steps < 30, "a commit for itself each, and they were " + steps);
  }

  private void put(int epoch, Arrival arrival, long seq) throws StoreException {
    BlockCodec.Encoded block =
        BlockCodec.encode(epoch, Lane.of(arrival.reading()), seq, List.of(arrival));
    outbox.commit(
        new Commit(
            List.of(block.block()),
            block.rows(),
            List.of(),
            List.copyOf(anchors),
            List.of(),
            List.of()));
    anchors.clear();
  }

  @Test
  void aDamagedBlockIsNoProofOfAge() throws Exception {
    epoch(1, NOW - 30 * HOUR, 0, 1);
    @Nullable StoredBlock block = outbox.newReader().block(1, Lane.NUMERIC, 1);
    if (block == null) throw new AssertionError("no block");
    block.bytes()[14] ^= 1;
    apply(1L << 40, TimeQuality.SYNCED);
    assertEquals(1, firstKept(1));
  }

  @Test
  void overQuotaTheOldestGoWhateverTheirTime() throws Exception {
    epoch(1, null, 0, 1);
    apply(0, TimeQuality.NONE);
    assertEquals(0, firstKept(1));
  }

  /** An epoch with one numeric a block, measured at these hours after its start. */
  private void epoch(int number, @Nullable Long startedNs, long... hours) throws StoreException {
    String boot = "boot-" + number;
    outbox.open(new EpochRow(number, BOX, boot, 0));
    if (startedNs != null) anchors.add(new Anchor(boot, 0, startedNs, TimeQuality.SYNCED, 0));
    long seq = 1;
    for (long hour : hours) {
      Reading reading = Reading.Numeric.of(Bench.PULSE, hour * HOUR, Decimal.of(70));
      put(number, new Arrival("d", reading), seq++);
    }
  }

  private void apply(long quotaBytes, TimeQuality quality) throws StoreException {
    StorePolicy policy = StorePolicy.of(1_000_000_000, KEEP, quotaBytes);
    Retention retention = new Retention(policy, List.of(), new Forecast());
    for (int i = 0; i < 10; i++) {
      Removals.Step step = retention.due(outbox, new WallTime(0, NOW, quality, 0), 9, 0);
      outbox.commit(
          new Commit(List.of(), Map.of(), List.of(), List.of(), List.of(), step.removals()));
    }
  }

  private long firstKept(int epoch) throws StoreException {
    @Nullable StoredBlock block = outbox.newReader().block(epoch, Lane.NUMERIC, 1);
    return block == null ? 0 : block.key().firstSeq();
  }
}
