package io.headwall.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a write-ahead log holds of its committed transactions, as far as its chain of
 * checksums is right. Form of the log: sqlite.org/fileformat2.html, section 4.
 */
final class WalPages implements AutoCloseable {

  private static final int HEAD_BYTES = 32;
  private static final int FRAME_HEAD_BYTES = 24;
  private static final int MAGIC = 0x377F_0682;

  private final @Nullable FileChannel file;
  private final Map<Integer, Long> committed = new HashMap<>();
  private int pageBytes;
  private int lastPage;
  private boolean broken;
  private int sum0;
  private int sum1;

  private WalPages(@Nullable FileChannel file) {
    this.file = file;
  }

  /** The pages of a log; none where there is no log, or none that can be read. */
  static WalPages of(Path path) throws IOException {
    if (!Files.exists(path)) return new WalPages(null);
    FileChannel file = FileChannel.open(path);
    WalPages pages = new WalPages(file);
    pages.index(file);
    return pages;
  }

  /** 0 where the log does not tell. */
  int pageBytes() {
    return pageBytes;
  }

  int lastPage(int bytes) {
    return bytes == pageBytes ? lastPage : 0;
  }

  /** Whether there is more behind the last frame that its checksum proves. */
  boolean isBroken() {
    return broken;
  }

  /** Fills a page from the log; false where the log has not this page. */
  boolean read(int number, ByteBuffer page) throws IOException {
    Long at = page.remaining() == pageBytes ? committed.get(number) : null;
    if (at == null || file == null) return false;
    return fill(file, page, at);
  }

  private void index(FileChannel in) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    if (in.size() == 0) return;
    broken = true;
    if (!fill(in, head, 0)) return;
    int magic = head.getInt(0);
    int bytes = head.getInt(8);
    if ((magic & ~1) != MAGIC || bytes < 512 || bytes > 65_536 || Integer.bitCount(bytes) != 1)
      return;
    ByteOrder order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    sum(head.slice(0, 24).order(order));
    if (sum0 != head.getInt(24) || sum1 != head.getInt(28)) return;
    broken = false;
    pageBytes = bytes;
    Map<Integer, Long> pending = new HashMap<>();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD_BYTES + bytes);
    for (long at = HEAD_BYTES; at < in.size(); at += frame.capacity()) {
      broken = !fill(in, frame.clear(), at);
      // Other salts are those of an older log, which this one has overwritten as far as it goes.
      if (broken || frame.getLong(8) != head.getLong(16)) return;
      sum(frame.slice(0, 8).order(order));
      sum(frame.slice(FRAME_HEAD_BYTES, bytes).order(order));
      broken = sum0 != frame.getInt(16) || sum1 != frame.getInt(20);
      if (broken) return;
      pending.put(frame.getInt(0), at + FRAME_HEAD_BYTES);
      if (frame.getInt(4) == 0) continue;
      committed.putAll(pending);
      pending.clear();
      lastPage = frame.getInt(4);
    }
  }

  private static boolean fill(FileChannel in, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining() && in.read(into, at + into.position()) > 0) {}
    return !into.hasRemaining();
  }

  private void sum(ByteBuffer words) {
    while (words.hasRemaining()) {
      sum0 += words.getInt() + sum1;
      sum1 += words.getInt() + sum0;
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) file.close();
  }
}
