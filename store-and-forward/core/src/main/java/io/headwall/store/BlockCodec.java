package io.headwall.store;

import io.headwall.spi.reading.Reading;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Readings of one commit and lane to one block and back, without loss.
 *
 * <pre>
 * u8 form | u32 CRC-32C over epoch, lane, first seq, n, form and all that follows
 * varint k * 2 + l | l * u64 list id | k * u64 metric id      the metrics that occur: those of the
 *                                                             list, and k that it has not
 * n * ( varint step * 4 + same time * 2 + plain               step: zig-zag, from the metric after
 *                                                             that of the reading before
 *     | zig-zag time since the reading before, ns             unless it is the same
 *     | value )                                               {@link ReadingValues}
 * </pre>
 *
 * {@code plain} is 1 where the quality is "valid" and so not written. This is the dense form, in
 * which each number of the block's stretch has its reading. In the sparse form, of a stretch that
 * was thinned, the number of readings stands before the first one, and before each one how far its
 * number lies behind the one before.
 *
 * <p>No block can be read with another parameter's name: the checksum covers the ids, the id of a
 * list is a hash over the metric ids in it ({@link MetricList}), and the id of a metric a hash over
 * its row.
 */
public final class BlockCodec {

  /** Forms 1 and 2 were those before there were lists. */
  private static final int DENSE = 3;

  private static final int SPARSE = 4;
  private static final int HEAD_BYTES = 5;

  private BlockCodec() {}

  /**
   * An encoded block and the dictionary rows that it needs.
   *
   * @param rows row bytes by id
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

  /** Encodes readings of one lane, numbered from {@code firstSeq}, without a list. */
  public static Encoded encode(int epoch, Lane lane, long firstSeq, List<Arrival> arrivals) {
    return encode(new MetricList(), new BlockKey(epoch, lane, firstSeq, arrivals.size()), arrivals);
  }

  /** Encodes as many readings as the key says, with the list that the key's lane has. */
  static Encoded encode(MetricList list, BlockKey key, List<Arrival> arrivals) {
    if (key.n() != arrivals.size()) throw new IllegalArgumentException(key + " of another length");
    Encoder encoder = new Encoder(list);
    for (Arrival a : arrivals) encoder.add(a.device(), a.reading());
    return encoder.encoded(DENSE, key);
  }

  /**
   * Encodes what is left of a stretch of numbers.
   *
   * @param key the whole stretch
   * @param left readings in order of their numbers, one at least
   */
  public static StoredBlock encodeSparse(BlockKey key, List<Decoded> left) {
    Encoder encoder = new Encoder(new MetricList());
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
    final MetricList.Numbers metrics;
    final VarBytes entries = new VarBytes();
    int expected;
    long beforeNs;

    Encoder(MetricList list) {
      metrics = list.new Numbers();
    }

    void add(String device, Reading reading) {
      int metric = metrics.of(MetricRow.of(device, reading));
      int step = metric - expected;
      boolean sameTime = reading.measuredNs() == beforeNs;
      boolean plain = ReadingValues.isPlain(reading);
      entries.unsigned((step << 1 ^ step >> 31) << 2 | (sameTime ? 2 : 0) | (plain ? 1 : 0));
      if (!sameTime) entries.signed(reading.measuredNs() - beforeNs);
      ReadingValues.write(entries, reading);
      expected = metric + 1;
      beforeNs = reading.measuredNs();
    }

    Encoded encoded(int form, BlockKey key) {
      VarBytes head = new VarBytes();
      Map<Long, byte[]> rows = metrics.writeTo(head);
      byte[] packed = assemble(form, key, head.toBytes(), entries.toBytes());
      return new Encoded(new StoredBlock(key, packed), rows);
    }
  }

  /** Decodes a block. Who decodes many keeps a {@link BlockDecoder}. */
  public static List<Decoded> decode(StoredBlock block, Dictionary dictionary)
      throws CorruptBlockException, StoreException {
    return new BlockDecoder(dictionary).decode(block);
  }

  /** Measurement time of a block's first reading, without a look at the dictionary. */
  public static long firstMeasuredNs(StoredBlock block) throws CorruptBlockException {
    try {
      ByteBuffer in = body(block);
      long metrics = VarBytes.unsigned(in);
      long ids = Math.addExact(metrics >>> 1, metrics & 1);
      in.position(Math.toIntExact(in.position() + Math.multiplyExact(ids, Long.BYTES)));
      if (isSparse(block)) {
        VarBytes.unsigned(in);
        VarBytes.unsigned(in);
      }
      boolean isZero = (VarBytes.unsigned(in) & 2) != 0;
      return isZero ? 0 : VarBytes.signed(in);
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
  static ByteBuffer body(StoredBlock block) throws CorruptBlockException {
    ByteBuffer in = ByteBuffer.wrap(block.bytes());
    byte form = in.get();
    if (form != DENSE && form != SPARSE) throw new CorruptBlockException("form " + form);
    if (in.getInt() != crc(block.key(), block.bytes())) throw new CorruptBlockException("CRC");
    return in;
  }

  private static byte[] assemble(int form, BlockKey key, byte[] head, byte[] entries) {
    byte[] bytes = new byte[HEAD_BYTES + head.length + entries.length];
    bytes[0] = (byte) form;
    System.arraycopy(head, 0, bytes, HEAD_BYTES, head.length);
    System.arraycopy(entries, 0, bytes, HEAD_BYTES + head.length, entries.length);
    ByteBuffer.wrap(bytes).putInt(1, crc(key, bytes));
    return bytes;
  }

  /** Covers the form and the key too: a block under a wrong key is as bad as a wrong block. */
  private static int crc(BlockKey key, byte[] bytes) {
    CRC32C crc = new CRC32C();
    ByteBuffer head = ByteBuffer.allocate(18);
    head.putInt(key.epoch()).put((byte) key.lane().ordinal()).putLong(key.firstSeq());
    head.putInt(key.n()).put(bytes[0]);
    crc.update(head.flip());
    crc.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
    return (int) crc.getValue();
  }
}
