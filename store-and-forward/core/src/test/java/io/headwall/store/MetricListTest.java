package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.store.BlockCodec.CorruptBlockException;
import io.headwall.store.BlockCodec.Decoded;
import io.headwall.store.BlockCodec.Encoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricListTest {

  private static final Code PART = new LocalCode("x-part");
  private static final Containment PLACE = Containment.of(PART, PART, PART);

  private final Map<Long, byte[]> dictionary = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom(5);
  private MetricList list = new MetricList();
  private long seq = 1;

  /** Restarts, devices that come and go, blocks of any mixture: all in one dictionary. */
  @Test
  void blocksOfAllListsAreReadableForever() throws Exception {
    List<Encoded> blocks = new ArrayList<>();
    List<List<Arrival>> written = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      if (random.nextInt(100) == 0) list = new MetricList();
      List<Arrival> arrivals = new ArrayList<>();
      int from = i / 4;
      for (int n = 1 + random.nextInt(20); n > 0; n--) {
        arrivals.add(arrival(from + random.nextInt(60)));
      }
      written.add(arrivals);
      blocks.add(encode(arrivals));
    }
    for (int i = 0; i < blocks.size(); i++) {
      assertEquals(
          written.get(i),
          BlockCodec.decode(blocks.get(i).block(), dictionary::get).stream()
              .map(d -> new Arrival(d.device(), d.reading()))
              .toList());
    }
  }

  @Test
  void listsTakeNoMoreThanTheIdsThatBlocksCarriedBefore() {
    long inBlocks = 0;
    for (int i = 0; i < 5_000; i++) {
      // A bed at which a metric turns up every few blocks that was never seen before.
      List<Arrival> arrivals = new ArrayList<>();
      for (int metric = 0; metric < 40; metric++) arrivals.add(arrival(metric));
      arrivals.add(arrival(40 + i / 7));
      Encoded encoded = encode(arrivals);
      ByteBuffer head = ByteBuffer.wrap(encoded.block().bytes(), 5, 9);
      inBlocks += 8 * (VarBytes.unsigned(head) >>> 1);
    }
    long lists = dictionary.values().stream().filter(r -> r[0] == 2).mapToLong(r -> r.length).sum();
    assertTrue(lists > 1_000, "there are lists: " + lists);
    assertTrue(lists <= inBlocks, lists + " of lists, " + inBlocks + " in blocks");
    assertTrue(inBlocks < 5_000L * 41 * 8 / 10, "and they save: " + inBlocks);
  }

  @Test
  void moreMetricsThanAListHoldsBeginANewOne() throws Exception {
    BlockDecoder decoder = new BlockDecoder(dictionary::get);
    for (int from = 0; from < 40_000; from += 2_000) {
      for (int again = 0; again < 20; again++) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) arrivals.add(arrival(from + i));
        assertEquals(2_000, decoder.decode(encode(arrivals).block()).size());
      }
    }
    for (byte[] row : dictionary.values()) assertTrue(row.length <= 1 + 8 * 16_384);
  }

  @Test
  void aFreshFileGetsTheListAgain() throws Exception {
    listed(3);
    dictionary.clear();
    List<Decoded> read = BlockCodec.decode(listed(1).block(), dictionary::get);
    assertEquals("x-value-0", read.getFirst().reading().metric().code().refid());
  }

  @Test
  void aDecoderAsksForEachRowOnceAndBelievesItOnlyThen() throws Exception {
    Encoded block = listed(3);
    List<Long> asked = new ArrayList<>();
    BlockDecoder decoder =
        new BlockDecoder(id -> {
          asked.add(id);
          return dictionary.get(id);
        });
    byte[] row = row(MetricList.ids(row(listId(block)))[2]);
    dictionary.put(MetricRow.idOf(row), new byte[] {1});
    assertThrows(CorruptBlockException.class, () -> decoder.decode(block.block()));
    dictionary.put(MetricRow.idOf(row), row);
    for (int i = 0; i < 5; i++) assertEquals(3, decoder.decode(block.block()).size());
    assertEquals(5, asked.size(), "a list, three metrics, and one of them again");
  }

  @Test
  void anotherListUnderTheIdIsRefused() throws Exception {
    Encoded block = listed(3);
    long id = listId(block);
    byte[] row = row(id).clone();
    BlockCodec.decode(block.block(), dictionary::get);
    // The first two metrics change places: each reading would get the other one's name.
    byte[] swapped = row.clone();
    System.arraycopy(row, 1, swapped, 9, 8);
    System.arraycopy(row, 9, swapped, 1, 8);
    dictionary.put(id, swapped);
    assertRefused(block, "dictionary row altered");
    dictionary.put(id, row(MetricList.ids(row)[0]));
    assertRefused(block, "dictionary row altered");
    dictionary.remove(id);
    assertRefused(block, "not in the dictionary");
    dictionary.put(id, row);
    dictionary.remove(MetricList.ids(row)[1]);
    assertRefused(block, "not in the dictionary");
  }

  @Test
  void aRowOfAMetricIsNoListAndTheOtherWayRound() {
    byte[] metric = MetricRow.of("device-1", arrival(1).reading()).toBytes();
    byte[] row = row(listId(listed(3)));
    assertThrows(IllegalArgumentException.class, () -> MetricList.ids(metric));
    assertThrows(IllegalArgumentException.class, () -> MetricList.ids(new byte[] {2, 0}));
    assertThrows(IllegalArgumentException.class, () -> MetricList.ids(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> MetricRow.fromBytes(row));
    assertEquals(3, MetricList.ids(row).length);
  }

  /** A block of the first metrics, after as many as it takes for them to be listed. */
  private Encoded listed(int metrics) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < metrics; i++) arrivals.add(arrival(i));
    Encoded encoded = encode(arrivals);
    for (int i = 0; i < 9; i++) encoded = encode(arrivals);
    assertEquals(1, encoded.block().bytes()[5], "a list and nothing beside it");
    return encoded;
  }

  private static long listId(Encoded encoded) {
    return ByteBuffer.wrap(encoded.block().bytes()).getLong(6);
  }

  private byte[] row(long id) {
    return Objects.requireNonNull(dictionary.get(id));
  }

  private void assertRefused(Encoded block, String why) {
    CorruptBlockException e =
        assertThrows(
            CorruptBlockException.class, () -> BlockCodec.decode(block.block(), dictionary::get));
    assertEquals(why, e.getMessage());
  }

  private Encoded encode(List<Arrival> arrivals) {
    BlockKey key = new BlockKey(1, Lane.NUMERIC, seq, arrivals.size());
    Encoded encoded = BlockCodec.encode(list, key, arrivals);
    seq += arrivals.size();
    dictionary.putAll(encoded.rows());
    return encoded;
  }

  private Arrival arrival(int metric) {
    Metric of = Metric.unitless(new LocalCode("x-value-" + metric), PLACE);
    long ns = random.nextInt(3);
    return new Arrival("device-1", Reading.Numeric.of(of, ns, Decimal.of(random.nextInt(2_000))));
  }
}
