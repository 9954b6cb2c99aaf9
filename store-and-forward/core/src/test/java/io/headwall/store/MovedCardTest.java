package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A card in a spare box: what it holds stays the reading of the box that read it. */
final class MovedCardTest {

  @Test
  void whatAnotherBoxReadIsSentUnderItsNumberAndWhatIsReadNowUnderOurs() throws Exception {
    MemoryOutbox outbox = new MemoryOutbox();
    Bench former = new Bench(outbox, 1);
    former.receiver.reachable = false;
    former.pulse(60);
    former.runFor(2_000);
    EpochRow ours = new EpochRow(2, new Origin(0xDCA632FFFE010203L), "boot", Bench.ns(2_000_000));
    outbox.open(ours);
    List<Arrival> read = List.of(new Arrival("larch-7", former.reading(61)));
    BlockCodec.Encoded block = BlockCodec.encode(2, Lane.NUMERIC, 1, read);
    outbox.commit(
        new Commit(
            List.of(block.block()), block.rows(), List.of(), List.of(), List.of(), List.of()));
    OutboxReader reader = outbox.newReader();
    PackBuilder builder = new PackBuilder(reader, ours);
    builder.reload();
    assertEquals(former.epoch.origin(), origin(builder, reader, 1));
    assertEquals(ours.origin(), origin(builder, reader, 2));
  }

  private static Origin origin(PackBuilder builder, OutboxReader reader, int epoch)
      throws Exception {
    StoredBlock block = reader.block(epoch, Lane.NUMERIC, 1);
    if (block == null) throw new AssertionError("no block of epoch " + epoch);
    PackBuilder.Run run = builder.run(Bench.ns(2_000_000), true, Long.MAX_VALUE);
    run.add(block.key(), BlockCodec.decode(block, reader), new Backlog(2));
    List<Pack> packs = run.packs();
    assertEquals(1, packs.size());
    return packs.getFirst().origin();
  }
}
