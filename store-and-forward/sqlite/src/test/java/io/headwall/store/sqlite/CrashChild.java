package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.store.BlockCodec;
import io.headwall.store.Commit;
import io.headwall.store.Lane;
import io.headwall.store.Settled;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Commits as fast as it can until it is killed, and says after each commit what is now durable:
 * {@code lane last-number} for each lane of it, then a line {@code .}
 */
final class CrashChild {

  private static final int BLOCKS_KEPT = 200;

  private CrashChild() {}

  /** Arguments: folder, epoch. */
  public static void main(String[] arguments) throws Exception {
    int epoch = Integer.parseInt(arguments[1]);
    SplittableRandom random = new SplittableRandom(epoch);
    Map<Lane, Long> last = new EnumMap<>(Lane.class);
    try (SqliteOutbox outbox = new SqliteOutbox(Path.of(arguments[0]));
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      outbox.open(Samples.epoch(epoch));
      for (long round = 1; ; round++) {
        List<BlockCodec.Encoded> blocks = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        for (Lane lane : Lane.values()) {
          if (random.nextBoolean()) continue;
          int n = random.nextInt(1, 60);
          long first = last.getOrDefault(lane, 0L) + 1;
          blocks.add(Samples.block(epoch, lane, first, n));
          last.put(lane, first + n - 1);
          said.append(lane).append(' ').append(first + n - 1).append('\n');
        }
        Commit commit =
            Samples.commit(
                blocks,
                List.of(new Settled("u", epoch, Lane.EVENT, round, round, Settled.How.DELIVERED)));
        outbox.commit(commit);
        out.write(said.append(".\n").toString().getBytes(US_ASCII));
        if (round % BLOCKS_KEPT == 0) Samples.evict(outbox, Lane.WAVE, BLOCKS_KEPT / 4);
      }
    }
  }
}
