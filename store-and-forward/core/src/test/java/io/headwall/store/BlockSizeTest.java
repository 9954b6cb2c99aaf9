package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a reading takes in blocks of one second, dictionary included. */
class BlockSizeTest {

  private static final int BLOCKS = 600;
  private static final int METRICS = 36;
  private static final int SAMPLES = 250;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Code PART = new LocalCode("x-part");
  private static final Containment PLACE = Containment.of(PART, PART, PART);

  private final RandomGenerator random = new SplittableRandom(4);

  @Test
  void aNumericTakesSixteenBytesAtMost() {
    double each = bytes(Lane.NUMERIC, this::numerics) / (double) (BLOCKS * METRICS);
    print("bytes per numeric of a commit of " + METRICS, each);
    assertTrue(each <= 16, "bytes each: " + each);
  }

  @Test
  void aSampleAtTwelveBitsTakesLessThanAByte() {
    double each = bytes(Lane.WAVE, this::wave) / (double) (BLOCKS * SAMPLES);
    print("bytes per sample of a 12-bit sine with noise", each);
    assertTrue(each <= 1, "bytes each: " + each);
  }

  /** Values of four devices, each with a time of its own. */
  private List<Arrival> numerics(int second) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      Metric metric = Metric.unitless(new LocalCode("x-value-" + i), PLACE);
      long ns = second * SECOND_NS + i / 9 * 230_000_000L + 1;
      Decimal value = Decimal.of(random.nextInt(2_000), 1);
      arrivals.add(new Arrival("device-" + i / 9, Reading.Numeric.of(metric, ns, value)));
    }
    return arrivals;
  }

  /** 1.2 Hz at 250 Hz, full scale: an arterial pressure at 72 beats a minute is gentler. */
  private List<Arrival> wave(int second) {
    int[] samples = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double angle = 2 * Math.PI * 1.2 * (second + i / 250.0);
      samples[i] = (int) Math.round(2_048 + 2_040 * Math.sin(angle) + random.nextGaussian());
    }
    Metric metric = Metric.unitless(PART, PLACE);
    return List.of(
        new Arrival(
            "monitor-1",
            new Reading.SampleBlock(
                metric,
                second * SECOND_NS,
                SECOND_NS / 250,
                Decimal.of(1),
                Decimal.of(0),
                samples)));
  }

  private interface Bed {
    List<Arrival> in(int second);
  }

  private static long bytes(Lane lane, Bed bed) {
    MetricList list = new MetricList();
    Map<Long, byte[]> rows = new HashMap<>();
    long bytes = 0;
    long seq = 1;
    for (int second = 0; second < BLOCKS; second++) {
      List<Arrival> arrivals = bed.in(second);
      BlockKey key = new BlockKey(1, lane, seq, arrivals.size());
      BlockCodec.Encoded encoded = BlockCodec.encode(list, key, arrivals);
      bytes += encoded.block().bytes().length;
      rows.putAll(encoded.rows());
      seq += arrivals.size();
    }
    return bytes + rows.values().stream().mapToLong(row -> row.length).sum();
  }

  private static void print(String what, double figure) {
    System.out.println(String.format(Locale.ROOT, "codec: %s: %.2f", what, figure));
  }
}
