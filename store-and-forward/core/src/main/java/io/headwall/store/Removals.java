package io.headwall.store;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a removal does to a stretch of blocks, and the record that it leaves for each
 * device of which a receiver still wanted something. Owned by the store thread.
 */
final class Removals {

  private final OutboxReader reader;
  private final BlockDecoder decoder;
  private final Delivered delivered;
  private final Timeline timeline;
  private final Map<Integer, EpochRow> epochs = new LinkedHashMap<>();
  private final long nowNs;

  Removals(OutboxReader reader, Delivered delivered, long nowNs) throws StoreException {
    this.reader = reader;
    this.decoder = new BlockDecoder(reader);
    this.delivered = delivered;
    this.timeline = new Timeline(reader.anchors());
    for (EpochRow row : reader.epochs()) epochs.put(row.epoch(), row);
    this.nowNs = nowNs;
  }

  /** What is to be committed, and what the box then says about it. */
  record Step(List<Removal> removals, List<Arrival> records) {
    static final Step NONE = new Step(List.of(), List.of());

    boolean isEmpty() {
      return removals.isEmpty();
    }
  }

  /** All of some neighbouring blocks of one epoch and lane goes. */
  Step evict(List<StoredBlock> blocks, String reason) throws StoreException {
    Losses losses = new Losses(RemovalKind.EVICTED, reason);
    long gone = 0;
    for (StoredBlock block : blocks) {
      // What nobody wants any more leaves no record and need not be looked into.
      if (!BlockCodec.isSparse(block) && delivered.contains(block.key())) {
        gone += block.key().n();
        continue;
      }
      List<BlockCodec.Decoded> readings = decode(block);
      gone += readings.isEmpty() ? block.key().n() : readings.size();
      losses.add(block, readings);
    }
    return step(blocks, gone, RemovalKind.EVICTED, List.of(), losses);
  }

  /** Some neighbouring blocks of numerics become one, of the readings that stay. */
  Step thin(List<StoredBlock> blocks, String reason) throws StoreException {
    Losses losses = new Losses(RemovalKind.THINNED, reason);
    List<BlockCodec.Decoded> all = new ArrayList<>();
    long damaged = 0;
    for (StoredBlock block : blocks) {
      List<BlockCodec.Decoded> readings = decode(block);
      all.addAll(readings);
      if (readings.isEmpty()) {
        damaged += block.key().n();
        losses.add(block, readings);
      }
    }
    List<BlockCodec.Decoded> left = Thinning.left(all);
    long gone = damaged + all.size() - left.size();
    if (gone == 0) return Step.NONE;
    List<BlockCodec.Decoded> went = new ArrayList<>(all);
    went.removeAll(new HashSet<>(left));
    losses.addAll(blocks.getFirst().key(), went);
    List<StoredBlock> rest =
        left.isEmpty() ? List.of() : List.of(BlockCodec.encodeSparse(whole(blocks), left));
    return step(blocks, gone, RemovalKind.THINNED, rest, losses);
  }

  private Step step(
      List<StoredBlock> blocks,
      long gone,
      RemovalKind kind,
      List<StoredBlock> rest,
      Losses losses) {
    BlockKey whole = whole(blocks);
    Removal removal =
        new Removal(
            whole.epoch(), whole.lane(), whole.firstSeq(), whole.lastSeq(), gone, kind, rest);
    return new Step(List.of(removal), losses.records(whole));
  }

  private static BlockKey whole(List<StoredBlock> blocks) {
    BlockKey first = blocks.getFirst().key();
    long last = blocks.getLast().key().lastSeq();
    return new BlockKey(
        first.epoch(),
        first.lane(),
        first.firstSeq(),
        Math.toIntExact(last - first.firstSeq() + 1));
  }

  /** The readings of a block; none where it is damaged. */
  private List<BlockCodec.Decoded> decode(StoredBlock block) throws StoreException {
    try {
      return decoder.decode(block);
    } catch (BlockCodec.CorruptBlockException e) {
      return List.of();
    }
  }

  /** What goes, by device. */
  private final class Losses {
    private final RemovalKind kind;
    private final String reason;
    private final Map<String, Loss> byDevice = new TreeMap<>();
    private long damaged;

    Losses(RemovalKind kind, String reason) {
      this.kind = kind;
      this.reason = reason;
    }

    void add(StoredBlock block, List<BlockCodec.Decoded> readings) {
      if (readings.isEmpty()) damaged += block.key().n();
      addAll(block.key(), readings);
    }

    void addAll(BlockKey of, List<BlockCodec.Decoded> readings) {
      for (BlockCodec.Decoded d : readings) {
        if (delivered.contains(of.epoch(), of.lane(), d.seq())) continue;
        Code mds = d.reading().metric().containment().mds();
        byDevice.computeIfAbsent(d.device(), k -> new Loss(mds)).add(d.reading().measuredNs());
      }
    }

    List<Arrival> records(BlockKey whole) {
      Numbers numbers =
          new Numbers(whole.epoch(), whole.lane().wireName(), whole.firstSeq(), whole.lastSeq());
      List<Arrival> records = new ArrayList<>();
      byDevice.forEach((device, loss) ->
          records.add(
              new Arrival(
                  device,
                  new Reading.Removed(
                      DeviceMetrics.removed(loss.mds),
                      nowNs,
                      numbers,
                      loss.readings,
                      kind,
                      span(whole.epoch(), loss),
                      reason))));
      if (damaged > 0) records.add(damaged(numbers));
      return records;
    }

    private Arrival damaged(Numbers numbers) {
      return new Arrival(
          Box.DEVICE,
          new Reading.Removed(
              DeviceMetrics.removed(Box.MDS),
              nowNs,
              numbers,
              damaged,
              RemovalKind.DAMAGED,
              Reading.Span.UNKNOWN,
              reason));
    }
  }

  private static final class Loss {
    final Code mds;
    long readings;
    long fromNs = Long.MAX_VALUE;
    long toNs = Long.MIN_VALUE;

    Loss(Code mds) {
      this.mds = mds;
    }

    void add(long measuredNs) {
      readings++;
      fromNs = Math.min(fromNs, measuredNs);
      toNs = Math.max(toNs, measuredNs);
    }
  }

  private Reading.Span span(int epoch, Loss loss) {
    @Nullable EpochRow row = epochs.get(epoch);
    if (row == null) return Reading.Span.UNKNOWN;
    Moment from = timeline.moment(row.bootId(), loss.fromNs);
    Moment to = timeline.moment(row.bootId(), loss.toNs);
    if (!from.quality().trusted() || !to.quality().trusted()) return Reading.Span.UNKNOWN;
    if (from.epochNs() > to.epochNs()) return Reading.Span.UNKNOWN;
    return new Reading.Span(from.epochNs(), to.epochNs());
  }

  /** Wall time of a block's first reading, as far as it can be trusted. */
  Moment measured(StoredBlock block) {
    @Nullable EpochRow row = epochs.get(block.key().epoch());
    if (row == null) return Moment.UNKNOWN;
    try {
      return timeline.moment(row.bootId(), BlockCodec.firstMeasuredNs(block));
    } catch (BlockCodec.CorruptBlockException e) {
      // A damaged block is no proof of age.
      return Moment.UNKNOWN;
    }
  }

  Delivered delivered() {
    return delivered;
  }

  OutboxReader reader() {
    return reader;
  }
}
