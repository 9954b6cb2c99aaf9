package io.headwall.rig;

import io.headwall.store.BlockCodec;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.StoreException;
import io.headwall.store.StoredBlock;
import io.headwall.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a box's outbox holds, read beside the box or after it. */
public final class StoreReadout {

  private StoreReadout() {}

  /** Every committed reading by its identity. */
  public static Map<Identity, String> all(Path store) throws StoreException {
    Map<Identity, String> all = new HashMap<>();
    try (OutboxReader reader = new SqliteOutbox(store).newReader()) {
      for (EpochRow epoch : reader.epochs()) {
        for (Lane lane : Lane.values()) lane(reader, epoch, lane, all);
      }
    }
    return all;
  }

  private static void lane(
      OutboxReader reader, EpochRow epoch, Lane lane, Map<Identity, String> all)
      throws StoreException {
    @Nullable StoredBlock block = reader.block(epoch.epoch(), lane, 1);
    while (block != null) {
      long seq = block.key().firstSeq();
      try {
        for (BlockCodec.Decoded d : BlockCodec.decode(block, reader)) {
          Identity identity = new Identity(epoch.origin(), epoch.epoch(), lane, seq++);
          all.put(identity, Content.of(d.device(), d.reading()));
        }
      } catch (BlockCodec.CorruptBlockException e) {
        throw new StoreException("damaged block " + block.key(), e);
      }
      block = reader.block(epoch.epoch(), lane, seq);
    }
  }
}
