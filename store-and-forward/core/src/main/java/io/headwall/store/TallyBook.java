package io.headwall.store;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what was committed of each device and lane, and once a minute says so in a record of its
 * own, so that a receiver can prove that nothing is missing. Owned by the store thread.
 */
final class TallyBook {

  private static final long PERIOD_NS = 60_000_000_000L;

  private final Map<Key, Sum> sums = new LinkedHashMap<>();
  private long beganNs = Long.MIN_VALUE;

  private record Key(int epoch, String device, Lane lane) {}

  private static final class Sum {
    final Code mds;
    final long from;
    long to;
    long readings;
    long digest;

    Sum(Code mds, long from) {
      this.mds = mds;
      this.from = from;
    }
  }

  /** Readings were committed under numbers from {@code firstSeq} on. */
  void committed(int epoch, Lane lane, long firstSeq, List<Arrival> arrivals) {
    long seq = firstSeq;
    for (Arrival a : arrivals) {
      long number = seq++;
      Code mds = a.reading().metric().containment().mds();
      Sum sum = sums.computeIfAbsent(new Key(epoch, a.device(), lane), k -> new Sum(mds, number));
      sum.to = number;
      sum.readings++;
      sum.digest += ReadingDigest.of(number, a.reading());
    }
  }

  /** Whether the minute is over. */
  boolean due(long nowNs) {
    if (beganNs == Long.MIN_VALUE) beganNs = nowNs;
    return nowNs - beganNs >= PERIOD_NS;
  }

  /** The records of the time since the last ones, which begin another minute. */
  List<Arrival> close(long nowNs) {
    List<Arrival> records = new ArrayList<>();
    sums.forEach((key, sum) -> {
      Numbers numbers = new Numbers(key.epoch(), key.lane().wireName(), sum.from, sum.to);
      Reading tally =
          new Reading.Tally(DeviceMetrics.tally(sum.mds), nowNs, numbers, sum.readings, sum.digest);
      records.add(new Arrival(key.device(), tally));
    });
    sums.clear();
    beganNs = nowNs;
    return records;
  }
}
