package io.headwall.store;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Thins numerics: of each metric and minute the lowest, the median and the highest value stay, as
 * the very readings that they were, with their numbers and times. No value is computed. Valid
 * values go before doubtful ones; of a minute without any value the last reading stays and says
 * why.
 */
final class Thinning {

  private static final long MINUTE_NS = 60_000_000_000L;

  private Thinning() {}

  private record Bucket(String device, Metric metric, long minute) {}

  /** The readings that stay, in order of their numbers. */
  static List<BlockCodec.Decoded> left(List<BlockCodec.Decoded> readings) {
    Map<Bucket, List<BlockCodec.Decoded>> buckets = new LinkedHashMap<>();
    for (BlockCodec.Decoded d : readings) {
      long minute = Math.floorDiv(d.reading().measuredNs(), MINUTE_NS);
      buckets
          .computeIfAbsent(
              new Bucket(d.device(), d.reading().metric(), minute), b -> new ArrayList<>())
          .add(d);
    }
    Map<Long, BlockCodec.Decoded> left = new TreeMap<>();
    for (List<BlockCodec.Decoded> bucket : buckets.values()) {
      for (BlockCodec.Decoded d : ofMinute(bucket)) left.put(d.seq(), d);
    }
    return List.copyOf(left.values());
  }

  private static List<BlockCodec.Decoded> ofMinute(List<BlockCodec.Decoded> bucket) {
    List<BlockCodec.Decoded> values =
        new ArrayList<>(bucket.stream().filter(d -> isValid(d.reading())).toList());
    if (values.isEmpty()) {
      values.addAll(bucket.stream().filter(d -> value(d.reading()) != null).toList());
    }
    if (values.isEmpty()) return List.of(bucket.getLast());
    values.sort(Comparator.comparing(d -> comparable(d.reading())));
    return List.of(values.getFirst(), values.get((values.size() - 1) / 2), values.getLast());
  }

  private static boolean isValid(Reading reading) {
    return reading instanceof Reading.Numeric n && n.quality() == Quality.VALID;
  }

  private static @Nullable Decimal value(Reading reading) {
    return reading instanceof Reading.Numeric n ? n.value() : null;
  }

  private static BigDecimal comparable(Reading reading) {
    Decimal value = value(reading);
    if (value == null) throw new IllegalArgumentException("no value: " + reading);
    return value.toBigDecimal();
  }
}
