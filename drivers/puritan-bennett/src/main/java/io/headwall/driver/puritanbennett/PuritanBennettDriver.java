package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import java.util.List;

/** Values, settings, limits and alarms of Puritan Bennett 840 and 980 ventilators, polled. */
public final class PuritanBennettDriver implements DeviceDriver {

  private static final String REPORT = "report";
  private static final String POLL_MS = "poll_ms";
  private static final String SNDF = "sndf";
  private static final String SNDA = "snda";
  private static final int BAUD = 9_600;

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "puritan-bennett",
          "Puritan Bennett 840 and 980 ventilators, reports",
          List.of("Puritan Bennett 840", "Puritan Bennett 980"),
          LinkSettings.Serial.eightNone1(BAUD),
          List.of(PbQuery.values()),
          List.of(
              new DriverOption.Choice(
                  REPORT,
                  SNDF,
                  List.of(SNDF, SNDA),
                  "Which report is asked for: sndf has all values, snda is the older, shorter"
                      + " one."),
              new DriverOption.Whole(
                  POLL_MS,
                  2_000,
                  1_000,
                  10_000,
                  "Time between two questions; at 9600 baud an answer takes 1.3 s.")),
          DriverDescriptor.Verified.OWN);

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public DeviceSession newSession(OptionValues options) {
    PbQuery question = options.text(REPORT).equals(SNDA) ? PbQuery.SNDA : PbQuery.SNDF;
    return new PbSession(question, options.whole(POLL_MS));
  }
}
