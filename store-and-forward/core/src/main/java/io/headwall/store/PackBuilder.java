package io.headwall.store;

import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes packs of blocks: decodes, adds wall time and the place that held at measurement, and tells
 * what is live from what is history. Owned by the uplink's forward thread.
 */
final class PackBuilder {

  /** Older than this is history, whatever the reason. */
  static final long LIVE_NS_MAX = 30_000_000_000L;

  /** What one message carries, about. A pack is closed before it gets larger. */
  private static final int PACK_BYTES_MAX = 16 * 1024;

  /** About what a reading takes in a message, its samples or text not counted. */
  private static final int READING_BYTES = 76;

  /** About what a waveform sample takes: differences between neighbours are short. */
  private static final int SAMPLE_BYTES = 2;

  private final OutboxReader reader;
  private EpochRow running;
  private final Map<Integer, EpochRow> epochs = new HashMap<>();
  private Timeline timeline = new Timeline(List.of());
  private Places places = new Places(List.of());
  private long nextId;

  PackBuilder(OutboxReader reader, EpochRow running) {
    this.reader = reader;
    this.running = running;
  }

  /** Reads epochs, anchors and associations anew. */
  void reload() throws StoreException {
    epochs.clear();
    for (EpochRow row : reader.epochs()) epochs.put(row.epoch(), row);
    timeline = new Timeline(reader.anchors());
    places = new Places(reader.associations());
  }

  /** Another epoch runs from now on. */
  void began(EpochRow epoch) {
    running = epoch;
  }

  /** Takes over what a commit brought. */
  void committed(Committed news) {
    for (Anchor anchor : news.anchors()) timeline.add(anchor);
    for (Association association : news.associations()) places.add(association);
  }

  /**
   * Begins to make packs.
   *
   * @param late whether it is out of the backlog: then it is history however young it is, alarms
   *     excepted
   * @param readingsMax most readings of a pack
   */
  Run run(long nowNs, boolean late, long readingsMax) {
    return new Run(nowNs, late, readingsMax);
  }

  /** Packs being made of one or more blocks of a lane, in order. */
  final class Run {

    private final long nowNs;
    private final boolean late;
    private final long readingsMax;
    private final List<Pack> packs = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Head head;
    private int bytes;
    private int blockBytes;

    private Run(long nowNs, boolean late, long readingsMax) {
      this.nowNs = nowNs;
      this.late = late;
      this.readingsMax = readingsMax;
    }

    /** Adds what is owed of a block. */
    void add(BlockKey key, List<BlockCodec.Decoded> readings, Backlog backlog)
        throws BlockCodec.CorruptBlockException {
      EpochRow epoch = epoch(key);
      blockBytes = 0;
      for (BlockCodec.Decoded decoded : readings) {
        if (backlog.isFree(key.epoch(), key.lane(), decoded.seq())) {
          add(epoch, key.lane(), decoded);
        }
      }
    }

    private void add(EpochRow epoch, Lane lane, BlockCodec.Decoded decoded) {
      long measuredNs = decoded.reading().measuredNs();
      Head own = head(epoch, lane, measuredNs, isLive(epoch, lane, measuredNs));
      int size = bytesOf(decoded.reading());
      if (!fits(own, decoded.seq(), size)) close();
      head = own;
      bytes += size;
      blockBytes += size;
      Moment moment = timeline.moment(epoch.bootId(), measuredNs);
      entries.add(new Entry(decoded.seq(), decoded.device(), decoded.reading(), moment));
    }

    private boolean isLive(EpochRow epoch, Lane lane, long measuredNs) {
      return isYoung(epoch, measuredNs, nowNs) && (!late || lane == Lane.ALARM);
    }

