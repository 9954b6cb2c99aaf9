package io.headwall.store;

import org.jspecify.annotations.Nullable;

/** Finds what the ids in blocks stand for. */
public interface Dictionary {

  /**
   * The row of an id: a metric, as {@link MetricRow#toBytes} made it, or a list of metrics. Null
   * where there is none.
   */
  byte @Nullable [] row(long metricId) throws StoreException;
}
