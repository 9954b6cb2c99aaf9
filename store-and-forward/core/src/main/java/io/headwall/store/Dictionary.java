package io.headwall.store;

import org.jspecify.annotations.Nullable;

/** Finds the row of a metric. */
public interface Dictionary {

  /**
   * The dictionary row of a metric id, as {@link MetricRow#toBytes} made it; null where there is
   * none.
   */
  byte @Nullable [] row(long metricId) throws StoreException;
}
