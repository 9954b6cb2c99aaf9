package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.store.BlockCodec.CorruptBlockException;
import io.headwall.store.BlockCodec.Decoded;
import io.headwall.store.BlockCodec.Encoded;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class BlockCodecTest {

  private static final MdcCode VENTILATOR =
      new MdcCode(69_708, "MDC_DEV_SYS_PT_VENT_MDS", MdcCategory.DEVICE, 2);
  private static final LocalCode MODULE = new LocalCode("x-module");
  private static final Containment PLACE = Containment.of(VENTILATOR, MODULE, MODULE);
  private static final Metric PRESSURE =
      new Metric(
          new MdcCode(151_784, "MDC_PRESS_AWAY", MdcCategory.VENTILATOR, 2),
          new Unit(268_048, "MDC_DIM_CM_H2O", "cm[H2O]"),
          PLACE);
  private static final Metric STATE = Metric.unitless(new LocalCode("x-device-state"), PLACE);

  @Test
  void whatIsDecodedIsWhatWasEncoded() throws Exception {
    for (int seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomReadings readings = new RandomReadings(random);
      List<Arrival> arrivals = new ArrayList<>();
      for (int n = 1 + random.nextInt(40); n > 0; n--) arrivals.add(readings.arrival());
      Lane lane = Lane.values()[random.nextInt(Lane.values().length)];
      Encoded encoded =
          BlockCodec.encode(
              1 + random.nextInt(BlockKey.EPOCH_MAX),
              lane,
              1 + random.nextLong(BlockKey.SEQ_MAX - 100),
              arrivals);
      List<Decoded> expected = new ArrayList<>();
      long seq = encoded.block().key().firstSeq();
      for (Arrival a : arrivals) expected.add(new Decoded(seq++, a.device(), a.reading()));
      assertEquals(expected, decode(encoded), "seed " + seed);
      assertEquals(
          arrivals.getFirst().reading().measuredNs(),
          BlockCodec.firstMeasuredNs(encoded.block()),
          "seed " + seed);
    }
  }

  @Test
  void theSeedsMeetEveryKindQualityAndEnumValue() {
    Set<Object> met = new HashSet<>();
    RandomReadings readings = new RandomReadings(new SplittableRandom(1));
    for (int i = 0; i < 5_000; i++) {
      Reading reading = readings.reading();
      met.add(MetricRow.of("d", reading).kind());
      switch (reading) {
        case Reading.Numeric n -> met.add(n.quality());
        case Reading.Alarm a -> {
          met.add(a.state());
          met.add(a.priority());
        }
        case Reading.DeviceState s -> met.add(s.condition());
        case Reading.SampleBlock b -> {}
        case Reading.Setting s -> {}
        case Reading.Text t -> {}
        case Reading.Gap g -> {}
        case Reading.DeviceClock c -> {}
        case Reading.Removed r -> met.add(r.kind());
        case Reading.Tally t -> {}
      }
    }
    assertEquals(
        MetricRow.Kind.values().length
            + Quality.values().length
            + Reading.AlarmState.values().length
            + Reading.AlarmPriority.values().length
            + Reading.RemovalKind.values().length
            + DeviceCondition.values().length,
        met.size());
  }

  /** The disk format: a change here makes every store in the field unreadable. */
  @Test
  void numericsAreOnDiskAsTheyEverWere() throws Exception {
    pin(
        Lane.NUMERIC,
        List.of(
            Reading.Numeric.of(PRESSURE, 1_000, Decimal.of(185, 1)),
            Reading.Numeric.of(PRESSURE, 1_000, Decimal.of(-3, 1)),
            new Reading.Numeric(PRESSURE, 990, Decimal.of(64, 1), Quality.OUT_OF_RANGE),
            Reading.Numeric.absent(PRESSURE, 1_010, Quality.SENSOR_DISCONNECTED)),
        """
        03 ded2efb1              # form, CRC-32C
        04 ec20141e952d5ed9      # two metrics, no list: with one digit after the point,
        baed6ff70ffa6a69         # and without any, for what has no value
        01 d00f f202             # the first, plain, 1000 ns, 185
        07 05                    # one back, same time, plain, -3
        04 13 02 8001            # one back, 10 ns back, out of range, 64
        00 28 05                 # the next one, 20 ns later, sensor disconnected
        """);
  }

  @Test
  void aListStandsInForItsMetricsOnceTheyHaveBeenCarriedForItsPrice() throws Exception {
    MetricList list = new MetricList();
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      arrivals.add(new Arrival("evita-1", Reading.Numeric.of(PRESSURE, 1_000, Decimal.of(185, i))));
    }
    List<Encoded> blocks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BlockKey key = new BlockKey(3, Lane.NUMERIC, 1 + 3 * i, 3);
      blocks.add(BlockCodec.encode(list, key, arrivals));
    }
    assertHex(
        """
        03 1b2ef5a8              # form, CRC-32C
        06 baed6ff70ffa6a69      # three metrics, no list
        ec20141e952d5ed9
        21a8dbf0f90186e2
        01 d00f f202             # the first, plain, 1000 ns, 185
        03 f202                  # the next one, same time, plain, 185
        03 f202
        """,
        blocks.get(1));
    assertHex(
        """
        03 43c85f86              # form, CRC-32C
        01 d833021e1644c7e9      # a list, no other metrics
        01 d00f f202             # its first, plain, 1000 ns, 185
        03 f202                  # its next one, same time, plain, 185
        03 f202
        """,
        blocks.get(2));
    arrivals.add(new Arrival("evita-2", Reading.Numeric.of(PRESSURE, 1_000, Decimal.of(185, 1))));
    arrivals.subList(0, 2).clear();
    assertHex(
        """
        03 b7838d30              # form, CRC-32C
        03 d833021e1644c7e9      # a list, and a metric
        f791f65a71dd7bfa
        11 d00f f202             # the third of the list, plain, 1000 ns, 185
        03 f202                  # the one behind it, same time, plain, 185
        """,
        BlockCodec.encode(list, new BlockKey(3, Lane.NUMERIC, 10, 2), arrivals));
  }

  @Test
  void alarmsAreOnDiskAsTheyEverWere() throws Exception {
    pin(
        Lane.ALARM,
        List.of(
            new Reading.Alarm(
                STATE, 5, Reading.AlarmState.ACTIVE, Reading.AlarmPriority.HIGH, "Paw hoch ü")),
        """
        03 75f02598              # form, CRC-32C
        02 bd3e9a5adc48b277      # one metric, no list
        01 0a 13                 # plain, 5 ns, active and high
        0b 50617720686f636820c3bc # 11 bytes of UTF-8: Paw hoch ü
        """);
  }

  @Test
  void eventsAreOnDiskAsTheyEverWere() throws Exception {
    pin(
        Lane.EVENT,
        List.of(
            Reading.Setting.of(PRESSURE, 1, Reading.SettingKind.LIMIT_HIGH, Decimal.of(400, 1)),
            Reading.Setting.of(PRESSURE, 1, Reading.SettingKind.LIMIT_LOW, Decimal.of(5)),
            Reading.Setting.word(STATE, 1, "BIPAP"),
            Reading.Setting.absent(STATE, 1, Reading.SettingKind.SETTING, Quality.OFF),
            new Reading.Text(STATE, 1, "A"),
            new Reading.DeviceState(STATE, 1, DeviceCondition.SPEAKING, ""),
            new Reading.Gap(STATE, 1_001, 1, "lost"),
            new Reading.DeviceClock(
                STATE, 1_001, LocalDateTime.of(1970, 1, 2, 0, 0, 1, 1_000_000))),
        """
        03 078f2132              # form, CRC-32C
        0e cfc73deeee499a94      # seven metrics, no list: limit high
        fb4c8f3137582ed9         # limit low
        b11bb423ed4e7619         # setting
        03bb6fc7240a8c11         # text
        22251836ebf204fe         # state
        0079f3aefe782f2f         # gap
        686560e07331810c         # clock
        01 02 01 a006            # the first, plain, 1 ns, a quantity, 400
        03 01 0a                 # the next one, same time, plain, a quantity, 5
        03 02 05 4249504150      # the next one, a word of 5 bytes: BIPAP
        06 07 00                 # one back, off, neither
        03 01 41                 # text of 1 byte: A
        03 02 00                 # speaking, no detail
        01 d00f e807 04 6c6f7374 # 1000 ns later, 1000 ns long: lost
        03 82c60a c0843d         # clock: 86401 s after 1970, 1000000 ns
        """);
  }

  @Test
  void wavesAreOnDiskAsTheyEverWere() throws Exception {
    int[] samples = {0, 63, 0, -64, Reading.SampleBlock.MISSING, 2_000};
    pin(
        Lane.WAVE,
        List.of(
            new Reading.SampleBlock(
                PRESSURE, 1, 4_000_000, Decimal.of(1, 2), Decimal.of(-100), samples)),
        """
        03 c73a98d6              # form, CRC-32C
        02 0b82717918a139f8      # one metric, no list
        01 02 06 47 00           # plain, 1 ns, six samples, order 1 and 7 bits, the first one 0
        7e 7d 7f                 # up 63, down 63, down 64
        ffffff 0ffffff7f         # an outlier: down to a missing sample
        ffffff 100000fa0         # another one: up to 2000
        """);
  }

  @Test
  void everyFlippedBitIsFound() {
    RandomReadings readings = new RandomReadings(new SplittableRandom(3));
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 12; i++) arrivals.add(readings.arrival());
    Encoded good = BlockCodec.encode(7, Lane.EVENT, 11, arrivals);
    for (int bit = 0; bit < good.block().bytes().length * 8; bit++) {
      byte[] bytes = good.block().bytes().clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertCorrupt(new StoredBlock(good.block().key(), bytes), good.rows());
    }
  }

  @Test
  void everyTruncationAndExtensionIsFound() {
    Encoded good = numerics(3);
    byte[] bytes = good.block().bytes();
    for (int length = 0; length <= bytes.length + 3; length++) {
      if (length == bytes.length) continue;
      byte[] other = Arrays.copyOf(bytes, length);
      assertCorrupt(new StoredBlock(good.block().key(), other), good.rows());
    }
  }

  @Test
  void aBlockUnderAnotherKeyIsRefused() {
    Encoded good = numerics(3);
    byte[] bytes = good.block().bytes();
    for (BlockKey other :
        List.of(
            new BlockKey(2, Lane.NUMERIC, 1, 3),
            new BlockKey(1, Lane.WAVE, 1, 3),
            new BlockKey(1, Lane.NUMERIC, 2, 3),
            new BlockKey(1, Lane.NUMERIC, 1, 2),
            new BlockKey(1, Lane.NUMERIC, 1, 4))) {
      assertCorrupt(new StoredBlock(other, bytes), good.rows());
    }
  }

  @Test
  void anotherRowUnderTheMetricIdIsRefused() {
    Encoded good = numerics(1);
    long id = good.rows().keySet().iterator().next();
    byte[] other =
        MetricRow.of("device-2", Reading.Numeric.of(PRESSURE, 0, Decimal.of(1, 1))).toBytes();
    assertCorrupt(good.block(), Map.of(id, other));
    assertCorrupt(good.block(), Map.of());
  }

  /** Bytes with a good CRC that no encoder has made: an exception of ours, or some reading. */
  @Test
  void nonsenseWithAGoodChecksumIsRefusedInGoodOrder() throws Exception {
    Encoded good = numerics(2);
    long id = good.rows().keySet().iterator().next();
    SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      ByteBuffer bytes = ByteBuffer.allocate(5 + 9 + body.length);
      bytes.put((byte) 3).putInt(0).put((byte) 2).putLong(id).put(body);
      BlockKey key = new BlockKey(1, Lane.NUMERIC, 1, 1 + random.nextInt(3));
      bytes.putInt(1, crc(key, bytes.array()));
      try {
        BlockCodec.decode(new StoredBlock(key, bytes.array()), good.rows()::get);
      } catch (CorruptBlockException e) {
        refused++;
      }
    }
    assertTrue(refused > 40_000, "refused " + refused);
  }

  private static Encoded numerics(int n) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arrivals.add(new Arrival("evita-1", Reading.Numeric.of(PRESSURE, i, Decimal.of(185, 1))));
    }
    return BlockCodec.encode(1, Lane.NUMERIC, 1, arrivals);
  }

  /** Encodes as epoch 3, from number 9, and compares with the hex before each {@code #}. */
  private static void pin(Lane lane, List<Reading> readings, String golden) throws Exception {
    List<Arrival> arrivals = readings.stream().map(r -> new Arrival("evita-1", r)).toList();
    Encoded encoded = BlockCodec.encode(3, lane, 9, arrivals);
    assertHex(golden, encoded);
    List<Decoded> decoded = decode(encoded);
    assertEquals(readings, decoded.stream().map(Decoded::reading).toList());
  }

  private static void assertHex(String golden, Encoded encoded) {
    String hex = golden.replaceAll("#[^\n]*", "").replaceAll("\\s", "");
    assertEquals(hex, HexFormat.of().formatHex(encoded.block().bytes()));
  }

  private static List<Decoded> decode(Encoded encoded) throws Exception {
    return BlockCodec.decode(encoded.block(), encoded.rows()::get);
  }

  private static void assertCorrupt(StoredBlock block, Map<Long, byte[]> rows) {
    assertThrows(CorruptBlockException.class, () -> BlockCodec.decode(block, rows::get));
  }

  /** The CRC as the format describes it, written a second time. */
  private static int crc(BlockKey key, byte[] bytes) {
    ByteBuffer covered = ByteBuffer.allocate(18 + bytes.length - 5);
    covered.putInt(key.epoch()).put((byte) key.lane().ordinal());
    covered.putLong(key.firstSeq()).putInt(key.n()).put(bytes[0]).put(bytes, 5, bytes.length - 5);
    CRC32C crc = new CRC32C();
    crc.update(covered.array());
    return (int) crc.getValue();
  }
}
