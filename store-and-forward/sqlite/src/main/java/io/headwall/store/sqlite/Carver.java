package io.headwall.store.sqlite;

import io.headwall.store.BlockCodec;
import io.headwall.store.BlockKey;
import io.headwall.store.Lane;
import io.headwall.store.MetricRow;
import io.headwall.store.StoredBlock;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Finds what is whole in a damaged file, page by page and without SQLite: what is taken proves
 * itself, a block by its checksum over key and bytes, a dictionary row by its id. Holds one cell in
 * memory at a time. Form of the file: sqlite.org/fileformat2.html, sections 1.5 to 2.1 and 4.
 */
class Carver implements AutoCloseable {

  private static final int LEAF = 0x0D;
  private static final int FIRST_PAGE_HEAD_BYTES = 100;
  private static final int PAGE_BYTES_DEFAULT = 4_096;
  private static final int PAYLOAD_BYTES_MAX = 16 << 20;

  /** What a cell may turn out to be. */
  interface Finds {
    void block(StoredBlock block);

    void row(long id, byte[] row);
  }

  private final FileChannel file;
  private final WalPages log;
  private final int pageBytes;
  private final int pages;

  /** Opens a file and, where there is one, its log. */
  Carver(Path path) throws IOException {
    file = FileChannel.open(path);
    log = WalPages.of(path.resolveSibling(path.getFileName() + "-wal"));
    pageBytes = pageBytes();
    long filled = (file.size() + pageBytes - 1) / pageBytes;
    pages = (int) Math.max(Math.min(filled, Integer.MAX_VALUE), log.lastPage(pageBytes));
  }

  /** The file's own word or, where its head is damaged, that of its log, or the usual size. */
  private int pageBytes() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(2);
    file.read(head, 16);
    int said = head.getShort(0) & 0xFFFF;
    int bytes = said == 1 ? 65_536 : said;
    if (bytes >= 512 && Integer.bitCount(bytes) == 1) return bytes;
    return log.pageBytes() > 0 ? log.pageBytes() : PAGE_BYTES_DEFAULT;
  }

  int pages() {
    return pages;
  }

  /** Looks through one page, from 1; what is no leaf of a table has nothing. */
  void carve(int number, Finds finds) throws IOException {
    ByteBuffer leaf = page(number);
    int head = number == 1 ? FIRST_PAGE_HEAD_BYTES : 0;
    if (leaf.limit() < head + 8 || leaf.get(head) != LEAF) return;
    int cells = leaf.getShort(head + 3) & 0xFFFF;
    for (int i = 0; i < cells && head + 10 + 2 * i <= leaf.limit(); i++) {
      int at = leaf.getShort(head + 8 + 2 * i) & 0xFFFF;
      if (at >= leaf.limit()) continue;
      try {
        cell(leaf.duplicate().position(at), finds);
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        // A cell that leads out of its page, or a key that no block can have: not ours, or damaged.
      }
    }
  }

  private void cell(ByteBuffer in, Finds finds) throws IOException {
    long length = varint(in);
    long rowid = varint(in);
    if (length < 3 || length > PAYLOAD_BYTES_MAX) return;
    ByteBuffer record = payload(in, (int) length);
    int headEnd = Math.toIntExact(varint(record));
    if (varint(record) != 0) return;
    long second = varint(record);
    if (record.position() == headEnd) row(rowid, blob(record, second), finds);
    else block(rowid, record, second, varint(record), finds);
  }

  private static void row(long id, byte[] row, Finds finds) {
    if (MetricRow.idOf(row) == id) finds.row(id, row);
  }

  private static void block(long key, ByteBuffer in, long nType, long bytesType, Finds finds) {
    int n = Math.toIntExact(integer(in, nType));
    byte[] bytes = blob(in, bytesType);
    for (Lane lane : Lane.values()) {
      BlockKey under = new BlockKey(Schema.epochOf(key), lane, Schema.seqOf(key), n);
      StoredBlock block = new StoredBlock(under, bytes);
      if (key > 0 && BlockCodec.isWhole(block)) finds.block(block);
    }
  }

  /** Section 1.6: what of a payload lies in its leaf, and the pages that it goes on in. */
  private ByteBuffer payload(ByteBuffer in, int length) throws IOException {
    int inLeafMax = pageBytes - 35;
    int inLeafMin = (pageBytes - 12) * 32 / 255 - 23;
    int perPage = pageBytes - 4;
    int surplus = inLeafMin + (length - inLeafMin) % perPage;
    int local = length <= inLeafMax ? length : surplus <= inLeafMax ? surplus : inLeafMin;
    if (local > in.remaining()) throw new BufferUnderflowException();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(in.slice(in.position(), local));
    in.position(in.position() + local);
    int next = out.hasRemaining() ? in.getInt() : 0;
    while (out.hasRemaining()) {
      if (next < 1 || next > pages) throw new BufferUnderflowException();
      ByteBuffer page = page(next);
      next = page.getInt();
      int part = Math.min(out.remaining(), perPage);
      if (part > page.remaining()) throw new BufferUnderflowException();
      out.put(page.limit(4 + part));
    }
    return out.flip();
  }

  /** A page as of the last commit. */
  ByteBuffer page(int number) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(pageBytes);
    if (log.read(number, page)) return page.flip();
    long at = (long) (number - 1) * pageBytes;
    while (page.hasRemaining() && file.read(page, at + page.position()) > 0) {}
    return page.flip();
  }

  private static byte[] blob(ByteBuffer in, long type) {
    long length = (type - 12) / 2;
    if (type < 12 || type % 2 != 0 || length != in.remaining())
      throw new BufferUnderflowException();
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  /** Section 2.1: serial types of numbers that fit an int, and of 0 and 1. */
  private static long integer(ByteBuffer in, long type) {
    if (type == 8 || type == 9) return type - 8;
    if (type < 1 || type > 4) throw new BufferUnderflowException();
    long value = in.get();
    for (int i = 1; i < type; i++) value = value << 8 | (in.get() & 0xFF);
    return value;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      byte b = in.get();
      value = value << 7 | (b & 0x7F);
      if (b >= 0) return value;
    }
    return value << 8 | (in.get() & 0xFF);
  }

  @Override
  public void close() throws IOException {
    log.close();
    file.close();
  }
}
