package io.headwall.format;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.Metric;

/**
 * Finds the metric that a record is about. Records carry code, unit and instances; MDS, VMD and
 * channel are in the sender's catalogue.
 */
@FunctionalInterface
public interface MetricLookup {

  /** Stands for an MDS, VMD or channel that a record does not tell. */
  Code UNKNOWN = new LocalCode("x-unknown");

  /** For receivers without a catalogue: what the record says, and no more. */
  MetricLookup BARE = (device, name, bare) -> bare;

  /**
   * The metric of a record.
   *
   * @param device wire name of the device
   * @param name name within the device, as {@link Senml#name} gives it
   * @param bare code, unit and instances as the record says; MDS, VMD and channel are {@link
   *     #UNKNOWN}
   */
  Metric find(String device, String name, Metric bare);
}
