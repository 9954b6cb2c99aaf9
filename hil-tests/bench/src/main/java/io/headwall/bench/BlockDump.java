package io.headwall.bench;

import io.headwall.store.Arrival;
import io.headwall.store.BlockCodec;
import io.headwall.store.Lane;
import io.headwall.store.StoredBlock;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of commits in a file, for a program in another language to write the very same ones.
 *
 * <pre>
 * commit: u32 blocks | blocks * ( u32 lane | u64 first number | u32 n | u32 length | bytes )
 * </pre>
 *
 * All numbers big-endian.
 */
final class BlockDump {

  private BlockDump() {}

  /** What a dump holds. */
  record Content(long commits, Map<Lane, Long> readings, Map<Lane, Long> bytes, long samples) {
    long readingsTotal() {
      return readings.values().stream().mapToLong(Long::longValue).sum();
    }

    long bytesTotal() {
      return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Writes one commit a second of some beds, and one more at each alarm, as the store does. */
  static Content write(Path file, List<ReferenceBed> beds, int seconds) throws IOException {
    Map<Lane, Long> readings = new EnumMap<>(Lane.class);
    Map<Lane, Long> bytes = new EnumMap<>(Lane.class);
    long samples = 0;
    long commits = 0;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      for (int second = 0; second < seconds; second++) {
        List<Arrival> arrivals = new ArrayList<>();
        for (ReferenceBed bed : beds) arrivals.addAll(bed.next(second * 1_000_000_000L));
        samples += Load.samples(arrivals);
        for (List<Arrival> commit : commits(arrivals)) {
          commits++;
          List<StoredBlock> blocks = blocks(commit, readings);
          out.writeInt(blocks.size());
          for (StoredBlock block : blocks) {
            write(out, block);
            readings.merge(block.key().lane(), (long) block.key().n(), Long::sum);
            bytes.merge(block.key().lane(), (long) block.bytes().length, Long::sum);
          }
        }
      }
    }
    return new Content(commits, readings, bytes, samples);
  }

  private static void write(DataOutputStream out, StoredBlock block) throws IOException {
    out.writeInt(block.key().lane().ordinal());
    out.writeLong(block.key().firstSeq());
    out.writeInt(block.key().n());
    out.writeInt(block.bytes().length);
    out.write(block.bytes());
  }

  /** A second's readings, cut after each alarm. */
  private static List<List<Arrival>> commits(List<Arrival> second) {
    List<List<Arrival>> commits = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < second.size(); i++) {
      if (Lane.of(second.get(i).reading()) == Lane.ALARM || i == second.size() - 1) {
        commits.add(second.subList(from, i + 1));
        from = i + 1;
      }
    }
    return commits;
  }

  private static List<StoredBlock> blocks(List<Arrival> arrivals, Map<Lane, Long> before) {
    Map<Lane, List<Arrival>> lanes = new EnumMap<>(Lane.class);
    for (Arrival arrival : arrivals) {
      lanes.computeIfAbsent(Lane.of(arrival.reading()), _ -> new ArrayList<>()).add(arrival);
    }
    List<StoredBlock> blocks = new ArrayList<>();
    for (Map.Entry<Lane, List<Arrival>> lane : lanes.entrySet()) {
      long first = before.getOrDefault(lane.getKey(), 0L) + 1;
      blocks.add(BlockCodec.encode(1, lane.getKey(), first, lane.getValue()).block());
    }
    return blocks;
  }
}
