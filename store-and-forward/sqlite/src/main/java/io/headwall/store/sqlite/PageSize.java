package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** The page size of a damaged file. */
final class PageSize {

  private static final int MIN = 512;
  private static final int MAX = 65_536;
  private static final int SAMPLES = 256;
  private static final byte TABLE_LEAF = 0x0D;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

  private PageSize() {}

  /**
   * The file's own word or, where its head is damaged, that of its log, or the size at which most
   * pages begin as pages of rows do.
   *
   * @param ofLog 0 where the log does not tell
   */
  static int of(FileChannel file, int ofLog) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(MAGIC.length + 2);
    while (head.hasRemaining() && file.read(head, head.position()) > 0) {}
    int said = head.getShort(MAGIC.length) & 0xFFFF;
    int bytes = said == 1 ? MAX : said;
    boolean whole = Arrays.equals(Arrays.copyOf(head.array(), MAGIC.length), MAGIC);
    if (whole && bytes >= MIN && Integer.bitCount(bytes) == 1) return bytes;
    return ofLog > 0 ? ofLog : mostLikely(file);
  }

  /** A multiple of the right size fits as well, so the smallest that is nearly the best is it. */
  private static int mostLikely(FileChannel file) throws IOException {
    double[] fits = new double[Integer.numberOfTrailingZeros(MAX) + 1];
    double best = 0;
    for (int bytes = MIN; bytes <= MAX; bytes *= 2) {
      double fit = fit(file, bytes);
      fits[Integer.numberOfTrailingZeros(bytes)] = fit;
      best = Math.max(best, fit);
    }
    int bytes = MIN;
    while (fits[Integer.numberOfTrailingZeros(bytes)] < 0.75 * best) bytes *= 2;
    return bytes;
  }

  /** The share of pages, of a sample, that begin as pages of rows do. */
  private static double fit(FileChannel file, int bytes) throws IOException {
    long pages = file.size() / bytes;
    long step = Math.max(1, pages / SAMPLES);
    int looked = 0;
    int fit = 0;
    ByteBuffer head = ByteBuffer.allocate(10);
    for (long page = 1; page < pages; page += step) {
      head.clear();
      while (head.hasRemaining() && file.read(head, page * bytes + head.position()) > 0) {}
      looked++;
      if (begins(head, bytes)) fit++;
    }
    return looked == 0 ? 0 : (double) fit / looked;
  }

  /** Section 1.6: kind, number of cells, where their content begins, and the first one. */
  private static boolean begins(ByteBuffer head, int bytes) {
    int cells = head.getShort(3) & 0xFFFF;
    int content = (head.getShort(5) & 0xFFFF) == 0 ? MAX : head.getShort(5) & 0xFFFF;
    int first = head.getShort(8) & 0xFFFF;
    int headEnd = 8 + 2 * cells;
    return head.get(0) == TABLE_LEAF
        && cells > 0
        && headEnd <= content
        && content <= first
        && first < bytes;
  }
}
