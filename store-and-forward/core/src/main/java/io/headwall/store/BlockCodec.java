package io.headwall.store;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Readings of one commit and lane to one block and back, without loss.
 *
 * <pre>
 * u8 form | u32 CRC-32C over epoch, lane, first seq, n and all that follows
 * varint k | k * u64 metric id                                the metrics that occur
 * n * ( varint metric index * 2 + plain | zig-zag time since the reading before, ns | value )
 * </pre>
 *
 * {@code plain} is 1 where the quality is "valid" and so not written. Values are zig-zag integers
 * in the metric's scale, waveform samples the differences between neighbours. This is the dense
 * form, in which each number of the block's stretch has its reading. In the sparse form, of a
 * stretch that was thinned, the number of readings stands before the first one, and before each one
 * how far its number lies behind the one before.
 */
public final class BlockCodec {

  private static final int DENSE = 1;
  private static final int SPARSE = 2;
  private static final int HEAD_BYTES = 5;

  private BlockCodec() {}

  /**
   * An encoded block and the dictionary rows that it needs.
   *
   * @param rows row bytes by metric id
   */
  public record Encoded(StoredBlock block, Map<Long, byte[]> rows) {}

  /** A decoded reading, its number and its device. */
  public record Decoded(long seq, String device, Reading reading) {}

  /** The block cannot be read: damaged, or its dictionary is not the one it was written with. */
  public static final class CorruptBlockException extends Exception {
    public CorruptBlockException(String message) {
      super(message);
    }

    public CorruptBlockException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Encodes readings of one lane, numbered from {@code firstSeq}. */
  public static Encoded encode(int epoch, Lane lane, long firstSeq, List<Arrival> arrivals) {
    Encoder encoder = new Encoder();
    for (Arrival a : arrivals) encoder.add(a.device(), a.reading());
    return encoder.encoded(DENSE, new BlockKey(epoch, lane, firstSeq, arrivals.size()));
  }

  /**
   * Encodes what is left of a stretch of numbers.
   *
   * @param key the whole stretch
   * @param left readings in order of their numbers, one at least
   */
  public static StoredBlock encodeSparse(BlockKey key, List<Decoded> left) {
    Encoder encoder = new Encoder();
    encoder.entries.unsigned(left.size());
    long before = key.firstSeq() - 1;
    for (Decoded d : left) {
      if (d.seq() <= before || d.seq() > key.lastSeq()) {
        throw new IllegalArgumentException(d.seq() + " after " + before + " in " + key);
      }
      encoder.entries.unsigned(d.seq() - before);
      before = d.seq();
      encoder.add(d.device(), d.reading());
    }
    return encoder.encoded(SPARSE, key).block();
  }

  /** Whether a block is of a stretch that was thinned. Looks at its first byte only. */
  public static boolean isSparse(StoredBlock block) {
    return block.bytes().length > 0 && block.bytes()[0] == SPARSE;
  }

  /** Collects the readings of one block. */
  private static final class Encoder {
    final Map<MetricRow, Integer> index = new LinkedHashMap<>();
    final VarBytes entries = new VarBytes();
    long before;

    void add(String device, Reading reading) {
      MetricRow row = MetricRow.of(device, reading);
      int at = index.computeIfAbsent(row, r -> index.size());
      entries.unsigned(at * 2L + (isPlain(reading) ? 1 : 0));
      entries.signed(reading.measuredNs() - before);
      before = reading.measuredNs();
      value(entries, reading);
    }

    Encoded encoded(int form, BlockKey key) {
      Map<Long, byte[]> rows = new LinkedHashMap<>();
      VarBytes body = new VarBytes();
      body.unsigned(index.size());
      for (MetricRow row : index.keySet()) {
        byte[] bytes = row.toBytes();
        long id = MetricRow.idOf(bytes);
        rows.put(id, bytes);
        body.fixed64(id);
      }
      byte[] packed = assemble(form, key, body.toBytes(), entries.toBytes());
      return new Encoded(new StoredBlock(key, packed), rows);
    }
  }

  /** Decodes a block. */
  public static List<Decoded> decode(StoredBlock block, Dictionary dictionary)
      throws CorruptBlockException, StoreException {
    try {
      ByteBuffer in = body(block);
      List<MetricRow> rows = rows(in, dictionary);
      boolean sparse = isSparse(block);
      int n = sparse ? Math.toIntExact(VarBytes.unsigned(in)) : block.key().n();
      if (n < 1 || n > block.key().n()) throw new CorruptBlockException("number of readings");
      List<Decoded> out = new ArrayList<>(n);
      long seq = block.key().firstSeq() - 1;
      long ns = 0;
      for (int i = 0; i < n; i++) {
        seq += sparse ? VarBytes.unsigned(in) : 1;
        int head = (int) VarBytes.unsigned(in);
        MetricRow row = rows.get(head >>> 1);
        ns += VarBytes.signed(in);
        out.add(new Decoded(seq, row.device(), reading(in, row, ns, (head & 1) == 1)));
      }
      if (in.hasRemaining()) throw new CorruptBlockException("bytes left over");
      if (seq > block.key().lastSeq()) throw new CorruptBlockException("numbers past the end");
      return out;
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException e) {
      throw new CorruptBlockException("form", e);
    }
  }

