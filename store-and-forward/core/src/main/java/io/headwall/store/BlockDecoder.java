package io.headwall.store;

import io.headwall.spi.reading.Reading;
import io.headwall.store.BlockCodec.CorruptBlockException;
import io.headwall.store.BlockCodec.Decoded;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks and keeps what it found in the dictionary, once the hash of each row has proved
 * it. What an id stands for is the same in every file, so nothing kept can ever be out of date.
 * Owned by one thread.
 */
public final class BlockDecoder {

  private static final int METRICS_MAX = 2_048;
  private static final int LISTS_MAX = 64;

  private final Dictionary dictionary;
  private final Map<Long, MetricRow> metrics = new Latest<>(METRICS_MAX);
  private final Map<Long, long[]> lists = new Latest<>(LISTS_MAX);

  /** A decoder that has found nothing yet. */
  public BlockDecoder(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /**
   * The readings of a block in order of their numbers.
   *
   * @throws CorruptBlockException where it is damaged, or the dictionary is not the one it was
   *     written with
   */
  public List<Decoded> decode(StoredBlock block) throws CorruptBlockException, StoreException {
    try {
      ByteBuffer in = BlockCodec.body(block);
      long[] ids = ids(in);
      boolean sparse = BlockCodec.isSparse(block);
      long n = sparse ? VarBytes.unsigned(in) : block.key().n();
      if (n < 1 || n > block.key().n() || n > in.remaining()) {
        throw new CorruptBlockException("number of readings");
      }
      List<Decoded> out = readings(in, ids, sparse, block.key().firstSeq() - 1, (int) n);
      if (in.hasRemaining()) throw new CorruptBlockException("bytes left over");
      if (out.getLast().seq() > block.key().lastSeq()) {
        throw new CorruptBlockException("numbers past the end");
      }
      return out;
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException e) {
      throw new CorruptBlockException("form", e);
    }
  }

  private List<Decoded> readings(ByteBuffer in, long[] ids, boolean sparse, long before, int n)
      throws CorruptBlockException, StoreException {
    List<Decoded> out = new ArrayList<>(n);
    long seq = before;
    int expected = 0;
    long ns = 0;
    for (int i = 0; i < n; i++) {
      seq += sparse ? VarBytes.unsigned(in) : 1;
      int head = (int) VarBytes.unsigned(in);
      int metric = expected + (head >>> 3 ^ -(head >>> 2 & 1));
      if ((head & 2) == 0) ns += VarBytes.signed(in);
      MetricRow row = metric(ids[metric]);
      Reading reading = ReadingValues.read(in, row, ns, (head & 1) == 1);
      out.add(new Decoded(seq, row.device(), reading));
      expected = metric + 1;
    }
    return out;
  }

  /** What the block's numbers stand for: the metrics of its list, and those it carries itself. */
  private long[] ids(ByteBuffer in) throws CorruptBlockException, StoreException {
    long head = VarBytes.unsigned(in);
    long[] listed = (head & 1) == 1 ? list(in.getLong()) : new long[0];
    long carried = head >>> 1;
    if (carried > in.remaining() / Long.BYTES) throw new CorruptBlockException("metric count");
    if (carried == 0) return listed;
    long[] ids = Arrays.copyOf(listed, listed.length + (int) carried);
    for (int i = listed.length; i < ids.length; i++) ids[i] = in.getLong();
    return ids;
  }

  private long[] list(long id) throws CorruptBlockException, StoreException {
    long @Nullable [] list = lists.get(id);
    if (list == null) {
      list = MetricList.ids(proved(id));
      lists.put(id, list);
    }
    return list;
  }

  private MetricRow metric(long id) throws CorruptBlockException, StoreException {
    @Nullable MetricRow row = metrics.get(id);
    if (row == null) {
      row = MetricRow.fromBytes(proved(id));
      metrics.put(id, row);
    }
    return row;
  }

  private byte[] proved(long id) throws CorruptBlockException, StoreException {
    byte[] row = dictionary.row(id);
    if (row == null) throw new CorruptBlockException("not in the dictionary");
    if (MetricRow.idOf(row) != id) throw new CorruptBlockException("dictionary row altered");
    return row;
  }

  /** What was used last. */
  private static final class Latest<V> extends LinkedHashMap<Long, V> {
    private final int max;

    Latest(int max) {
      super(64, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
      return size() > max;
    }
  }
}
