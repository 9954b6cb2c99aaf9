package io.headwall.spi.driver;

import java.util.HashMap;
import java.util.Map;

/**
 * Report by exception: of what a device repeats in every answer, only changes are handed on, and
 * everything once in a while so that a receiver that joins late knows it. Owned by the port's
 * thread.
 *
 * @param <K> what the value belongs to
 * @param <V> value, compared with equals
 */
public final class ReportByException<K, V> {

  private final long refreshNs;
  private final Map<K, Sent<V>> sent = new HashMap<>();

  /**
   * Knows nothing yet.
   *
   * @param refreshNs after this long an unchanged value is due again
   */
  public ReportByException(long refreshNs) {
    this.refreshNs = refreshNs;
  }

  /** Whether this value is to be handed on now; remembers it as handed on then. */
  public boolean due(K key, V value, long nowNs) {
    Sent<V> last = sent.get(key);
    if (last != null && last.value.equals(value) && nowNs - last.atNs < refreshNs) return false;
    sent.put(key, new Sent<>(value, nowNs));
    return true;
  }

  /** Forgets everything: after a lost link or a new device all is due again. */
  public void clear() {
    sent.clear();
  }

  private record Sent<V>(V value, long atNs) {}
}
