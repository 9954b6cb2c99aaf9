package io.headwall.rig;

import io.headwall.spi.reading.Reading;
import io.headwall.store.BlockCodec;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import io.headwall.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Everything that a box's outbox holds, read beside the box or after it. */
public final class StoreReadout {

  private StoreReadout() {}

  /** Every committed reading by its identity. */
  public static Map<Identity, String> all(Path store) throws StoreException {
    return since(store, 0);
  }

  /** Every committed reading of an epoch and those after it. */
  static Map<Identity, String> since(Path store, int epoch) throws StoreException {
    Map<Identity, String> all = new HashMap<>();
    walk(store, epoch, (identity, d) -> all.put(identity, Content.of(d.device(), d.reading())));
    return all;
  }

  /** The readings themselves, in order of their numbers within each lane. */
  public static List<Reading> inOrder(Path store) throws StoreException {
    List<Reading> all = new ArrayList<>();
    walk(store, 0, (identity, decoded) -> all.add(decoded.reading()));
    return all;
  }

  private static void walk(Path store, int from, BiConsumer<Identity, BlockCodec.Decoded> each)
      throws StoreException {
    try (OutboxReader reader = new SqliteOutbox(store).newReader()) {
      for (EpochRow epoch : reader.epochs()) {
        if (epoch.epoch() < from) continue;
        for (Lane lane : Lane.values()) lane(reader, epoch, lane, each);
      }
    }
  }

  private static void lane(
      OutboxReader reader, EpochRow epoch, Lane lane, BiConsumer<Identity, BlockCodec.Decoded> each)
      throws StoreException {
    @Nullable StoredBlock block = reader.block(epoch.epoch(), lane, 1);
    while (block != null) {
      try {
        for (BlockCodec.Decoded d : BlockCodec.decode(block, reader)) {
          each.accept(new Identity(epoch.origin(), epoch.epoch(), lane, d.seq()), d);
        }
      } catch (BlockCodec.CorruptBlockException e) {
        throw new StoreException("damaged block " + block.key(), e);
      }
      block = reader.block(epoch.epoch(), lane, block.key().lastSeq() + 1);
    }
  }
}
