package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum that each row of a small table carries over its other columns, so that it proves
 * itself: a bed or a time that was altered is found in a sound file, and is never taken out of a
 * damaged one.
 */
final class RowSum {

  private RowSum() {}

  /**
   * The CRC-32C of a row.
   *
   * @param table whose row it is: other tables may have rows of the same form
   * @param columns whole numbers and texts
   */
  static long of(String table, List<? extends @Nullable Object> columns) {
    CRC32C crc = new CRC32C();
    text(crc, table);
    for (Object column : columns) {
      switch (column) {
        case Long n -> crc.update(ByteBuffer.allocate(9).put((byte) 1).putLong(n).flip());
        case String s -> text(crc, s);
        case null, default -> throw new IllegalArgumentException("column of no row: " + column);
      }
    }
    return crc.getValue();
  }

  private static void text(CRC32C crc, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    crc.update(ByteBuffer.allocate(5).put((byte) 2).putInt(bytes.length).flip());
    crc.update(bytes);
  }
}
