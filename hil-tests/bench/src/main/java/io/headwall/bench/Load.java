package io.headwall.bench;

import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import java.util.List;

/** Counts what a load consists of. */
final class Load {

  private Load() {}

  /** Wave samples in all sample blocks. */
  static long samples(List<Arrival> arrivals) {
    long samples = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.reading() instanceof Reading.SampleBlock block) samples += block.samples().length;
    }
    return samples;
  }
}
