package io.headwall.driver.puritanbennett;

import io.headwall.spi.reading.Decimal;

/** A line of the waveform port. */
sealed interface PbWaveLine {

  /** A breath begins. */
  record BreathStart(long sequence) implements PbWaveLine {}

  /** The breath is over. */
  record BreathEnd() implements PbWaveLine {}

  /** Flow in L/min and airway pressure in cmH2O. */
  record Sample(Decimal flow, Decimal pressure) implements PbWaveLine {}

  /**
   * None of these.
   *
   * @param reason why, for the counts
   */
  record Unknown(String reason) implements PbWaveLine {}
}
