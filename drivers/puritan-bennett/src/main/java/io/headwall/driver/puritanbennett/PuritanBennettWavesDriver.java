package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import java.util.List;

/** Airway pressure and flow from the waveform port of Puritan Bennett ventilators; only listens. */
public final class PuritanBennettWavesDriver implements DeviceDriver {

  private static final int BAUD = 38_400;

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "puritan-bennett-waves",
          "Puritan Bennett 840 and 980 ventilators, waveforms",
          List.of("Puritan Bennett 840", "Puritan Bennett 980"),
          LinkSettings.Serial.eightNone1(BAUD),
          List.of(),
          List.of(),
          DriverDescriptor.Verified.OWN);

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public DeviceSession newSession(OptionValues options) {
    return new PbWaveSession();
  }
}
