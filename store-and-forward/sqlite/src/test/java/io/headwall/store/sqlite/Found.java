package io.headwall.store.sqlite;

import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.MetricRow;
import io.headwall.store.StoredBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is whole in a file, and in which pages each block lies. */
final class Found extends Carver implements Carver.Finds {
  final Map<BlockKey, byte[]> blocks = new HashMap<>();
  final Map<BlockKey, Set<Integer>> pagesOf = new HashMap<>();
  final Map<Long, byte[]> rows = new HashMap<>();
  final FoundFacts facts = new FoundFacts();
  private final Set<Integer> read = new HashSet<>();
  private int leaf;

  Found(Path file) throws Exception {
    super(file);
    for (int page = 1; page <= pages(); page++) {
      read.clear();
      leaf = page;
      carve(page, this);
    }
  }

  @Override
  ByteBuffer page(int number) throws IOException {
    read.add(number);
    return super.page(number);
  }

  @Override
  public void row(Columns row) {
    List<@Nullable Object> values = row.values();
    if (values.size() == 2 && values.get(0) instanceof Long id) {
      if (values.get(1) instanceof byte[] bytes && MetricRow.idOf(bytes) == id) {
        rows.put(id, bytes);
      }
    } else if (values.size() == 3
        && values.get(0) instanceof Long key
        && values.get(1) instanceof Long n
        && values.get(2) instanceof byte[] bytes) {
      for (Lane lane : Lane.values()) block(lane, key, n, bytes);
    } else {
      facts.add(row);
    }
  }

  private void block(Lane lane, long key, long n, byte[] bytes) {
    if (key <= Schema.key(1, 0) || n < 1 || n > 1_000_000) return;
    BlockKey under = new BlockKey(Schema.epochOf(key), lane, Schema.seqOf(key), (int) n);
    if (!BlockCodec.isWhole(new StoredBlock(under, bytes))) return;
    blocks.put(under, bytes);
    pagesOf.put(under, Set.copyOf(read));
    read.retainAll(Set.of(leaf));
  }
}