    /**
     * How old a reading is that would be sent as history: 0 where it is live, {@link
     * Long#MAX_VALUE} where nobody knows.
     */
    long historyAgeNs(BlockKey key, long measuredNs) throws BlockCodec.CorruptBlockException {
      EpochRow epoch = epoch(key);
      if (isLive(epoch, key.lane(), measuredNs)) return 0;
      if (epoch.bootId().equals(running.bootId())) return nowNs - measuredNs;
      Moment then = timeline.moment(epoch.bootId(), measuredNs);
      Moment now = timeline.moment(running.bootId(), nowNs);
      boolean known = then.quality().trusted() && now.quality().trusted();
      return known ? now.epochNs() - then.epochNs() : Long.MAX_VALUE;
    }

    private boolean fits(Head own, long seq, int size) {
      if (entries.isEmpty()) return true;
      boolean dense = entries.getLast().seq() == seq - 1;
      return dense
          && own.equals(head)
          && bytes + size <= PACK_BYTES_MAX
          && entries.size() < readingsMax;
    }

    private void close() {
      if (head != null && !entries.isEmpty()) packs.add(pack(head, entries));
      entries.clear();
      bytes = 0;
    }

    /** Whether another block like the last one would fit into the first pack. */
    boolean hasRoom() {
      return packs.isEmpty()
          && bytes + blockBytes <= PACK_BYTES_MAX
          && entries.size() < readingsMax;
    }

    /** All packs; the run is over. */
    List<Pack> packs() {
      close();
      return packs;
    }
  }

  private static int bytesOf(Reading reading) {
    return READING_BYTES
        + switch (reading) {
          case Reading.SampleBlock b -> SAMPLE_BYTES * b.samples().length;
          case Reading.Alarm a -> a.text().length();
          case Reading.Text t -> t.text().length();
          case Reading.Gap g -> g.reason().length();
          case Reading.DeviceState s -> s.detail().length();
          case Reading.Tally t -> READING_BYTES;
          case Reading.Removed r -> READING_BYTES;
          case Reading.Numeric n -> 0;
          case Reading.Setting s -> 0;
          case Reading.DeviceClock c -> 0;
        };
  }

  /** What all readings of a pack have in common. */
  private record Head(Pack.Kind kind, String reason, EpochRow epoch, Lane lane, Place place) {}

  /** The halves of a pack that has two entries at least. */
  List<Pack> halves(Pack pack) {
    int half = pack.entries().size() / 2;
    return List.of(pack.part(++nextId, 0, half), pack.part(++nextId, half, pack.entries().size()));
  }

  private EpochRow epoch(BlockKey key) throws BlockCodec.CorruptBlockException {
    EpochRow epoch = key.epoch() == running.epoch() ? running : epochs.get(key.epoch());
    // Another epoch's origin and boot would give it a wrong identity and a wrong time.
    if (epoch == null) throw new BlockCodec.CorruptBlockException("epoch without a row");
    return epoch;
  }

  private boolean isYoung(EpochRow epoch, long measuredNs, long nowNs) {
    return epoch.bootId().equals(running.bootId()) && nowNs - measuredNs < LIVE_NS_MAX;
  }

  private Head head(EpochRow epoch, Lane lane, long measuredNs, boolean live) {
    Place place = places.at(epoch.epoch(), measuredNs);
    if (!live) {
      String reason = epoch.epoch() == running.epoch() ? "outage" : "restart";
      return new Head(Pack.Kind.HISTORY, reason, epoch, lane, place);
    }
    Pack.Kind kind =
        switch (lane) {
          case ALARM -> Pack.Kind.ALARM;
          case WAVE -> Pack.Kind.WAVEFORM;
          case EVENT, NUMERIC -> Pack.Kind.LIVE;
        };
    return new Head(kind, "", epoch, lane, place);
  }

  private Pack pack(Head head, List<Entry> entries) {
    return new Pack(
        ++nextId,
        head.kind(),
        head.reason(),
        head.epoch().origin(),
        head.epoch().epoch(),
        head.lane(),
        head.place(),
        entries);
  }
}
