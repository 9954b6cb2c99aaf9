package io.headwall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All readings of a store as packs of history, for whoever wants them in a file. A block at a time,
 * so that the memory needed does not grow with the store. Owned by one thread.
 */
public final class StoredReadings {

  private static final String REASON = "export";

  private final BlockDecoder decoder;
  private final Wanted wanted;
  private final BlockWalk walk;
  private final Map<Integer, EpochRow> epochs = new HashMap<>();
  private final Timeline timeline;
  private final Places places;
  private long packs;
  private long timeless;
  private final List<String> damage = new ArrayList<>();

  /**
   * What is asked for.
   *
   * @param fromNs first wall time; {@link Long#MIN_VALUE} for no bound
   * @param toNs first wall time that is too late; {@link Long#MAX_VALUE} for no bound
   * @param device wire name; empty for all
   */
  public record Wanted(long fromNs, long toNs, String device) {
    boolean isBounded() {
      return fromNs != Long.MIN_VALUE || toNs != Long.MAX_VALUE;
    }
  }

  /** Takes packs. */
  public interface Taker<E extends Exception> {
    void take(Pack pack) throws E;
  }

  public StoredReadings(OutboxReader reader, Wanted wanted) throws StoreException {
    this.decoder = new BlockDecoder(reader);
    this.wanted = wanted;
    for (EpochRow row : reader.epochs()) epochs.put(row.epoch(), row);
    timeline = new Timeline(reader.anchors());
    places = new Places(reader.associations());
    walk = new BlockWalk(reader);
  }

  /**
   * Hands out the readings of the next block.
   *
   * @return the block; null behind the last one
   */
  public <E extends Exception> @Nullable BlockKey next(Taker<E> taker) throws StoreException, E {
    StoredBlock block = walk.next();
    if (block == null) return null;
    for (Pack pack : packs(block)) taker.take(pack);
    return block.key();
  }

  /** Readings left out because a time was asked for and nobody vouches for theirs. */
  public long timeless() {
    return timeless;
  }

  /** What could not be read, a line for each place. */
  public List<String> damage() {
    List<String> all = new ArrayList<>(damage);
    walk.broken().forEach((lane, e) -> all.add(lane.wireName() + ": " + e.getMessage()));
    return all;
  }

  private List<Pack> packs(StoredBlock block) throws StoreException {
    BlockKey key = block.key();
    EpochRow epoch = epochs.get(key.epoch());
    List<Pack> all = new ArrayList<>();
    try {
      // Another epoch's origin and boot would give it a wrong identity and a wrong time.
      if (epoch == null) throw new BlockCodec.CorruptBlockException("epoch without a row");
      List<Entry> run = new ArrayList<>();
      Place place = Place.UNASSIGNED;
      for (BlockCodec.Decoded d : decoder.decode(block)) {
        Moment moment = timeline.moment(epoch.bootId(), d.reading().measuredNs());
        if (!isWanted(d, moment)) continue;
        Place own = places.at(key.epoch(), d.reading().measuredNs());
        if (!run.isEmpty() && !own.equals(place)) {
          all.add(pack(epoch, key.lane(), place, run));
          run.clear();
        }
        place = own;
        run.add(new Entry(d.seq(), d.device(), d.reading(), moment));
      }
      if (!run.isEmpty()) all.add(pack(epoch, key.lane(), place, run));
    } catch (BlockCodec.CorruptBlockException e) {
      damage.add("block " + StoreSurvey.name(key) + ": " + e.getMessage());
    }
    return all;
  }

  private boolean isWanted(BlockCodec.Decoded d, Moment moment) {
    if (!wanted.device().isEmpty() && !wanted.device().equals(d.device())) return false;
    if (!wanted.isBounded()) return true;
    if (!moment.quality().trusted()) {
      timeless++;
      return false;
    }
    return moment.epochNs() >= wanted.fromNs() && moment.epochNs() < wanted.toNs();
  }

  private Pack pack(EpochRow epoch, Lane lane, Place place, List<Entry> entries) {
    return new Pack(
        ++packs, Pack.Kind.HISTORY, REASON, epoch.origin(), epoch.epoch(), lane, place, entries);
  }
}
