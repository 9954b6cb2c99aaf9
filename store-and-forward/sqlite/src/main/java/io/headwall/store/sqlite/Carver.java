package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.store.StoreException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows in a damaged file, page by page and without SQLite, also in pages that no tree leads
 * to any more. A row found may be damaged, and may be an older state of its table: whoever takes it
 * lets it prove itself. Holds one row in memory at a time. Form of the file:
 * sqlite.org/fileformat2.html, sections 1.5 to 2.1 and 4.
 */
class Carver implements AutoCloseable {

  /** A page of rows of a table with row ids; of one without; and of such a one, higher up. */
  private static final int TABLE_LEAF = 0x0D;

  private static final int INDEX_LEAF = 0x0A;
  private static final int INDEX_INTERIOR = 0x02;

  private static final int FIRST_PAGE_HEAD_BYTES = 100;
  private static final int PAYLOAD_BYTES_MAX = 4 << 20;
  private static final int COLUMNS_MAX = 8;

  /**
   * Told of each row; one of a table with row ids has its row id for what SQLite stores as null.
   */
  interface Finds {
    void row(Columns row) throws SQLException, StoreException;
  }

  private final FileChannel file;
  private final WalPages log;
  private final int pageBytes;
  private final int pages;
  private boolean withLog;

  /** Opens a file and, where there is one, its log. */
  Carver(Path path) throws IOException {
    file = FileChannel.open(path);
    log = WalPages.of(path.resolveSibling(path.getFileName() + "-wal"));
    pageBytes = PageSize.of(file, log.pageBytes());
    long filled = (file.size() + pageBytes - 1) / pageBytes;
    pages = (int) Math.max(Math.min(filled, Integer.MAX_VALUE), log.lastPage(pageBytes));
  }

  int pages() {
    return pages;
  }

  int pageBytes() {
    return pageBytes;
  }

  /**
   * Looks through one page, from 1, as of the last commit. Where the log is damaged, also as the
   * file has it: it may hold what was taken over from behind the damage.
   */
  void carve(int number, Finds finds) throws IOException, SQLException, StoreException {
    withLog = true;
    rows(number, finds);
    withLog = false;
    if (log.isBroken()) rows(number, finds);
  }

  private void rows(int number, Finds finds) throws IOException, SQLException, StoreException {
    ByteBuffer page = page(number);
    int head = number == 1 ? FIRST_PAGE_HEAD_BYTES : 0;
    if (page.limit() < head + 12) return;
    int kind = page.get(head);
    if (kind != TABLE_LEAF && kind != INDEX_LEAF && kind != INDEX_INTERIOR) return;
    int first = head + (kind == INDEX_INTERIOR ? 12 : 8);
    int cells = page.getShort(head + 3) & 0xFFFF;
    for (int i = 0; i < cells && first + 2 * i + 2 <= page.limit(); i++) {
      int at = page.getShort(first + 2 * i) & 0xFFFF;
      if (at >= page.limit()) continue;
      @Nullable Columns row = row(page.duplicate().position(at), kind);
      if (row != null) finds.row(row);
    }
  }

  /** The row of a cell; null where it leads out of its page or is none of ours. */
  private @Nullable Columns row(ByteBuffer in, int kind) throws IOException {
    try {
      if (kind == INDEX_INTERIOR) in.getInt();
      long length = varint(in);
      if (length < 2 || length > PAYLOAD_BYTES_MAX) return null;
      long rowid = kind == TABLE_LEAF ? varint(in) : 0;
      ByteBuffer record = payload(in, (int) length, kind == TABLE_LEAF);
      ByteBuffer types = record.slice(0, Math.toIntExact(varint(record.duplicate())));
      record.position(types.limit());
      varint(types);
      List<@Nullable Object> columns = new ArrayList<>();
      while (types.hasRemaining() && columns.size() < COLUMNS_MAX) {
        long type = varint(types);
        columns.add(type == 0 && kind == TABLE_LEAF ? Long.valueOf(rowid) : column(record, type));
      }
      return types.hasRemaining() || record.hasRemaining() ? null : new Columns(columns);
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException e) {
      return null;
    }
  }

  /** Section 1.6: what of a payload lies in its page, and the pages that it goes on in. */
  private ByteBuffer payload(ByteBuffer in, int length, boolean inTable) throws IOException {
    int inPageMax = inTable ? pageBytes - 35 : (pageBytes - 12) * 64 / 255 - 23;
    int inPageMin = (pageBytes - 12) * 32 / 255 - 23;
    int perPage = pageBytes - 4;
    int surplus = inPageMin + (length - inPageMin) % perPage;
    int local = length <= inPageMax ? length : surplus <= inPageMax ? surplus : inPageMin;
    if (local > in.remaining() || length / pageBytes > pages) throw new BufferUnderflowException();
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

  /** A page as of the last commit, or as the file alone has it. */
  ByteBuffer page(int number) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(pageBytes);
    if (withLog && log.read(number, page)) return page.flip();
    long at = (long) (number - 1) * pageBytes;
    while (page.hasRemaining() && file.read(page, at + page.position()) > 0) {}
    return page.flip();
  }

  /** Section 2.1: serial types. A number with a fraction is in no table of ours. */
  private static @Nullable Object column(ByteBuffer in, long type) {
    if (type == 0) return null;
    if (type == 8 || type == 9) return type - 8;
    if (type < 7) return integer(in, type == 5 ? 6 : type == 6 ? 8 : (int) type);
    if (type < 12) throw new BufferUnderflowException();
    long length = (type - 12) / 2;
    if (length > in.remaining()) throw new BufferUnderflowException();
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return type % 2 == 0 ? bytes : new String(bytes, UTF_8);
  }

  private static Long integer(ByteBuffer in, int bytes) {
    long value = in.get();
    for (int i = 1; i < bytes; i++) value = value << 8 | (in.get() & 0xFF);
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
