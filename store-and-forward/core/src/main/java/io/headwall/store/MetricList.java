package io.headwall.store;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that the blocks of a lane refer to by small numbers, instead of each block carrying
 * its metrics' ids. The list is a row of the dictionary and known by the hash of its bytes, like
 * the metrics in it: a block can no more be read with another list than with another metric.
 *
 * <p>A list never changes. A metric that is not in it is carried by the blocks themselves, and a
 * new list is made once such ids have taken as many bytes as that list will: a metric that comes
 * once costs its id, and all lists together never more than what they came to replace. Owned by the
 * store thread.
 */
final class MetricList {

  /** First byte of a list in the dictionary; {@link MetricRow} begins with another one. */
  private static final byte VERSION = 2;

  /** A bed has some hundred metrics; one takes about 600 bytes here. */
  private static final int METRICS_MAX = 16_384;

  /** A dictionary row's key and what SQLite keeps with it. */
  private static final int ROW_BYTES = 24;

  private Map<MetricRow, Known> listed = Map.of();
  private long id;
  private byte[] row = {};

  /** What blocks have carried since the list was made. */
  private final Map<MetricRow, Known> carried = new LinkedHashMap<>();

  private long carriedBytes;

  /** A metric's place in the list, its id and its row. */
  private record Known(int number, long id, byte[] row) {}

  /** Whether a row of the dictionary is a list, not a metric. */
  static boolean isList(byte[] row) {
    return row.length % Long.BYTES == 1 && row[0] == VERSION;
  }

  /** The ids of a list. */
  static long[] ids(byte[] row) {
    if (!isList(row)) throw new IllegalArgumentException("no list of metrics");
    long[] ids = new long[row.length / Long.BYTES];
    ByteBuffer.wrap(row, 1, row.length - 1).asLongBuffer().get(ids);
    return ids;
  }

  /** The numbers of one block. */
  final class Numbers {
    private final Map<MetricRow, Known> own = new LinkedHashMap<>();
    private final Map<Long, byte[]> rows = new LinkedHashMap<>();

    int of(MetricRow metric) {
      @Nullable Known known = listed.get(metric);
      if (known == null) known = own.computeIfAbsent(metric, this::carry);
      rows.put(known.id, known.row);
      return known.number;
    }

    private Known carry(MetricRow metric) {
      int number = listed.size() + own.size();
      @Nullable Known before = carried.get(metric);
      if (before != null) return new Known(number, before.id, before.row);
      byte[] bytes = metric.toBytes();
      return new Known(number, MetricRow.idOf(bytes), bytes);
    }

    /**
     * Writes what the numbers stand for. The block is complete then; the next one may get another
     * list.
     *
     * @return the dictionary rows that it needs, by id
     */
    Map<Long, byte[]> writeTo(VarBytes out) {
      out.unsigned(own.size() * 2L + (listed.isEmpty() ? 0 : 1));
      if (!listed.isEmpty()) {
        out.fixed64(id);
        rows.put(id, row);
      }
      for (Known metric : own.values()) out.fixed64(metric.id);
      noteCarried(own);
      return rows;
    }
  }

  private void noteCarried(Map<MetricRow, Known> own) {
    if (carried.size() + own.size() > METRICS_MAX) {
      carried.clear();
      carriedBytes = 0;
    }
    carried.putAll(own);
    carriedBytes += own.size() * (long) Long.BYTES;
    if (carriedBytes >= ROW_BYTES + (listed.size() + carried.size()) * (long) Long.BYTES) renew();
  }

  private void renew() {
    Map<MetricRow, Known> all = new LinkedHashMap<>();
    if (listed.size() + carried.size() <= METRICS_MAX) all.putAll(listed);
    carried.forEach((row, metric) -> all.put(row, new Known(all.size(), metric.id, metric.row)));
    ByteBuffer bytes = ByteBuffer.allocate(1 + all.size() * Long.BYTES).put(VERSION);
    for (Known metric : all.values()) bytes.putLong(metric.id);
    listed = all;
    row = bytes.array();
    id = MetricRow.idOf(row);
    carried.clear();
    carriedBytes = 0;
  }
}