  /** Measurement time of a block's first reading, without a look at the dictionary. */
  public static long firstMeasuredNs(StoredBlock block) throws CorruptBlockException {
    try {
      ByteBuffer in = body(block);
      long metrics = VarBytes.unsigned(in);
      in.position(Math.toIntExact(in.position() + metrics * Long.BYTES));
      if (isSparse(block)) {
        VarBytes.unsigned(in);
        VarBytes.unsigned(in);
      }
      VarBytes.unsigned(in);
      return VarBytes.signed(in);
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw new CorruptBlockException("form", e);
    }
  }

  /**
   * Whether the checksum over key and content is right, which says that these bytes were written
   * under this key.
   */
  public static boolean isWhole(StoredBlock block) {
    try {
      body(block);
      return true;
    } catch (CorruptBlockException | BufferUnderflowException e) {
      return false;
    }
  }

  /** What follows the head, once form and CRC have been found good. */
  private static ByteBuffer body(StoredBlock block) throws CorruptBlockException {
    ByteBuffer in = ByteBuffer.wrap(block.bytes());
    byte form = in.get();
    if (form != DENSE && form != SPARSE) throw new CorruptBlockException("form " + form);
    if (in.getInt() != crc(block.key(), block.bytes())) throw new CorruptBlockException("CRC");
    return in;
  }

  private static byte[] assemble(int form, BlockKey key, byte[] body, byte[] entries) {
    byte[] bytes = new byte[HEAD_BYTES + body.length + entries.length];
    bytes[0] = (byte) form;
    System.arraycopy(body, 0, bytes, HEAD_BYTES, body.length);
    System.arraycopy(entries, 0, bytes, HEAD_BYTES + body.length, entries.length);
    ByteBuffer.wrap(bytes).putInt(1, crc(key, bytes));
    return bytes;
  }

  /** Covers the form and the key too: a block under a wrong key is as bad as a wrong block. */
  private static int crc(BlockKey key, byte[] bytes) {
    CRC32C crc = new CRC32C();
    ByteBuffer head = ByteBuffer.allocate(18);
    head.putInt(key.epoch()).put((byte) key.lane().ordinal()).putLong(key.firstSeq());
    head.putInt(key.n());
    if (bytes[0] != DENSE) head.put(bytes[0]);
    crc.update(head.flip());
    crc.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
    return (int) crc.getValue();
  }

  private static List<MetricRow> rows(ByteBuffer in, Dictionary dictionary)
      throws CorruptBlockException, StoreException {
    int n = (int) VarBytes.unsigned(in);
    if (n < 0 || n > in.remaining() / Long.BYTES) throw new CorruptBlockException("metric count");
    List<MetricRow> rows = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long id = in.getLong();
      byte[] row = dictionary.row(id);
      if (row == null) throw new CorruptBlockException("metric not in the dictionary");
      if (MetricRow.idOf(row) != id) throw new CorruptBlockException("dictionary row altered");
      rows.add(MetricRow.fromBytes(row));
    }
    return rows;
  }

