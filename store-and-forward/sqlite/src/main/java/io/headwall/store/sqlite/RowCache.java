package io.headwall.store.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** The dictionary rows used last, by metric id. */
final class RowCache extends LinkedHashMap<Long, byte[]> {

  /** A bed's devices have some hundred metrics; a row takes about 250 bytes. */
  private static final int ROWS_MAX = 2_048;

  RowCache() {
    super(64, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
    return size() > ROWS_MAX;
  }
}
