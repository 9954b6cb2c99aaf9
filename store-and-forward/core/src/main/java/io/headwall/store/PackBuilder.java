package io.headwall.store;

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

  private static final int READINGS_MAX = 250;
  private static final int WAVE_BLOCKS_MAX = 8;

  private final OutboxReader reader;
  private final BlockDecoder decoder;
  private EpochRow running;
  private final Map<Integer, EpochRow> epochs = new HashMap<>();
  private Timeline timeline = new Timeline(List.of());
  private Places places = new Places(List.of());
  private long nextId;

  PackBuilder(OutboxReader reader, EpochRow running) {
    this.reader = reader;
    this.decoder = new BlockDecoder(reader);
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
   * The packs of what is owed of a block, in order.
   *
   * @param late whether it comes out of the backlog: then it is history however young it is, alarms
   *     excepted
   */
  List<Pack> packs(StoredBlock block, Backlog backlog, long nowNs, boolean late)
      throws StoreException, BlockCodec.CorruptBlockException {
    List<BlockCodec.Decoded> readings = decoder.decode(block);
    BlockKey key = block.key();
    EpochRow epoch = key.epoch() == running.epoch() ? running : epochs.get(key.epoch());
    // Another epoch's origin and boot would give it a wrong identity and a wrong time.
    if (epoch == null) throw new BlockCodec.CorruptBlockException("epoch without a row");
    int max = key.lane() == Lane.WAVE ? WAVE_BLOCKS_MAX : READINGS_MAX;
    List<Pack> packs = new ArrayList<>();
    List<Entry> run = new ArrayList<>();
    @Nullable Head head = null;
    for (BlockCodec.Decoded decoded : readings) {
      long seq = decoded.seq();
      if (!backlog.isFree(key.epoch(), key.lane(), seq)) continue;
      long measuredNs = decoded.reading().measuredNs();
      boolean young = isYoung(epoch, measuredNs, nowNs) && (!late || key.lane() == Lane.ALARM);
      Head own = head(epoch, key.lane(), measuredNs, young);
      boolean dense = run.isEmpty() || run.getLast().seq() == seq - 1;
      if (head != null && (!own.equals(head) || run.size() == max || !dense)) {
        packs.add(pack(epoch, key.lane(), head, run));
        run.clear();
      }
      head = own;
      Moment moment = timeline.moment(epoch.bootId(), measuredNs);
      run.add(new Entry(seq, decoded.device(), decoded.reading(), moment));
    }
    if (head != null && !run.isEmpty()) packs.add(pack(epoch, key.lane(), head, run));
    return packs;
  }

  /** What all readings of a pack have in common. */
  private record Head(Pack.Kind kind, String reason, Place place) {}

  private boolean isYoung(EpochRow epoch, long measuredNs, long nowNs) {
    return epoch.bootId().equals(running.bootId()) && nowNs - measuredNs < LIVE_NS_MAX;
  }

  private Head head(EpochRow epoch, Lane lane, long measuredNs, boolean live) {
    Place place = places.at(epoch.epoch(), measuredNs);
    if (!live) {
      String reason = epoch.epoch() == running.epoch() ? "outage" : "restart";
      return new Head(Pack.Kind.HISTORY, reason, place);
    }
    return switch (lane) {
      case ALARM -> new Head(Pack.Kind.ALARM, "", place);
      case WAVE -> new Head(Pack.Kind.WAVEFORM, "", place);
      case EVENT, NUMERIC -> new Head(Pack.Kind.LIVE, "", place);
    };
  }

  private Pack pack(EpochRow epoch, Lane lane, Head head, List<Entry> entries) {
    return new Pack(
        ++nextId,
        head.kind(),
        head.reason(),
        epoch.origin(),
        epoch.epoch(),
        lane,
        head.place(),
        entries);
  }
}