  private static boolean isPlain(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> n.quality() == Quality.VALID;
      case Reading.Setting s -> s.quality() == Quality.VALID;
      case Reading.SampleBlock b -> true;
      case Reading.Alarm a -> true;
      case Reading.Text t -> true;
      case Reading.DeviceState d -> true;
      case Reading.Gap g -> true;
      case Reading.DeviceClock c -> true;
      case Reading.Removed r -> true;
      case Reading.Tally t -> true;
    };
  }

  private static void value(VarBytes out, Reading reading) {
    switch (reading) {
      case Reading.Numeric n -> {
        if (n.quality() != Quality.VALID) out.u8(n.quality().code());
        if (n.value() != null) out.signed(n.value().unscaled());
      }
      case Reading.SampleBlock b -> samples(out, b.samples());
      case Reading.Alarm a -> {
        // State and priority in one byte.
        out.u8((a.state().ordinal() << 4) | a.priority().ordinal());
        out.text(a.text());
      }
      case Reading.Setting s -> setting(out, s);
      case Reading.Text t -> out.text(t.text());
      case Reading.DeviceState d -> {
        out.u8(d.condition().ordinal());
        out.text(d.detail());
      }
      case Reading.Gap g -> {
        out.unsigned(g.measuredNs() - g.fromNs());
        out.text(g.reason());
      }
      case Reading.DeviceClock c -> {
        out.signed(c.clock().toEpochSecond(ZoneOffset.UTC));
        out.unsigned(c.clock().getNano());
      }
      case Reading.Removed r -> {
        numbers(out, r.numbers());
        out.unsigned(r.readings());
        out.u8(r.kind().ordinal());
        out.signed(r.span().fromNs());
        out.unsigned(r.span().toNs() - r.span().fromNs());
        out.text(r.reason());
      }
      case Reading.Tally t -> {
        numbers(out, t.numbers());
        out.unsigned(t.readings());
        out.fixed64(t.digest());
      }
    }
  }

  private static void numbers(VarBytes out, Numbers numbers) {
    out.unsigned(numbers.epoch());
    out.text(numbers.lane());
    out.unsigned(numbers.from());
    out.unsigned(numbers.to() - numbers.from());
  }

  private static Numbers numbers(ByteBuffer in) {
    int epoch = Math.toIntExact(VarBytes.unsigned(in));
    String lane = VarBytes.text(in);
    long from = VarBytes.unsigned(in);
    return new Numbers(epoch, lane, from, from + VarBytes.unsigned(in));
  }

  private static Reading removed(ByteBuffer in, Metric metric, long ns) {
    Numbers numbers = numbers(in);
    long readings = VarBytes.unsigned(in);
    Reading.RemovalKind kind = Reading.RemovalKind.values()[in.get()];
    long from = VarBytes.signed(in);
    Reading.Span span = new Reading.Span(from, from + VarBytes.unsigned(in));
    return new Reading.Removed(metric, ns, numbers, readings, kind, span, VarBytes.text(in));
  }

  private static void setting(VarBytes out, Reading.Setting setting) {
    if (setting.quality() != Quality.VALID) out.u8(setting.quality().code());
    Decimal value = setting.value();
    String word = setting.word();
    out.u8(value != null ? 1 : word != null ? 2 : 0);
    if (value != null) out.signed(value.unscaled());
    if (word != null) out.text(word);
  }

  private static void samples(VarBytes out, int[] samples) {
    out.unsigned(samples.length);
    long before = 0;
    for (int sample : samples) {
      out.signed(sample - before);
      before = sample;
    }
  }

  private static Reading reading(ByteBuffer in, MetricRow row, long ns, boolean plain) {
    Metric metric = row.metric();
    return switch (row.kind()) {
      case NUMERIC -> {
        Quality quality = quality(in, plain);
        yield new Reading.Numeric(
            metric, ns, quality.carriesValue() ? decimal(in, row) : null, quality);
      }
      case WAVE -> wave(in, row, ns);
      case ALARM -> {
        int code = in.get();
        yield new Reading.Alarm(
            metric,
            ns,
            Reading.AlarmState.values()[code >> 4],
            Reading.AlarmPriority.values()[code & 0xF],
            VarBytes.text(in));
      }
      case SETTING -> setting(in, row, ns, plain, Reading.SettingKind.SETTING);
      case LIMIT_LOW -> setting(in, row, ns, plain, Reading.SettingKind.LIMIT_LOW);
      case LIMIT_HIGH -> setting(in, row, ns, plain, Reading.SettingKind.LIMIT_HIGH);
      case TEXT -> new Reading.Text(metric, ns, VarBytes.text(in));
      case STATE ->
          new Reading.DeviceState(
              metric, ns, DeviceCondition.values()[in.get()], VarBytes.text(in));
      case GAP -> new Reading.Gap(metric, ns, ns - VarBytes.unsigned(in), VarBytes.text(in));
      case CLOCK ->
          new Reading.DeviceClock(
              metric,
              ns,
              LocalDateTime.ofEpochSecond(
                  VarBytes.signed(in), (int) VarBytes.unsigned(in), ZoneOffset.UTC));
      case REMOVED -> removed(in, metric, ns);
      case TALLY -> new Reading.Tally(metric, ns, numbers(in), VarBytes.unsigned(in), in.getLong());
    };
  }

  private static Reading setting(
      ByteBuffer in, MetricRow row, long ns, boolean plain, Reading.SettingKind kind) {
    Quality quality = quality(in, plain);
    int form = in.get();
    Decimal value = form == 1 ? decimal(in, row) : null;
    String word = form == 2 ? VarBytes.text(in) : null;
    return new Reading.Setting(row.metric(), ns, kind, value, word, quality);
  }

  private static Reading wave(ByteBuffer in, MetricRow row, long ns) {
    int n = (int) VarBytes.unsigned(in);
    if (n < 1 || n > in.remaining()) throw new BufferUnderflowException();
    int[] samples = new int[n];
    long before = 0;
    for (int i = 0; i < n; i++) {
      before += VarBytes.signed(in);
      samples[i] = Math.toIntExact(before);
    }
    MetricRow.Wave wave = row.wave();
    return new Reading.SampleBlock(
        row.metric(), ns, wave.periodNs(), wave.step(), wave.offset(), samples);
  }

  private static Quality quality(ByteBuffer in, boolean plain) {
    return plain ? Quality.VALID : Quality.ofCode(in.get());
  }

  private static Decimal decimal(ByteBuffer in, MetricRow row) {
    return Decimal.of(VarBytes.signed(in), row.scale());
  }
}
